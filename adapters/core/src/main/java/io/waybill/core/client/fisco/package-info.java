/// The light client of FISCO BCOS 3.x, rule R4: headers as nodes hash and seal them, sealer sets and their quorum,
/// and the watchers that corroborate. Header updates and event proofs enter; a new client state, a checkpoint or a
/// typed refusal leaves.
@NullMarked
package io.waybill.core.client.fisco;

import org.jspecify.annotations.NullMarked;
