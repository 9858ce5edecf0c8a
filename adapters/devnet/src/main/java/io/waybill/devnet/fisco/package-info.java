/// A ledger that answers as FISCO BCOS 3.16 does: native transactions enter over its JSON-RPC; headers sealed by
/// weighted PBFT, receipts and Merkle proofs leave. Contract code is executed by a real EVM whose clock counts
/// milliseconds, as the
/// ledger's does.
@NullMarked
package io.waybill.devnet.fisco;

import org.jspecify.annotations.NullMarked;
