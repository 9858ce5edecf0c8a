package io.waybill.core;

/// Twenty octets that name a contract or an account of an EVM.
public record Address(Bytes value) implements Comparable<Address> {
    public static final Address ZERO = new Address(Bytes.of(new byte[20]));

    public Address {
        if (value.size() != 20) {
            throw new IllegalArgumentException("address: expected 20 octets, got " + value.size());
        }
    }

    public static Address of(byte[] octets) {
        return new Address(Bytes.of(octets));
    }

    public static Address hex(String text) {
        return new Address(Bytes.hex(text));
    }

    public boolean isZero() {
        return value.isZero();
    }

    public String toHex() {
        return value.toHex();
    }

    @Override
    public int compareTo(Address other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
