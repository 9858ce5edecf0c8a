package io.waybill.core.client.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.MalformedLedgerInfo;
import io.waybill.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Binary Canonical Serialization as far as ledger infos need it: integers little-endian in eight octets, lengths
/// in ULEB128, an option as one octet 0 or 1, structures as their fields in order. Every value has one encoding.
///
/// @see <a href="https://docs.rs/bcs">BCS</a>
final class Bcs {
    private Bcs() {}

    static Bytes u64(long value) {
        return Bytes.u64(Long.reverseBytes(value));
    }

    /// A length, 0 ≤ length < 2^14.
    static Bytes length(int length) {
        return length < 0x80 ? Bytes.of(length) : Bytes.of((length & 0x7f) | 0x80, length >> 7);
    }

    /// A run of octets with its length before it.
    static Bytes octets(Bytes octets) {
        return Bytes.concat(length(octets.size()), octets);
    }

    static <T> Bytes option(@Nullable T value, Function<T, Bytes> encoding) {
        return value == null ? Bytes.of(0) : Bytes.concat(Bytes.of(1), encoding.apply(value));
    }

    /// Reads one value that takes up all the octets; total.
    static <T> Verdict<T> parse(Bytes octets, Function<Reader, T> reader) {
        var input = new Reader(octets);
        try {
            var value = reader.apply(input);
            return input.at == octets.size() ? Verdict.accept(value) : malformed("end");
        } catch (Malformed e) {
            return malformed(e.part);
        }
    }

    private static <T> Verdict<T> malformed(String part) {
        return Verdict.reject(new MalformedLedgerInfo(part));
    }

    /// A place in the octets, moving forward. Each reader names the part it reads, for the refusal.
    static final class Reader {
        private final Bytes octets;
        private int at;

        private Reader(Bytes octets) {
            this.octets = octets;
        }

        /// A number below 2^63: no honest field is larger.
        long u64(String part) {
            long value = Long.reverseBytes(take(8, part).number(0, 8));
            if (value < 0) throw new Malformed(part);
            return value;
        }

        /// A length in its shortest form.
        ///
        /// @param most the largest length that is looked at, < 2^14
        int length(int most, String part) {
            int low = take(1, part).at(0);
            if (low < 0x80) return within(low, most, part);
            int high = take(1, part).at(0);
            if (high == 0 || high >= 0x80) throw new Malformed(part);
            return within((low & 0x7f) | (high << 7), most, part);
        }

        private static int within(int length, int most, String part) {
            if (length > most) throw new Malformed(part);
            return length;
        }

        /// Octets with their length before them.
        Bytes octets(int least, int most, String part) {
            int size = length(most, part);
            if (size < least) throw new Malformed(part);
            return take(size, part);
        }

        Bytes32 hash(String part) {
            return new Bytes32(octets(32, 32, part));
        }

        Bytes take(int size, String part) {
            if (size > octets.size() - at) throw new Malformed(part);
            at += size;
            return octets.slice(at - size, at);
        }

        <T> @Nullable T option(Function<Reader, T> some, String part) {
            return switch (take(1, part).at(0)) {
                case 0 -> null;
                case 1 -> some.apply(this);
                default -> throw new Malformed(part);
            };
        }

        <T> List<T> list(int most, Function<Reader, T> element, String part) {
            int size = length(most, part);
            var elements = new ArrayList<T>();
            for (int i = 0; i < size; i++) elements.add(element.apply(this));
            return elements;
        }

        /// Ends the parse.
        Malformed malformed(String part) {
            return new Malformed(part);
        }
    }

    /// Ends a parse; never leaves [#parse].
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String part;

        Malformed(String part) {
            super(part, null, false, false);
            this.part = part;
        }
    }
}
