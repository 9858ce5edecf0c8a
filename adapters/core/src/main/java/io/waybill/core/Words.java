package io.waybill.core;

/// Values as 32-octet words, as contracts write and read them: numbers and addresses at the end of their word,
/// zeros before. What has no fixed size is for whoever knows its place.
public final class Words {
    /// Octets of a word.
    public static final int SIZE = 32;

    private Words() {}

    /// A word that holds a number of up to 64 bits, unsigned.
    public static Bytes of(long number) {
        return Bytes.concat(Bytes.of(new byte[SIZE - 8]), Bytes.u64(number));
    }

    /// A word that holds an address.
    public static Bytes of(Address address) {
        return Bytes.concat(Bytes.of(new byte[SIZE - 20]), address.value());
    }

    /// Octets with zeros behind them up to whole words.
    public static Bytes padded(Bytes octets) {
        return Bytes.concat(octets, Bytes.of(new byte[(SIZE - octets.size() % SIZE) % SIZE]));
    }

    /// How many octets so many take in whole words.
    public static long whole(long size) {
        return (size + SIZE - 1) / SIZE * SIZE;
    }

    /// The word at an index, which must be there.
    public static Bytes32 at(Bytes words, int index) {
        return new Bytes32(words.slice(index * SIZE, (index + 1) * SIZE));
    }

    /// The number in the word at an index that [#fits] eight octets, unsigned.
    public static long number(Bytes words, int index) {
        return words.number((index + 1) * SIZE - 8, (index + 1) * SIZE);
    }

    /// The address in the word at an index that [#fits] twenty octets.
    public static Address address(Bytes words, int index) {
        return new Address(words.slice((index + 1) * SIZE - 20, (index + 1) * SIZE));
    }

    /// Whether the word at an index is zero but for its last `width` octets.
    public static boolean fits(Bytes words, int index, int width) {
        return words.slice(index * SIZE, (index + 1) * SIZE - width).isZero();
    }
}
