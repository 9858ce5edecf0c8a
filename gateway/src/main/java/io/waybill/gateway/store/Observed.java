package io.waybill.gateway.store;

import io.waybill.core.Bytes;
import io.waybill.core.port.LogEntry;

/// A leaf of a lane log as a chain told of it.
///
/// @param octets    the attestation octets in the packet
/// @param timeoutMs the packet's timeout, milliseconds since 1970
public record Observed(LogEntry entry, Bytes octets, long timeoutMs) {}
