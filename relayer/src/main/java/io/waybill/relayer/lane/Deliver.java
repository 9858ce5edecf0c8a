package io.waybill.relayer.lane;

import io.waybill.core.Bytes32;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.TxResult;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.event.RelayListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/// The last stage: submits a verified batch once more asks who holds the lane and where the cursor stands. For
/// statuses this is the acknowledgement: the same act on the way back.
final class Deliver {
    private final Route route;
    private final RelayListener listener;
    private final InstantSource clock;
    private final BooleanSupplier held;

    Deliver(Route route, RelayListener listener, InstantSource clock, BooleanSupplier held) {
        this.route = route;
        this.listener = listener;
        this.clock = clock;
        this.held = held;
    }

    /// Whether this member may still submit for the lane.
    boolean held() {
        return held.getAsBoolean();
    }

    /// Submits a batch and tells what its transaction moved.
    ///
    /// @return false if nothing was submitted: the lane is no longer ours, or someone else moved its cursor
    ///     meanwhile
    boolean submit(Batch batch) {
        for (var update : batch.leading()) {
            if (!held()) return false;
            told(route.to().updateClient(route.client().ref(), update));
        }
        if (!held() || route.cursor() != batch.first()) return false;
        long began = System.nanoTime();
        var result = route.to().submit(route.role(), batch.delivery());
        var took = Duration.ofNanos(System.nanoTime() - began);
        listener.on(new RelayEvent.Submitted(
                route.id(),
                route.role(),
                batch.first(),
                batch.end(),
                moved(batch, result.tx()),
                result.tx(),
                result.height(),
                result.gasUsed(),
                took,
                clock.instant()));
        return true;
    }

    void told(TxResult update) {
        listener.on(
                new RelayEvent.ClientUpdated(route.id(), route.role(), update.height(), update.tx(), clock.instant()));
    }

    /// How many leaves of the batch a transaction moved, by what the contract recorded.
    private long moved(Batch batch, Bytes32 tx) {
        if (route.role() == LogRole.PACKETS) {
            return route.to().entries(LogRole.STATUSES, route.id(), batch.first(), batch.end()).stream()
                    .filter(entry -> entry.tx().equals(tx))
                    .count();
        }
        return route.to().acknowledgements(route.id(), batch.first()).stream()
                .filter(moved -> moved.tx().equals(tx))
                .mapToLong(moved -> moved.to() - moved.from())
                .sum();
    }
}
