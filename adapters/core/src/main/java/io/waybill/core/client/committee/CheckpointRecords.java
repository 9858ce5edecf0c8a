package io.waybill.core.client.committee;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.CheckpointEvent;
import io.waybill.core.proof.EvmLog;
import java.util.List;
import java.util.stream.Stream;

/// The checkpoints of one block in the order in which it emitted them. Their root is `sha256(count u64 || tree
/// hash)`, over the RFC 9162 tree hash of the records.
///
/// @param records up to 65 536; none in a block that says nothing, which keeps a client from expiring
public record CheckpointRecords(List<CheckpointRecord> records) {
    /// The most records a block may have.
    public static final int MOST = 1 << 16;

    public CheckpointRecords {
        records = List.copyOf(records);
        if (records.size() > MOST)
            throw new IllegalArgumentException("records: expected at most 65536, got " + records.size());
    }

    /// The records of a block that emitted these logs, in their order: of every log that has the shape of a
    /// checkpoint, whoever emitted it.
    ///
    /// @throws IllegalArgumentException if there are more than there may be
    public static CheckpointRecords of(List<EvmLog> logs) {
        return new CheckpointRecords(logs.stream()
                .flatMap(log -> Stream.of(LogRole.values()).flatMap(role -> record(log, role)))
                .toList());
    }

    private static Stream<CheckpointRecord> record(EvmLog log, LogRole role) {
        if (log.topics().size() != 2) return Stream.of();
        var lane = new LaneId(log.topics().get(1));
        return CheckpointEvent.read(log, log.address(), role, lane) instanceof Verdict.Accepted<Checkpoint>(var said)
                ? Stream.of(CheckpointRecord.of(log.address(), role, said))
                : Stream.of();
    }

    /// Where a record is among them, or −1.
    public int indexOf(CheckpointRecord record) {
        return records.indexOf(record);
    }

    /// What verifiers sign as the block's root.
    public Bytes32 root() {
        return root(records.size(), records.isEmpty() ? Digests.sha256(Bytes.EMPTY) : log().root());
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
