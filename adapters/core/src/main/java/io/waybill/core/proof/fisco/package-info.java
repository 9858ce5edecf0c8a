/// What FISCO BCOS 3.x hashes and how: native transactions, receipts, the binary trees over both, and rule R5, by
/// which a receipt proves a checkpoint. Values and octets enter; hashes, roots and typed refusals leave.
@NullMarked
package io.waybill.core.proof.fisco;

import org.jspecify.annotations.NullMarked;
