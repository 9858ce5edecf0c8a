package io.waybill.core.client.committee;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.LaneLog;
import java.util.List;

/// The checkpoints of one block in the order in which it emitted them. Their root is `sha256(count u64 || tree
/// hash)`, over the RFC 9162 tree hash of the records.
///
/// @param records 1 to 65 536
public record CheckpointRecords(List<CheckpointRecord> records) {
    /// The most records a block may have.
    public static final int MOST = 1 << 16;

    public CheckpointRecords {
        records = List.copyOf(records);
        if (records.isEmpty() || records.size() > MOST)
            throw new IllegalArgumentException("records: expected 1 to 65536, got " + records.size());
    }

    /// What verifiers sign as the block's root.
    public Bytes32 root() {
        return root(records.size(), log().root());
    }

    /// The root of a count and a tree hash, so that neither can be said otherwise.
    static Bytes32 root(long count, Bytes32 tree) {
        return Digests.sha256(Bytes.concat(Bytes.u64(count), tree.value()));
    }

    /// The proof that one of them is under the root.
    ///
    /// @param index of the record
    public Bytes proof(int index) {
        var path = log().rangeProof(index, index + 1L, records.size());
        return new CommitteeEventProof(records.get(index), index, records.size(), path).encode();
    }

    private LaneLog log() {
        return LaneLog.of(records.stream().map(CheckpointRecord::octets).toList());
    }
}
