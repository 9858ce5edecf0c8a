package io.waybill.relayer.lane;

import io.waybill.core.Address;
import io.waybill.core.LaneId;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Chain;

/// One of a lane's two passages: the log that is carried, where it is kept and where it must become known. The way
/// back is the way out with the ends exchanged.
record Route(Lane lane, LogRole role) {
    LaneId id() {
        return lane.id();
    }

    /// The chain whose log is carried.
    Chain from() {
        return role == LogRole.PACKETS ? lane.source() : lane.destination();
    }

    /// The chain it is proven to.
    Chain to() {
        return role == LogRole.PACKETS ? lane.destination() : lane.source();
    }

    /// The contract that emits the log's checkpoints.
    Address emitter() {
        return role == LogRole.PACKETS ? lane.terms().outbox() : lane.terms().inbox();
    }

    /// The client of [#from], held at [#to].
    FollowedClient client() {
        return role == LogRole.PACKETS ? lane.sourceClient() : lane.destinationClient();
    }

    /// How many leaves have arrived, by the contract that takes them.
    long cursor() {
        return role == LogRole.PACKETS
                ? to().log(LogRole.STATUSES, id()).size()
                : to().log(LogRole.PACKETS, id()).acknowledged();
    }

    /// Words for logs: `lane role`.
    @Override
    public String toString() {
        return lane.name() + " role=" + role;
    }
}
