package io.waybill.relayer.lane;

import io.waybill.core.LaneId;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.port.Chain;

/// One lane with its two chains and its two clients: all that a worker needs to carry it.
///
/// @param name                what people call it: 1 to 63 of a-z, 0-9 and -; the tag of its metrics and its key in
///     logs
/// @param sourceClient        the client of the source, held at the destination: packets are proven to it
/// @param destinationClient   the client of the destination, held at the source: statuses are proven to it
public record Lane(
        String name,
        LaneTerms terms,
        Chain source,
        Chain destination,
        FollowedClient sourceClient,
        FollowedClient destinationClient) {
    public Lane {
        same("source", terms.source(), source.id());
        same("destination", terms.destination(), destination.id());
        same("client of the source", terms.sourceClient(), sourceClient.ref().id());
        same(
                "client of the destination",
                terms.destinationClient(),
                destinationClient.ref().id());
        same(
                "chain of the source's client",
                destination.id(),
                sourceClient.ref().chain());
        same(
                "chain of the destination's client",
                source.id(),
                destinationClient.ref().chain());
    }

    public LaneId id() {
        return terms.id();
    }

    private static void same(String what, Object expected, Object got) {
        if (!expected.equals(got)) {
            throw new IllegalArgumentException("%s: expected %s, got %s".formatted(what, expected, got));
        }
    }
}
