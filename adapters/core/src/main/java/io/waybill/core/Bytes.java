package io.waybill.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// An immutable run of octets, compared by content and ordered as unsigned octets.
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] octets;

    private Bytes(byte[] octets) {
        this.octets = octets;
    }

    /// Copies the array, so that a later change of it is not seen here.
    public static Bytes of(byte[] octets) {
        return octets.length == 0 ? EMPTY : new Bytes(octets.clone());
    }

    /// One octet for each value; only the low eight bits of each count.
    public static Bytes of(int... octets) {
        var copy = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) copy[i] = (byte) octets[i];
        return new Bytes(copy);
    }

    /// Reads hexadecimal digits of either case, with or without a leading `0x`.
    ///
    /// @throws IllegalArgumentException if the digits are odd in number or not hexadecimal
    public static Bytes hex(String text) {
        var digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
        return new Bytes(HexFormat.of().parseHex(digits));
    }

    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Four octets, big-endian.
    public static Bytes u32(long value) {
        return number(value, 4);
    }

    /// Eight octets, big-endian.
    public static Bytes u64(long value) {
        return number(value, 8);
    }

    private static Bytes number(long value, int size) {
        var octets = new byte[size];
        for (int i = 0; i < size; i++) octets[size - 1 - i] = (byte) (value >>> (8 * i));
        return new Bytes(octets);
    }

    public static Bytes concat(Bytes... parts) {
        return concat(List.of(parts));
    }

    public static Bytes concat(List<Bytes> parts) {
        var whole = new byte[parts.stream().mapToInt(Bytes::size).sum()];
        int at = 0;
        for (var part : parts) {
            System.arraycopy(part.octets, 0, whole, at, part.octets.length);
            at += part.octets.length;
        }
        return new Bytes(whole);
    }

    public int size() {
        return octets.length;
    }

    public boolean isEmpty() {
        return octets.length == 0;
    }

    /// The octet at an index, 0 to 255.
    public int at(int index) {
        return octets[index] & 0xff;
    }

    /// The octets from `from` (inclusive) to `to` (exclusive).
    public Bytes slice(int from, int to) {
        if (from < 0 || to < from || to > octets.length) {
            throw new IllegalArgumentException(
                    "slice: expected 0 ≤ from ≤ to ≤ %d, got %d..%d".formatted(octets.length, from, to));
        }
        return new Bytes(Arrays.copyOfRange(octets, from, to));
    }

    /// Up to eight octets from `from` (inclusive) to `to` (exclusive), read as an unsigned big-endian number; with
    /// eight, the sign bit is the caller's to judge.
    public long number(int from, int to) {
        if (to - from > 8) throw new IllegalArgumentException("number: expected ≤ 8 octets, got " + (to - from));
        long value = 0;
        for (int i = from; i < to; i++) value = value << 8 | at(i);
        return value;
    }

    public boolean isZero() {
        for (var octet : octets) {
            if (octet != 0) return false;
        }
        return true;
    }

    /// The same octets with one of them replaced: for tests of what must be refused.
    public Bytes with(int index, int octet) {
        var copy = octets.clone();
        copy[index] = (byte) octet;
        return new Bytes(copy);
    }

    /// A copy the caller may change.
    public byte[] toArray() {
        return octets.clone();
    }

    /// Lower-case hexadecimal with a leading `0x`.
    public String toHex() {
        return "0x" + HexFormat.of().formatHex(octets);
    }

    /// The octets read as UTF-8; malformed sequences become U+FFFD.
    public String toUtf8() {
        return new String(octets, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(octets, other.octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
