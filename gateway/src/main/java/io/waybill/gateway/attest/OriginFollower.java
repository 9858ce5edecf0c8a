package io.waybill.gateway.attest;

import io.waybill.core.LaneId;
import io.waybill.core.port.Origin;
import io.waybill.gateway.store.Hold;
import io.waybill.gateway.store.LaneStore;
import org.jspecify.annotations.Nullable;

/// Brings onto a lane what people attest elsewhere on its source chain. One gateway on a database does so for a
/// lane at a time; two would only pay for refusals.
final class OriginFollower implements Worker.Step, AutoCloseable {
    private final LaneId lane;
    private final Origin origin;
    private final LaneStore store;
    private @Nullable Hold hold;

    OriginFollower(LaneId lane, Origin origin, LaneStore store) {
        this.lane = lane;
        this.origin = origin;
        this.store = store;
    }

    @Override
    public boolean take() {
        if (hold != null && !hold.lives()) close();
        if (hold == null) hold = store.holdOrigin(lane).orElse(null);
        return hold != null && origin.take();
    }

    @Override
    public void close() {
        if (hold != null) hold.close();
        hold = null;
    }
}
