/// Proofs out of FISCO BCOS 2.x: receipts and transactions as nodes hash them, the 16-ary tree over a block's, and
/// the proof that a block holds a checkpoint. Octets enter; a checkpoint or a typed refusal leaves.
@NullMarked
package io.waybill.core.proof.fisco2;

import org.jspecify.annotations.NullMarked;
