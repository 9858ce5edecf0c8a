package io.waybill.core;

/// Thirty-two octets: a hash, a root or a word of the EVM.
public record Bytes32(Bytes value) implements Comparable<Bytes32> {
    public static final Bytes32 ZERO = new Bytes32(Bytes.of(new byte[32]));

    public Bytes32 {
        if (value.size() != 32) {
            throw new IllegalArgumentException("bytes32: expected 32 octets, got " + value.size());
        }
    }

    public static Bytes32 of(byte[] octets) {
        return new Bytes32(Bytes.of(octets));
    }

    public static Bytes32 hex(String text) {
        return new Bytes32(Bytes.hex(text));
    }

    public boolean isZero() {
        return value.isZero();
    }

    public String toHex() {
        return value.toHex();
    }

    @Override
    public int compareTo(Bytes32 other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
