package io.waybill.core.client.committee;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.LaneId;
import io.waybill.core.LaneRejection.RangeRootMismatch;
import io.waybill.core.Verdict;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.lane.RangeProof;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;

/// The proof that a record is among those of an attested block: `RLP [ record, index, count, [hash...] ]`.
///
/// @param index of the record, 0 ≤ index < count
/// @param count of the block's records, 1 to 65 536
/// @param path  the RFC 9162 inclusion path, bottom-up
public record CommitteeEventProof(CheckpointRecord record, long index, long count, List<Bytes32> path) {
    public CommitteeEventProof {
        path = List.copyOf(path);
    }

    public Bytes encode() {
        return Rlp.list(
                        Rlp.of(record.octets()),
                        Rlp.of(index),
                        Rlp.of(count),
                        Rlp.list(path, hash -> Rlp.of(hash.value())))
                .encode();
    }

    /// Reads the wire form; total.
    public static Verdict<CommitteeEventProof> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedEventProof::new, CommitteeEventProof::of);
    }

    private static Verdict<CommitteeEventProof> of(Rlp item) {
        var parts = item.items();
        if (parts.size() != 4) return reject(new MalformedEventProof("list"));
        var record = parts.get(0).octets();
        if (record.size() != CheckpointRecord.SIZE) return reject(new MalformedEventProof("record"));
        long index = parts.get(1).number();
        long count = parts.get(2).number();
        if (count < 1 || count > CheckpointRecords.MOST) return reject(new MalformedEventProof("count"));
        if (index < 0 || index >= count) return reject(new MalformedEventProof("index"));
        var path = new ArrayList<Bytes32>();
        for (var hash : parts.get(3).items()) {
            if (hash.octets().size() != 32) return reject(new MalformedEventProof("path"));
            path.add(new Bytes32(hash.octets()));
        }
        return accept(new CommitteeEventProof(new CheckpointRecord(record), index, count, path));
    }

    /// Judges the record first, then its place under the root.
    ///
    /// @param root that the committee attested
    Verdict<Checkpoint> verify(Address emitter, LogRole role, LaneId lane, Bytes32 root) {
        return record.read(emitter, role, lane)
                .then(checkpoint -> RangeProof.rootOf(count, index, record.octets(), path)
                        .then(tree -> under(root, CheckpointRecords.root(count, tree), checkpoint)));
    }

    private static Verdict<Checkpoint> under(Bytes32 attested, Bytes32 computed, Checkpoint checkpoint) {
        return computed.equals(attested) ? accept(checkpoint) : reject(new RangeRootMismatch(attested, computed));
    }
}
