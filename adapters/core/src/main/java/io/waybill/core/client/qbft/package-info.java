/// The light client of QBFT and IBFT 2.0 chains, rule R6: headers as Besu and GoQuorum hash and seal them, and the
/// rules by which one header vouches for another. Header updates and event proofs enter; a new client state, a
/// checkpoint or a typed refusal leaves.
@NullMarked
package io.waybill.core.client.qbft;

import org.jspecify.annotations.NullMarked;
