/// The light client of FISCO BCOS 2.x: headers as nodes hash and seal them, and the rules by which one is believed
/// for the sake of an earlier one. Header updates and event proofs enter; a new client state, a checkpoint or a
/// typed refusal leaves.
@NullMarked
package io.waybill.core.client.fisco2;

import org.jspecify.annotations.NullMarked;
