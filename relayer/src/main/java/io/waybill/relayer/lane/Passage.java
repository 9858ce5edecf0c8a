package io.waybill.relayer.lane;

import io.waybill.core.Bytes;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.LogEntry;
import io.waybill.core.port.Sighting;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.event.RelayListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One passage of a lane: Observe, Prove, Verify, Deliver. Packets on their way out and statuses on their way back
/// pass through the same code. A turn does at most one batch and blocks; it may be broken off anywhere and begun
/// anew, for all it needs is read from the chains again.
final class Passage {
    /// What one turn did.
    enum Turn {
        /// Nothing was open.
        RESTED,
        /// Something was learnt or carried; there may be more.
        MOVED,
        /// The lane is no longer ours.
        STOOD_DOWN
    }

    private final Route route;
    private final RelayListener listener;
    private final InstantSource clock;
    private final Observe observe;
    private final LogMirror mirror;
    private final Prove prove;
    private final Verify verify;
    private final Deliver deliver;
    private final Refresh refresh;
    private final ClientTracker tracker;
    private final BatchSize batchSize;
    private @Nullable Event event;
    private long pastSize = -1;
    private long acknowledged;
    private boolean submitting;
    private volatile PassageStatus status;

    /// A checkpoint event with its proof, judged already: kept while it is the newest.
    private record Event(Sighting sighting, Bytes proof, Checkpoint proven) {}

    Passage(Route route, Pace pace, RelayListener listener, InstantSource clock, BooleanSupplier held) {
        this.route = route;
        this.listener = listener;
        this.clock = clock;
        this.observe = new Observe(route);
        this.mirror = new LogMirror(route);
        this.prove = new Prove(route, mirror, pace);
        this.tracker = new ClientTracker(route, clock);
        this.verify = new Verify(tracker);
        this.deliver = new Deliver(route, listener, clock, held);
        this.refresh = new Refresh(route, tracker, deliver, clock);
        this.batchSize = new BatchSize(pace.maxLeaves());
        this.status = PassageStatus.unseen(route.role());
    }

    Route route() {
        return route;
    }

    PassageStatus status() {
        return status;
    }

    void status(PassageStatus next) {
        status = next;
    }

    /// Looks once and carries at most one batch.
    Turn turn() {
        submitting = false;
        if (!deliver.held()) return Turn.STOOD_DOWN;
        var seen = look();
        if (seen.open() == 0 && mirror.size() >= seen.size()) return rest();
        var sighting = observe.sighting(seen, batchSize.most());
        if (sighting.isEmpty()) return rest();
        long began = System.nanoTime();
        var proven = event(sighting.get());
        boolean learnt = learn(proven.proven());
        if (proven.proven().size() <= seen.cursor()) return learnt ? Turn.MOVED : rest();
        return carry(seen, proven, began);
    }

    /// Something was refused in the last turn. If it was a batch, the next one is smaller, until one leaf goes alone.
    ///
    /// @return false if it was something else, or there was nothing left to halve
    boolean refused() {
        event = null;
        return submitting && batchSize.halve();
    }

    /// Forgets what a node may have lied about; the next turn asks anew.
    void doubt() {
        event = null;
    }

    private Turn rest() {
        if (!refresh.due()) return Turn.RESTED;
        var latest = refresh.look();
        status = status.client(latest.height(), latest.timeMs());
        return Turn.RESTED;
    }

    private Seen look() {
        var seen = observe.look();
        if (pastSize < 0) pastSize = seen.size();
        mirror.arrived(seen.cursor());
        status = status.seen(seen.size(), seen.cursor(), oldest(seen), clock.instant());
        if (route.role() == LogRole.STATUSES) tellAcknowledgements(seen.cursor());
        return seen;
    }

    private Event event(Sighting sighting) {
        var last = event;
        if (last != null && last.sighting().equals(sighting)) return last;
        var proof = route.from().eventProof(route.id(), route.role(), sighting);
        var judged = new Event(sighting, proof, verify.checkpoint(sighting, proof));
        event = judged;
        return judged;
    }

    private Turn carry(Seen seen, Event proven, long began) {
        var view = refresh.view();
        var latest = refresh.latest(view);
        status = status.client(latest.height(), latest.timeMs());
        long height = proven.sighting().height();
        if (view.accepted().firstKey() > height) {
            event = event(observe.publish());
            return Turn.MOVED;
        }
        tracker.agree(view, view.accepted().floorKey(height));
        var updates = prove.updates(view, height);
        var batch = prove.batch(proven.sighting(), proven.proof(), updates, seen.cursor(), batchSize.most());
        long built = System.nanoTime();
        tell(batch, began, built);
        verify.batch(batch);
        listener.on(new RelayEvent.Verified(
                route.id(), route.role(), batch.first(), batch.end(), height, since(built), clock.instant()));
        submitting = true;
        if (deliver.submit(batch)) batchSize.grow();
        return deliver.held() ? Turn.MOVED : Turn.STOOD_DOWN;
    }

    private void tell(Batch batch, long began, long built) {
        listener.on(new RelayEvent.Proven(
                route.id(),
                route.role(),
                batch.first(),
                batch.end(),
                batch.delivery().height(),
                Duration.ofNanos(built - began),
                clock.instant()));
    }

    /// Takes in the leaves that a proven checkpoint covers, and tells those that are new.
    private boolean learn(Checkpoint proven) {
        var fresh = mirror.extend(proven);
        long past = Math.clamp(pastSize - (mirror.size() - fresh.size()), 0, fresh.size());
        tell(fresh.subList(0, (int) past), true);
        tell(fresh.subList((int) past, fresh.size()), false);
        return !fresh.isEmpty();
    }

    private void tell(List<LogEntry> entries, boolean past) {
        if (entries.isEmpty()) return;
        listener.on(
                route.role() == LogRole.PACKETS
                        ? new RelayEvent.Observed(route.id(), entries, past, clock.instant())
                        : new RelayEvent.Delivered(route.id(), entries, past, clock.instant()));
    }

    private void tellAcknowledgements(long cursor) {
        if (cursor <= acknowledged) return;
        boolean past = status.lastMoved() == null && acknowledged == 0;
        for (var moved : route.to().acknowledgements(route.id(), acknowledged)) {
            if (moved.from() < acknowledged || moved.to() > cursor) continue;
            listener.on(new RelayEvent.Acknowledged(route.id(), moved, past, clock.instant()));
            acknowledged = moved.to();
        }
    }

    private long oldest(Seen seen) {
        return seen.open() == 0 ? 0 : mirror.timeOf(seen.cursor());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
