package io.waybill.core.port;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;

/// One leaf of a lane log, with where it was written.
///
/// @param leaf   packet octets or status octets
/// @param height block that holds the event
/// @param timeMs that block's time, milliseconds since 1970
public record LogEntry(long index, Bytes leaf, long height, long timeMs, Bytes32 tx) {}
