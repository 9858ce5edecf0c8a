package io.waybill.core.port;

import io.waybill.core.Bytes32;

/// Packets `[from, to)` acknowledged at the Outbox by one transaction.
public record Acknowledgement(long from, long to, long height, long timeMs, Bytes32 tx) {}
