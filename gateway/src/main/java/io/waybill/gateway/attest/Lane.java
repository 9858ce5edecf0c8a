package io.waybill.gateway.attest;

import io.waybill.core.LaneId;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.port.Chain;

/// One lane as the gateway serves it.
///
/// @param name what callers may say instead of its id: 1 to 63 of a-z, 0-9 and -
public record Lane(String name, LaneTerms terms, Chain source, Chain destination) {
    public Lane {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException("lane name: expected 1 to 63 of a-z, 0-9 and -, got " + name);
        }
        if (!terms.source().equals(source.id()) || !terms.destination().equals(destination.id())) {
            throw new IllegalArgumentException("lane %s: expected chains %s and %s, got %s and %s"
                    .formatted(name, terms.source(), terms.destination(), source.id(), destination.id()));
        }
    }

    public LaneId id() {
        return terms.id();
    }
}
