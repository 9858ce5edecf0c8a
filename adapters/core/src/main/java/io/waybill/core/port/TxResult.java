package io.waybill.core.port;

import io.waybill.core.Bytes32;

/// A transaction that is final and succeeded.
///
/// @param gasUsed gas the chain counted for it
public record TxResult(Bytes32 tx, long height, long timeMs, long gasUsed) {}
