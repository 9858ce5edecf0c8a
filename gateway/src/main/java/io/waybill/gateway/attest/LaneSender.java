package io.waybill.gateway.attest;

import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.Packet;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Chain;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.LogEntry;
import io.waybill.gateway.store.Hold;
import io.waybill.gateway.store.LaneStore;
import io.waybill.gateway.store.StoredAttestation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the accepted attestations of one lane onto its source chain, each exactly once. Requests that arrive
/// together become one batch. What is handed over is written down before; when the answer is lost, or this
/// process dies, the lane log itself is asked what arrived before anything is sent again. One gateway on a
/// database sends on a lane at a time.
final class LaneSender implements Worker.Step, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LaneSender.class);

    private final Lane lane;
    private final LaneStore store;
    private final Pace pace;
    private final InstantSource clock;
    private @Nullable Hold hold;

    LaneSender(Lane lane, LaneStore store, Pace pace, InstantSource clock) {
        this.lane = lane;
        this.store = store;
        this.pace = pace;
        this.clock = clock;
    }

    @Override
    public boolean take() {
        if (!holds()) return false;
        var unsettled = store.unsettled(lane.id());
        if (!unsettled.isEmpty() && !settle(unsettled)) return false;
        var batch = batch();
        if (batch.isEmpty()) return false;
        send(batch);
        return true;
    }

    private boolean holds() {
        if (hold != null && !hold.lives()) close();
        if (hold == null) hold = store.hold(lane.id()).orElse(null);
        return hold != null;
    }

    /// Finds out which attestations handed over are in the log, and frees the rest to be sent again once it is late
    /// enough that they cannot arrive any more.
    ///
    /// @return whether all is settled
    private boolean settle(List<StoredAttestation> unsettled) {
        var left = claim(unsettled);
        if (left.isEmpty()) return true;
        var late = clock.instant().minus(pace.settle());
        var lost = left.stream()
                .filter(row -> !handedOver(row).isAfter(late))
                .map(StoredAttestation::id)
                .toList();
        if (!lost.isEmpty()) {
            LOG.warn("batch.lost lane={} attestations={}", lane.name(), lost.size());
            store.notSubmitted(lost);
        }
        return lost.size() == left.size();
    }

    private static Instant handedOver(StoredAttestation row) {
        return Objects.requireNonNullElse(row.submittedAt(), Instant.EPOCH);
    }

    /// Gives each attestation the first free leaf with its octets and timeout; equal attestations take equal leaves
    /// one each.
    private List<StoredAttestation> claim(List<StoredAttestation> unsettled) {
        long base = unsettled.stream()
                .mapToLong(row -> Objects.requireNonNullElse(row.logBase(), 0L))
                .min()
                .orElse(0);
        long size = lane.source().log(LogRole.PACKETS, lane.id()).size();
        var free = base < size ? free(base, size) : Map.<Content, Queue<LogEntry>>of();
        var left = new ArrayList<StoredAttestation>();
        for (var row : unsettled) {
            var leaves = free.get(new Content(row.octets(), row.timeoutMs()));
            var leaf = leaves == null ? null : leaves.poll();
            if (leaf == null) {
                left.add(row);
            } else {
                place(row.id(), leaf);
            }
        }
        return left;
    }

    private Map<Content, Queue<LogEntry>> free(long base, long size) {
        var taken = store.taken(lane.id(), base, size);
        var free = new HashMap<Content, Queue<LogEntry>>();
        for (var entry : lane.source().entries(LogRole.PACKETS, lane.id(), base, size)) {
            if (taken.contains(entry.index())) continue;
            content(entry)
                    .ifPresent(content -> free.computeIfAbsent(content, _ -> new ArrayDeque<>())
                            .add(entry));
        }
        return free;
    }

    private static Optional<Content> content(LogEntry entry) {
        return Packet.decode(entry.leaf()) instanceof Verdict.Accepted<Packet>(var packet)
                ? Optional.of(new Content(packet.attestation(), packet.timeoutMs()))
                : Optional.empty();
    }

    /// The next attestations to send, as many as the lane's window has room for. Those whose timeout passed are
    /// parked: the Outbox would refuse them.
    private List<StoredAttestation> batch() {
        var waiting = store.waiting(lane.id(), pace.batch());
        if (waiting.isEmpty()) return waiting;
        var now = clock.instant();
        var inTime = new ArrayList<StoredAttestation>();
        for (var row : waiting) {
            if (row.timeoutMs() > now.toEpochMilli()) {
                inTime.add(row);
            } else {
                store.park(row.id(), "its timeout passed before it reached the source chain; send it again", now);
            }
        }
        var log = lane.source().log(LogRole.PACKETS, lane.id());
        long room = lane.terms().terms().window() - (log.size() - log.acknowledged());
        return inTime.subList(0, Math.clamp(room, 0, inTime.size()));
    }

    private void send(List<StoredAttestation> batch) {
        var ids = batch.stream().map(StoredAttestation::id).toList();
        store.submitting(ids, lane.source().log(LogRole.PACKETS, lane.id()).size(), clock.instant());
        List<LogEntry> entries;
        try {
            entries = lane.source()
                    .send(
                            lane.id(),
                            batch.stream()
                                    .map(row -> new Chain.Send(row.octets(), row.timeoutMs()))
                                    .toList());
        } catch (ChainException.Refused e) {
            store.notSubmitted(ids);
            divide(batch, String.valueOf(e.getMessage()));
            return;
        }
        agree(batch, entries);
        for (int i = 0; i < batch.size(); i++) place(ids.get(i), entries.get(i));
        LOG.debug(
                "batch.sent lane={} attestations={} tx={}",
                lane.name(),
                ids.size(),
                entries.getFirst().tx());
    }

    /// The chain refused the batch whole: each half is tried alone, so that one bad attestation stops no other.
    private void divide(List<StoredAttestation> batch, String reason) {
        if (batch.size() == 1) {
            LOG.warn(
                    "attestation.parked lane={} id={} cause={}",
                    lane.name(),
                    batch.getFirst().id(),
                    reason);
            store.park(batch.getFirst().id(), "the source chain refused it: " + reason, clock.instant());
            return;
        }
        int half = batch.size() / 2;
        send(batch.subList(0, half));
        send(batch.subList(half, batch.size()));
    }

    private static void agree(List<StoredAttestation> batch, List<LogEntry> entries) {
        boolean same = entries.size() == batch.size();
        for (int i = 0; same && i < batch.size(); i++) {
            var sent = new Content(batch.get(i).octets(), batch.get(i).timeoutMs());
            same = content(entries.get(i)).filter(sent::equals).isPresent();
        }
        if (!same) throw new ChainException.Dishonest("send: expected the leaves that were sent, got others");
    }

    private void place(UUID id, LogEntry entry) {
        store.placed(id, lane.source().id(), entry, lane.source().head(), clock.instant());
    }

    @Override
    public void close() {
        if (hold != null) hold.close();
        hold = null;
    }

    private record Content(Bytes octets, long timeoutMs) {}
}
