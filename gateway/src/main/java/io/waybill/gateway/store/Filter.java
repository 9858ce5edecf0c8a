package io.waybill.gateway.store;

import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import org.jspecify.annotations.Nullable;

/// Which attestations to list; an absent part does not narrow.
public record Filter(@Nullable LaneId lane, @Nullable State state) {
    public static final Filter ALL = new Filter(null, null);

    @Nullable
    Bytes laneOctets() {
        return lane == null ? null : lane.value().value();
    }

    @Nullable
    String stateName() {
        return state == null ? null : state.name();
    }
}
