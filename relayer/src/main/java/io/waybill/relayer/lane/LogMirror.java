package io.waybill.relayer.lane;

import io.waybill.core.Bytes32;
import io.waybill.core.LaneRejection;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.ConsistencyProof;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Our own copy of a lane log, as far as a proven checkpoint covers it: leaf hashes of all leaves, octets of those
/// that have not arrived yet. A node's leaves enter; they stay only if they hash to the checkpoint's root, so every
/// later checkpoint is known to extend every earlier one, or the fork is seen.
final class LogMirror {
    /// Leaves asked for at once.
    private static final int PAGE = 256;
    /// Octets of leaves kept; what is dropped is read again when it is needed.
    private static final long HELD_OCTETS = 16L << 20;

    private final Route route;
    private final NavigableMap<Long, LogEntry> held = new TreeMap<>();
    private LaneLog log = new LaneLog();
    private @Nullable Checkpoint proven;
    private long heldOctets;

    LogMirror(Route route) {
        this.route = route;
    }

    /// Leaves that a proven checkpoint covers.
    long size() {
        return log.size();
    }

    /// Takes in the leaves up to a checkpoint that a light client has proven.
    ///
    /// @return the leaves that are new here, in index order
    /// @throws Halt                     if the log is proven to have forked
    /// @throws ChainException.Dishonest if the leaves offered are not those of the checkpoint
    List<LogEntry> extend(Checkpoint checkpoint) {
        if (checkpoint.size() <= log.size()) {
            if (!log.root(checkpoint.size()).equals(checkpoint.root())) throw forked(checkpoint);
            return List.of();
        }
        long before = log.size();
        var fresh = read(before, checkpoint.size());
        fresh.forEach(entry -> log.append(entry.leaf()));
        if (!log.root().equals(checkpoint.root())) {
            log = prefix(before);
            throw mismatch(checkpoint);
        }
        requireConsistent(checkpoint);
        proven = checkpoint;
        fresh.forEach(this::hold);
        return fresh;
    }

    /// The leaves `[from, to)` of the proven part.
    ///
    /// @throws ChainException.Dishonest if a leaf read again is another than before
    List<LogEntry> leaves(long from, long to) {
        var run = new ArrayList<LogEntry>();
        for (long i = from; i < to; i++) {
            var entry = held.get(i);
            if (entry == null) return again(from, to);
            run.add(entry);
        }
        return run;
    }

    /// The compact range proof of `[from, to)` in the tree of the first `size` leaves.
    List<Bytes32> rangeProof(long from, long to, long size) {
        return log.rangeProof(from, to, size);
    }

    /// When a leaf was written, milliseconds since 1970, or 0 if that is not at hand.
    long timeOf(long index) {
        var entry = held.get(index);
        return entry == null ? 0 : entry.timeMs();
    }

    /// Lets go of the octets of leaves that have arrived.
    void arrived(long cursor) {
        var gone = held.headMap(cursor);
        gone.values().forEach(entry -> heldOctets -= entry.leaf().size());
        gone.clear();
    }

    private void hold(LogEntry entry) {
        if (heldOctets + entry.leaf().size() > HELD_OCTETS) return;
        heldOctets += entry.leaf().size();
        held.put(entry.index(), entry);
    }

    private List<LogEntry> again(long from, long to) {
        var run = read(from, to);
        for (var entry : run) {
            if (!LaneLog.leaf(entry.leaf()).equals(log.leafHash(entry.index()))) {
                throw new ChainException.Dishonest("leaf %d: another one than before".formatted(entry.index()));
            }
        }
        return run;
    }

    private List<LogEntry> read(long from, long to) {
        var run = new ArrayList<LogEntry>();
        for (long at = from; at < to; at += PAGE) {
            run.addAll(route.from().entries(route.role(), route.id(), at, Math.min(to, at + PAGE)));
        }
        for (int i = 0; i < run.size(); i++) {
            if (run.get(i).index() != from + i)
                throw new ChainException.Dishonest("leaves: out of order at " + (from + i));
        }
        if (run.size() != to - from)
            throw new ChainException.Dishonest("leaves: expected %d, got %d".formatted(to - from, run.size()));
        return run;
    }

    /// Leaves that do not hash to a proven root are a node's lie, unless all leaves, read anew, do: then the
    /// earlier checkpoint, which was proven too, is of another log.
    private RuntimeException mismatch(Checkpoint checkpoint) {
        var anew = LaneLog.of(
                read(0, checkpoint.size()).stream().map(LogEntry::leaf).toList());
        return anew.root().equals(checkpoint.root())
                ? forked(checkpoint)
                : new ChainException.Dishonest("leaves of %s up to %d: expected root %s, computed %s"
                        .formatted(route, checkpoint.size(), checkpoint.root(), anew.root()));
    }

    private Halt forked(Checkpoint checkpoint) {
        return new Halt(new LaneRejection.LogForked(checkpoint.size()).explain() + " were proven for lane " + route);
    }

    /// The log as it was when it was smaller.
    private LaneLog prefix(long size) {
        var shorter = new LaneLog();
        for (long i = 0; i < size; i++) shorter.appendHash(log.leafHash(i));
        return shorter;
    }

    /// Property 5, append-only: judged by the standard's own proof, although both roots came from one list of
    /// leaves.
    private void requireConsistent(Checkpoint later) {
        var earlier = proven;
        if (earlier == null) return;
        var proof = log.consistencyProof(earlier.size(), later.size());
        if (!ConsistencyProof.verify(earlier, later, proof).isAccepted()) throw forked(later);
    }
}
