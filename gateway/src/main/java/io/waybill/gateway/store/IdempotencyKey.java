package io.waybill.gateway.store;

import io.waybill.core.Bytes32;

/// A caller's name for a request, so that sending it twice does it once.
///
/// @param key         1 to 255 characters
/// @param requestHash SHA-256 of the request in canonical JSON
public record IdempotencyKey(String key, Bytes32 requestHash) {}
