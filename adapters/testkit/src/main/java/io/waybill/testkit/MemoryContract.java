package io.waybill.testkit;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.lane.LogRole;
import io.waybill.core.lane.StatusRule;
import io.waybill.core.port.Acknowledgement;
import io.waybill.core.port.Chain.Send;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.Delivery;
import io.waybill.core.port.LogEntry;
import io.waybill.core.port.LogView;
import io.waybill.core.port.Sighting;
import io.waybill.testkit.MemoryBlocks.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One lane at an Outbox or an Inbox in memory, by rules R2 and R3. The caller holds the lock.
final class MemoryContract {
    private final LogRole role;
    private final LaneTerms terms;
    private final LaneId lane;
    private final List<LogEntry> entries = new ArrayList<>();
    private final List<Acknowledgement> acknowledgements = new ArrayList<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private LaneLog log = new LaneLog();
    private long lastChanged;
    private long acknowledged;
    private @Nullable Checkpoint accepted;
    private boolean frozen;

    /// @param role of the log it keeps: packets at the Outbox, statuses at the Inbox
    MemoryContract(LogRole role, LaneTerms terms) {
        this.role = role;
        this.terms = terms;
        this.lane = terms.id();
    }

    LaneTerms terms() {
        return terms;
    }

    Address address() {
        return role == LogRole.PACKETS ? terms.outbox() : terms.inbox();
    }

    /// The contract of the other side, whose events count here.
    Address counterparty() {
        return role == LogRole.PACKETS ? terms.inbox() : terms.outbox();
    }

    LogView view() {
        return new LogView(log.size(), lastChanged, role == LogRole.PACKETS ? acknowledged : log.size());
    }

    List<LogEntry> entries(long from, long to) {
        if (from < 0 || from > to || to > entries.size()) {
            throw new ChainException.Unavailable("leaves %d to %d: not found".formatted(from, to));
        }
        return List.copyOf(entries.subList((int) from, (int) to));
    }

    List<Acknowledgement> acknowledgements(long from) {
        return acknowledgements.stream().filter(moved -> moved.to() > from).toList();
    }

    Optional<Sighting> newest() {
        return sightings.isEmpty() ? Optional.empty() : Optional.of(sightings.getLast());
    }

    /// The senders' root of a lane on which one account may send.
    static Bytes32 sendersRoot(Address account) {
        return LaneLog.of(List.of(account.value())).root();
    }

    /// `sendBatch`: all or nothing.
    List<LogEntry> send(List<Send> sends, Address sender, Place place) {
        var packets = new ArrayList<Bytes>();
        for (var send : sends) packets.add(packet(send, sender, log.size() + packets.size(), place.timeMs()));
        return packets.stream().map(packet -> append(packet, place)).toList();
    }

    /// Rule R2.8.
    private Bytes packet(Send send, Address sender, long index, long nowMs) {
        var limits = terms.terms();
        var packet = new Packet(lane, index, sender, send.timeoutMs(), send.attestation()).encode();
        if (!limits.sendersRoot().equals(sendersRoot(sender))) throw new ChainException.Refused("SenderNotAllowed");
        if (packet.size() > limits.maxPacket()) throw new ChainException.Refused("PacketTooLong: " + packet.size());
        if (index - acknowledged >= limits.window()) throw new ChainException.Refused("WindowFull");
        if (send.timeoutMs() <= nowMs || send.timeoutMs() > nowMs + limits.maxTimeoutMs()) {
            throw new ChainException.Refused("TimeoutOutOfRange: " + send.timeoutMs());
        }
        return packet;
    }

    private LogEntry append(Bytes leaf, Place place) {
        log.append(leaf);
        lastChanged = place.height();
        var entry = new LogEntry(log.size() - 1, leaf, place.height(), place.timeMs(), place.tx());
        entries.add(entry);
        return entry;
    }

    MemoryEvent checkpoint(Place place) {
        if (log.size() == 0) throw new ChainException.Refused("NothingToCheckpoint");
        var checkpoint = log.checkpoint(lane, log.size());
        sightings.add(new Sighting(checkpoint, place.height(), place.tx()));
        return new MemoryEvent(address(), role.topic(), lane.value(), checkpoint.size(), checkpoint.root());
    }

    /// Takes leaves whose proofs were judged already, rules R3.1, R3.2 and R3.8.
    ///
    /// @return whether this log changed
    boolean take(Delivery delivery, Checkpoint proven, Place place) {
        if (frozen) throw new ChainException.Refused("LaneFrozen");
        var last = accepted;
        if (last != null && last.size() == proven.size() && !last.root().equals(proven.root())) {
            frozen = true;
            return false;
        }
        long next = role == LogRole.PACKETS ? acknowledged : log.size();
        long end = delivery.first() + delivery.leaves().size();
        if (delivery.first() > next) {
            throw new ChainException.Refused("GapInLog: expected ≤ %d, got %d".formatted(next, delivery.first()));
        }
        if (end > next) advance(delivery, next, end, place);
        accepted = proven;
        return end > next && role == LogRole.STATUSES;
    }

    private void advance(Delivery delivery, long next, long end, Place place) {
        var leaves = delivery.leaves()
                .subList((int) (next - delivery.first()), delivery.leaves().size());
        if (role == LogRole.STATUSES) {
            for (var packet : leaves) append(status(packet, log.size(), place.timeMs()), place);
            return;
        }
        if (end > log.size()) throw new ChainException.Refused("RangeOutOfBounds");
        for (int i = 0; i < leaves.size(); i++) requireStatusOf(leaves.get(i), next + i);
        acknowledged = end;
        acknowledgements.add(new Acknowledgement(next, end, place.height(), place.timeMs(), place.tx()));
    }

    private Bytes status(Bytes packet, long index, long nowMs) {
        var status = StatusRule.of(packet, lane, terms.terms(), index, nowMs);
        return new PacketStatus(lane, index, LaneLog.leaf(packet), status, nowMs).encode();
    }

    private void requireStatusOf(Bytes leaf, long index) {
        boolean placed = PacketStatus.decode(leaf) instanceof Verdict.Accepted<PacketStatus>(var status)
                && status.lane().equals(lane)
                && status.index() == index
                && status.packetLeaf().equals(log.leafHash(index));
        if (!placed) throw new ChainException.Refused("StatusMisplaced: " + index);
    }

    /// Puts another leaf in the place of one that was there: what no honest chain does.
    void rewrite(long index, Bytes leaf) {
        var old = entries.get((int) index);
        entries.set((int) index, new LogEntry(index, leaf, old.height(), old.timeMs(), old.tx()));
        log = LaneLog.of(entries.stream().map(LogEntry::leaf).toList());
    }
}
