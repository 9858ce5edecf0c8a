package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.port.ChainException;
import java.util.List;
import java.util.stream.IntStream;

/// Reads what a contract returned or emitted. A node that gives octets of another shape is not telling what the
/// contract said.
///
/// @param octets the answer
record AbiWords(Bytes octets) {
    private static final int WORD = Abi.WORD;

    Bytes32 word(int index) {
        return new Bytes32(slice(index * WORD, WORD));
    }

    Address address(int index) {
        var word = slice(index * WORD, WORD);
        if (!word.slice(0, 12).isZero()) throw odd("an address", word);
        return new Address(word.slice(12, WORD));
    }

    /// A number below 2^63.
    long number(int index) {
        return numberAt(index * WORD);
    }

    /// The octets that the word at `index` points to.
    Bytes bytes(int index) {
        int at = offset(index);
        return slice(at + WORD, Math.toIntExact(numberAt(at)));
    }

    /// The words of the array that the word at `index` points to.
    List<Bytes32> words(int index) {
        int at = offset(index);
        int count = Math.toIntExact(numberAt(at));
        return IntStream.range(0, count)
                .mapToObj(i -> new Bytes32(slice(at + WORD + i * WORD, WORD)))
                .toList();
    }

    private int offset(int index) {
        long at = number(index);
        if (at > octets.size()) throw odd("an offset", Bytes.u64(at));
        return (int) at;
    }

    private long numberAt(int at) {
        var word = slice(at, WORD);
        if (!word.slice(0, 24).isZero() || word.at(24) > 0x7f) throw odd("a number", word);
        return word.number(24, WORD);
    }

    private Bytes slice(int at, int size) {
        if (at < 0 || size < 0 || size > octets.size() - at) {
            throw new ChainException.Dishonest(
                    "contract answer: expected ≥ %d octets, got %d".formatted(at + (long) size, octets.size()));
        }
        return octets.slice(at, at + size);
    }

    private static ChainException odd(String what, Bytes found) {
        return new ChainException.Dishonest("contract answer: expected %s, got %s".formatted(what, found));
    }
}
