/// The light client of Ethereum's beacon chain: sync committees from Altair to Fulu, of any preset. A pinned
/// bootstrap, header updates and event proofs enter; a new client state, a checkpoint or a typed refusal
/// leaves.
///
/// What is trusted: two thirds of each sync committee that a believed header's state names. Members of a
/// committee are not punished for lying to light clients, so this is less than the chain's own finality;
/// operators choose it knowingly. Only finalised headers are believed, and nothing is ever believed because
/// time has passed.
@NullMarked
package io.waybill.core.client.beacon;

import org.jspecify.annotations.NullMarked;
