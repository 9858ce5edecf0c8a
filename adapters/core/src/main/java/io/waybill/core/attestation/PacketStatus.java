package io.waybill.core.attestation;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;

/// The one final status of a packet: leaf `index` of the Inbox's log, 83 octets, rule R2.3.
///
/// @param packetLeaf `sha256(0x00 || packet octets)`
/// @param timeMs     the destination's block time when the status was given, milliseconds since 1970
public record PacketStatus(LaneId lane, long index, Bytes32 packetLeaf, FinalStatus status, long timeMs) {
    public static final int TAG = 0x41;
    public static final int VERSION = 1;
    public static final int SIZE = 83;

    public PacketStatus {
        if (index < 0) throw new IllegalArgumentException("index: expected ≥ 0, got " + index);
    }

    public Bytes encode() {
        return Bytes.concat(
                Bytes.of(TAG, VERSION),
                lane.value().value(),
                Bytes.u64(index),
                packetLeaf.value(),
                Bytes.of(status.code()),
                Bytes.u64(timeMs));
    }

    /// Reads status octets; total: for any octets it answers.
    public static Verdict<PacketStatus> decode(Bytes octets) {
        if (octets.size() != SIZE) return malformed("size");
        if (octets.at(0) != TAG) return malformed("tag");
        if (octets.at(1) != VERSION) return malformed("version");
        var status = FinalStatus.of(octets.at(74));
        if (status.isEmpty()) return malformed("status");
        long index = octets.number(34, 42);
        if (index < 0) return malformed("index");
        return Verdict.accept(new PacketStatus(
                new LaneId(new Bytes32(octets.slice(2, 34))),
                index,
                new Bytes32(octets.slice(42, 74)),
                status.get(),
                octets.number(75, 83)));
    }

    private static Verdict<PacketStatus> malformed(String part) {
        return Verdict.reject(new EncodingRejection.MalformedStatus(part));
    }
}
