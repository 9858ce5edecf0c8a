package io.waybill.core.proof;

import io.waybill.core.Bytes;

/// A path in a trie: half octets, each kept in an octet of its own.
///
/// @param digits 0 to 15 each
record Nibbles(Bytes digits) {
    static Nibbles of(Bytes key) {
        var digits = new int[2 * key.size()];
        for (int i = 0; i < digits.length; i++) digits[i] = i % 2 == 0 ? key.at(i / 2) >> 4 : key.at(i / 2) & 0xf;
        return new Nibbles(Bytes.of(digits));
    }

    /// Whether octets are a path in hex-prefix form: flags 0 to 3, and zero in the unused half of an even path.
    static boolean isPacked(Bytes octets) {
        if (octets.isEmpty()) return false;
        int flags = octets.at(0) >> 4;
        return flags <= 3 && (flags % 2 == 1 || (octets.at(0) & 0xf) == 0);
    }

    static Nibbles unpack(Bytes packed) {
        boolean odd = (packed.at(0) >> 4) % 2 == 1;
        return of(packed).from(odd ? 1 : 2);
    }

    /// The hex-prefix form.
    Bytes pack(boolean leaf) {
        int odd = size() % 2;
        var octets = new int[size() / 2 + 1];
        octets[0] = (leaf ? 0x20 : 0) + (odd == 1 ? 0x10 + at(0) : 0);
        for (int i = odd; i < size(); i += 2) octets[i / 2 + 1] = at(i) << 4 | at(i + 1);
        return Bytes.of(octets);
    }

    int size() {
        return digits.size();
    }

    int at(int index) {
        return digits.at(index);
    }

    Nibbles from(int index) {
        return new Nibbles(digits.slice(index, size()));
    }

    Nibbles between(int from, int to) {
        return new Nibbles(digits.slice(from, to));
    }

    boolean startsWith(Nibbles prefix) {
        return size() >= prefix.size() && between(0, prefix.size()).equals(prefix);
    }
}
