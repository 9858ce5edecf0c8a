package io.waybill.gateway.attest;

import io.waybill.core.Verdict;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.LogEntry;
import io.waybill.core.port.LogView;
import io.waybill.gateway.store.Lacking;
import io.waybill.gateway.store.LaneStore;
import io.waybill.gateway.store.Observed;
import io.waybill.gateway.store.Stage;
import io.waybill.gateway.store.State;
import io.waybill.gateway.store.Unconfirmed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Follows one lane on its two chains and writes down how far each attestation has come: leaves of the Outbox's
/// log, statuses of the Inbox's log, acknowledgements at the Outbox. It keeps no cursor of its own: what the
/// store lacks is what it asks for next, so a lost store is filled again from the chains.
final class LaneFollower implements Worker.Step {
    private static final long PAGE = 200;

    private final Lane lane;
    private final LaneStore store;
    private final Unconfirmed unconfirmed;
    private final InstantSource clock;
    private final Queue<Proven> proven = new ConcurrentLinkedQueue<>();
    private volatile LaneSnapshot snapshot = LaneSnapshot.UNSEEN;

    LaneFollower(Lane lane, LaneStore store, Unconfirmed unconfirmed, InstantSource clock) {
        this.lane = lane;
        this.store = store;
        this.unconfirmed = unconfirmed;
        this.clock = clock;
    }

    /// Packets `[from, to)` whose proofs a relayer's own light client accepted.
    ///
    /// @param height source block that holds the checkpoint they were proven under
    record Proven(long from, long to, long height, Instant at) {}

    void proven(Proven range) {
        proven.add(range);
    }

    LaneSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public boolean take() {
        try {
            var packets = lane.source().log(LogRole.PACKETS, lane.id());
            var statuses = lane.destination().log(LogRole.STATUSES, lane.id());
            long head = lane.source().head();
            snapshot =
                    new LaneSnapshot(packets, statuses, head, lane.destination().head(), clock.instant(), null);
            boolean more = confirm(packets.size(), head);
            if (observe(packets.size(), head)) more = true;
            applyProven(head);
            if (conclude(statuses.size())) more = true;
            acknowledge(packets);
            return more;
        } catch (ChainException e) {
            snapshot = snapshot.failing(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /// Says of packets that were in a block which was not final, once it is, whether they are still there.
    private boolean confirm(long size, long head) {
        var range = unconfirmed.range(lane.id()).orElse(null);
        if (range == null || range.height() > head) return false;
        if (range.to() > size) unconfirmed.gone(lane.id(), size, clock.instant());
        long to = Math.min(Math.min(size, range.to()), range.from() + PAGE);
        if (range.from() >= to) return false;
        boolean all = true;
        for (var entry : lane.source().entries(LogRole.PACKETS, lane.id(), range.from(), to)) {
            if (entry.height() <= head)
                unconfirmed.confirm(lane.id(), lane.source().id(), leaf(entry), clock.instant());
            else all = false;
        }
        return all && to < range.to();
    }

    private static Observed leaf(LogEntry entry) {
        if (Packet.decode(entry.leaf()) instanceof Verdict.Accepted<Packet>(var packet))
            return new Observed(entry, packet.attestation(), packet.timeoutMs());
        throw new ChainException.Dishonest("leaf %d: expected a packet".formatted(entry.index()));
    }

    private boolean observe(long size, long head) {
        long from = store.firstUnknown(lane.id());
        if (from >= size) return false;
        long to = Math.min(size, from + PAGE);
        for (var entry : lane.source().entries(LogRole.PACKETS, lane.id(), from, to)) {
            store.observed(lane.id(), lane.source().id(), leaf(entry), head, clock.instant());
        }
        // A leaf that may be one of ours waits for the sender: the next look is after a rest.
        return store.firstUnknown(lane.id()) > from && to < size;
    }

    /// A range is kept until all of its packets are known here, and known to be final: a relayer may be faster
    /// than the answer to `send`.
    private void applyProven(long head) {
        long known = store.firstUnknown(lane.id());
        for (var ranges = proven.iterator(); ranges.hasNext(); ) {
            var range = ranges.next();
            if (range.height() > head) continue;
            var place = new Stage.Place(lane.source().id(), range.height(), null, 0);
            store.reached(lane.id(), range.from(), range.to(), State.PROVEN, range.at(), place);
            if (range.to() <= known) ranges.remove();
        }
    }

    private boolean conclude(long size) {
        long from = store.firstWithout(lane.id(), Lacking.OUTCOME).orElse(size);
        if (from >= size) return false;
        long to = Math.min(size, from + PAGE);
        for (var entry : lane.destination().entries(LogRole.STATUSES, lane.id(), from, to)) conclude(entry);
        return to < size;
    }

    private void conclude(LogEntry entry) {
        if (PacketStatus.decode(entry.leaf()) instanceof Verdict.Accepted<PacketStatus>(var status)) {
            var place = new Stage.Place(lane.destination().id(), entry.height(), entry.tx(), entry.timeMs());
            var state = State.of(status.status());
            store.reached(lane.id(), entry.index(), entry.index() + 1, state, clock.instant(), place);
        } else {
            throw new ChainException.Dishonest("leaf %d: expected a status".formatted(entry.index()));
        }
    }

    private void acknowledge(LogView packets) {
        long from = store.firstWithout(lane.id(), Lacking.ACKNOWLEDGEMENT).orElse(packets.acknowledged());
        if (from >= packets.acknowledged()) return;
        for (var step : lane.source().acknowledgements(lane.id(), from)) {
            var place = new Stage.Place(lane.source().id(), step.height(), step.tx(), step.timeMs());
            store.reached(lane.id(), step.from(), step.to(), State.ACKNOWLEDGED, clock.instant(), place);
        }
    }
}
