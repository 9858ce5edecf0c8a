package io.waybill.gateway.bundle;

import io.waybill.core.Bytes32;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ChainException;
import io.waybill.gateway.attest.Lane;
import java.util.List;

/// The lane log of a source chain, read once and kept, so that an inclusion path costs only what was appended since.
/// What the node says is compared with the checkpoint's root; a node that lied is forgotten whole.
final class LogMirror {
    private static final long PAGE = 500;

    private final Lane lane;
    private LaneLog log = new LaneLog();

    LogMirror(Lane lane) {
        this.lane = lane;
    }

    /// The RFC 9162 inclusion path of a leaf in the tree of a checkpoint.
    synchronized List<Bytes32> path(long index, Checkpoint checkpoint) {
        while (log.size() < checkpoint.size()) {
            long from = log.size();
            long to = Math.min(checkpoint.size(), from + PAGE);
            lane.source().entries(LogRole.PACKETS, lane.id(), from, to).forEach(entry -> log.append(entry.leaf()));
            if (log.size() != to) throw forget("expected leaves %d to %d, got %d".formatted(from, to, log.size()));
        }
        if (!log.root(checkpoint.size()).equals(checkpoint.root())) {
            throw forget("its leaves do not hash to the checkpoint of size " + checkpoint.size());
        }
        return log.rangeProof(index, index + 1, checkpoint.size());
    }

    private ChainException forget(String why) {
        log = new LaneLog();
        return new ChainException.Dishonest("lane log: " + why);
    }
}
