package io.waybill.core.port;

import io.waybill.core.Bytes32;
import io.waybill.core.client.ClientStatus;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What a light-client contract believes.
///
/// @param accepted header hashes by height, never empty
/// @param nowMs    the destination's block time at which the status was read
public record ClientView(ClientStatus status, NavigableMap<Long, Bytes32> accepted, long nowMs) {
    public ClientView {
        accepted = Collections.unmodifiableNavigableMap(new TreeMap<>(accepted));
    }
}
