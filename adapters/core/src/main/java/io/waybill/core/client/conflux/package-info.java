/// The light client of Conflux: the PoS chain's committees sign ledger infos, each of which names a block of the
/// PoW pivot chain that can no longer be undone. Ledger infos, their encoding and the rules by which a committee
/// vouches for one and for the next committee. Updates and event proofs enter; a new client state, a checkpoint or
/// a typed refusal leaves.
@NullMarked
package io.waybill.core.client.conflux;

import org.jspecify.annotations.NullMarked;
