package io.waybill.core.client.committee;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.CheckpointRootZero;
import io.waybill.core.EventRejection.CheckpointSizeOutOfRange;
import io.waybill.core.EventRejection.WrongEmitter;
import io.waybill.core.EventRejection.WrongLane;
import io.waybill.core.EventRejection.WrongTopic;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;

/// A checkpoint event as verifiers attest it, 124 octets: `emitter (20) || topic0 (32) || lane (32) || size u64
/// || root (32)`.
///
/// @param octets 124
public record CheckpointRecord(Bytes octets) {
    /// How long each is.
    public static final int SIZE = 124;

    public CheckpointRecord {
        if (octets.size() != SIZE)
            throw new IllegalArgumentException("record: expected 124 octets, got " + octets.size());
    }

    /// The record of an event.
    public static CheckpointRecord of(Address emitter, LogRole role, Checkpoint checkpoint) {
        return new CheckpointRecord(Bytes.concat(
                emitter.value(),
                role.topic().value(),
                checkpoint.lane().value().value(),
                Bytes.u64(checkpoint.size()),
                checkpoint.root().value()));
    }

    /// The checkpoint, if it is of this emitter, role and lane.
    Verdict<Checkpoint> read(Address emitter, LogRole role, LaneId lane) {
        if (!octets.slice(0, 20).equals(emitter.value())) return reject(new WrongEmitter());
        if (!octets.slice(20, 52).equals(role.topic().value())) return reject(new WrongTopic());
        var found = new Bytes32(octets.slice(52, 84));
        if (!found.equals(lane.value())) return reject(new WrongLane(found));
        long size = octets.number(84, 92);
        if (size < 1 || size >= Checkpoint.SIZE_LIMIT) return reject(new CheckpointSizeOutOfRange());
        var root = new Bytes32(octets.slice(92, 124));
        return root.isZero() ? reject(new CheckpointRootZero()) : accept(new Checkpoint(lane, size, root));
    }
}
