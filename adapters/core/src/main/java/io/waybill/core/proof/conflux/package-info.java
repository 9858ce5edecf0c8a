/// What Conflux commits to below a pivot block: PoW headers and the votes they cast on each other's roots, the
/// two-level trie over an epoch's receipts, receipts and the logs of both spaces. Octets enter; roots, proofs,
/// events and typed refusals leave.
@NullMarked
package io.waybill.core.proof.conflux;

import org.jspecify.annotations.NullMarked;
