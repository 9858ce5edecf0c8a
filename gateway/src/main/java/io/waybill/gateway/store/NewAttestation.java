package io.waybill.gateway.store;

import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import java.time.Instant;
import java.util.UUID;

/// An attestation the API is about to promise.
///
/// @param request   the request in canonical JSON
/// @param octets    the canonical attestation
/// @param timeoutMs milliseconds since 1970
public record NewAttestation(UUID id, LaneId lane, Bytes request, Bytes octets, long timeoutMs, Instant acceptedAt) {}
