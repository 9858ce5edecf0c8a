package io.waybill.testkit;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import java.util.List;

/// A checkpoint event of a chain in memory. A block's receipts root is `sha256` over all its events, and an event's
/// proof is all of them with an index: `index(u32) || event...`.
record MemoryEvent(Address emitter, Bytes32 topic, Bytes32 lane, long size, Bytes32 root) {
    static final int SIZE = 20 + 32 + 32 + 8 + 32;

    Bytes encode() {
        return Bytes.concat(emitter.value(), topic.value(), lane.value(), Bytes.u64(size), root.value());
    }

    static MemoryEvent decode(Bytes octets) {
        return new MemoryEvent(
                new Address(octets.slice(0, 20)),
                new Bytes32(octets.slice(20, 52)),
                new Bytes32(octets.slice(52, 84)),
                octets.number(84, 92),
                new Bytes32(octets.slice(92, 124)));
    }

    static Bytes32 root(List<MemoryEvent> events) {
        return Digests.sha256(octets(events));
    }

    static Bytes proof(List<MemoryEvent> events, int index) {
        return Bytes.concat(Bytes.u32(index), octets(events));
    }

    private static Bytes octets(List<MemoryEvent> events) {
        return Bytes.concat(events.stream().map(MemoryEvent::encode).toList());
    }
}
