package io.waybill.core;

/// The name of a lane: one direction between an Outbox and an Inbox. Computed by both contracts from the lane's
/// terms, rule R1.2.
public record LaneId(Bytes32 value) implements Comparable<LaneId> {
    public static LaneId hex(String text) {
        return new LaneId(Bytes32.hex(text));
    }

    @Override
    public int compareTo(LaneId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toHex();
    }
}
