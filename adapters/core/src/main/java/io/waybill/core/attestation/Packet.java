package io.waybill.core.attestation;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;

/// An attestation on its way, as both chains commit to it: leaf `index` of its lane's log, rule R2.2.
///
/// @param index       counts from 0 on each lane, without gaps
/// @param sender      the account that called `send` at the Outbox
/// @param timeoutMs   milliseconds since 1970 by the destination's clock, > 0; at or after it the packet ends as
///     Expired
/// @param attestation the canonical octets of an [Attestation]; opaque here
public record Packet(LaneId lane, long index, Address sender, long timeoutMs, Bytes attestation) {
    public static final int TAG = 0x50;
    public static final int VERSION = 1;
    /// Octets before the attestation: tag, version, lane, index, sender, timeout, length.
    public static final int HEADER = 1 + 1 + 32 + 8 + 20 + 8 + 4;

    public Packet {
        if (index < 0) throw new IllegalArgumentException("index: expected ≥ 0, got " + index);
        if (timeoutMs <= 0) throw new IllegalArgumentException("timeout: expected > 0 ms, got " + timeoutMs);
    }

    public Bytes encode() {
        return Bytes.concat(
                Bytes.of(TAG, VERSION),
                lane.value().value(),
                Bytes.u64(index),
                sender.value(),
                Bytes.u64(timeoutMs),
                Bytes.u32(attestation.size()),
                attestation);
    }

    /// Reads packet octets; total: for any octets it answers.
    public static Verdict<Packet> decode(Bytes octets) {
        if (octets.size() < HEADER) return malformed("shorter than a packet header");
        if (octets.at(0) != TAG) return malformed("tag");
        if (octets.at(1) != VERSION) return malformed("version");
        long index = octets.number(34, 42);
        long timeout = octets.number(62, 70);
        if (index < 0) return malformed("index");
        if (timeout <= 0) return malformed("timeout");
        if (octets.number(70, 74) != octets.size() - HEADER) return malformed("length");
        return Verdict.accept(new Packet(
                new LaneId(new Bytes32(octets.slice(2, 34))),
                index,
                new Address(octets.slice(42, 62)),
                timeout,
                octets.slice(HEADER, octets.size())));
    }

    private static Verdict<Packet> malformed(String part) {
        return Verdict.reject(new EncodingRejection.MalformedPacket(part));
    }
}
