package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Acknowledgement;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.LogEntry;
import io.waybill.core.port.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Reads one lane's log from a lane contract and its events. Each event names the block of the change before it,
/// so a
/// reader walks back over the blocks that matter and no others, on any chain.
public final class LaneReader {
    private final ContractReads reads;
    private final Address contract;
    private final LogRole role;
    private final LaneId lane;
    private final LaneEvents events;

    /// A reader of one log.
    ///
    /// @param contract the Outbox for `PACKETS`, the Inbox for `STATUSES`
    public LaneReader(ContractReads reads, Address contract, LogRole role, LaneId lane) {
        this.reads = reads;
        this.contract = contract;
        this.role = role;
        this.lane = lane;
        this.events = new LaneEvents(contract, lane);
    }

    /// What the contract says of the log.
    public LaneState state() {
        return LaneCalls.decodeLog(reads.call(contract, LaneCalls.log(lane)));
    }

    /// The leaves `[from, to)` in index order.
    ///
    /// @throws ChainException.Unavailable if the node does not show one of them
    public List<LogEntry> entries(long from, long to) {
        var found = new TreeMap<Long, LogEntry>();
        for (long height = from < to ? state().lastChanged() : 0; height > 0; ) {
            var appended = events.appended(role, reads.logs(height));
            if (appended.isEmpty()) throw missing("a change", height);
            for (var one : appended) found.putIfAbsent(one.index(), entry(one, height));
            if (found.firstKey() <= from) break;
            height = earlier(appended.getFirst().previous(), height);
        }
        return between(found, from, to);
    }

    private List<LogEntry> between(NavigableMap<Long, LogEntry> found, long from, long to) {
        var entries = new ArrayList<>(found.subMap(from, to).values());
        if (entries.size() != to - from) {
            throw new ChainException.Unavailable(
                    "lane log: expected leaves %d..%d, the node shows %d".formatted(from, to, entries.size()));
        }
        return entries;
    }

    /// The leaves that one transaction appended, in index order.
    ///
    /// @param height block of the transaction
    /// @param count  how many it must have appended
    /// @throws ChainException.Dishonest if the block shows another number of them
    public List<LogEntry> appendedBy(Bytes32 tx, long height, int count) {
        var appended = events.appended(role, reads.logs(height)).stream()
                .filter(one -> one.log().tx().equals(tx))
                .map(one -> entry(one, height))
                .sorted(Comparator.comparingLong(LogEntry::index))
                .toList();
        if (appended.size() != count) {
            throw new ChainException.Dishonest("transaction %s: expected %d leaves in block %d, got %d"
                    .formatted(tx, count, height, appended.size()));
        }
        return appended;
    }

    /// The acknowledgements from index `from` on, in order; only the Outbox has them.
    public List<Acknowledgement> acknowledgements(long from) {
        var state = state();
        var found = new ArrayList<Acknowledgement>();
        for (long height = from < state.acknowledged() ? state.lastAcknowledged() : 0; height > 0; ) {
            var block = events.acknowledged(reads.logs(height));
            if (block.isEmpty()) throw missing("an acknowledgement", height);
            for (var one : block.reversed()) {
                if (one.to() > from) found.add(acknowledgement(one, height));
            }
            if (block.getFirst().from() <= from) break;
            height = earlier(block.getFirst().previous(), height);
        }
        return List.copyOf(found.reversed());
    }

    /// The newest checkpoint the contract remembers, if there is one. On a chain where only some transactions can
    /// carry a proof, the caller looks at who carried it.
    public Optional<Sighting> checkpoint() {
        var state = state();
        if (state.checkpointSize() == 0) return Optional.empty();
        long height = state.checkpointHeight();
        var log = events.checkpoint(role, state.checkpointSize(), reads.logs(height))
                .orElseThrow(() -> missing("a checkpoint", height));
        return Optional.of(sighting(log, state.checkpointSize(), height));
    }

    /// The events by which the contract emitted checkpoints of this log in one block, in their order.
    public List<BlockLog> checkpointLogs(long height) {
        return events.checkpoints(role, reads.logs(height));
    }

    /// What a checkpoint event says.
    public Sighting sighting(BlockLog checkpoint, long height) {
        return sighting(checkpoint, new AbiWords(checkpoint.data()).number(0), height);
    }

    private Sighting sighting(BlockLog log, long size, long height) {
        return new Sighting(new Checkpoint(lane, size, LaneEvents.rootOf(log)), height, log.tx());
    }

    private static LogEntry entry(LaneEvents.Appended one, long height) {
        return new LogEntry(
                one.index(), one.leaf(), height, one.log().timeMs(), one.log().tx());
    }

    private static Acknowledgement acknowledgement(LaneEvents.Acknowledged one, long height) {
        return new Acknowledgement(
                one.from(), one.to(), height, one.log().timeMs(), one.log().tx());
    }

    private static long earlier(long previous, long height) {
        if (previous >= height) {
            throw new ChainException.Dishonest(
                    "lane log: block %d names block %d as the one before it".formatted(height, previous));
        }
        return previous;
    }

    private static ChainException missing(String what, long height) {
        return new ChainException.Unavailable(
                "lane log: the node shows no event of %s in block %d".formatted(what, height));
    }
}
