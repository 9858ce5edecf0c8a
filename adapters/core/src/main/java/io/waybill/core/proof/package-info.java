/// Encodings and proofs that chains have in common: RLP, Merkle Patricia tries, receipts of an EVM, and the bundle a
/// sceptic checks offline. Octets enter; values, roots and typed refusals leave.
@NullMarked
package io.waybill.core.proof;

import org.jspecify.annotations.NullMarked;
