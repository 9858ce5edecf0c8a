package io.waybill.core.proof;

import io.waybill.core.Bytes;
import io.waybill.core.EncodingRejection.MalformedRlp;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// One item of Recursive Length Prefix encoding: a string of octets, or a list of items. Immutable, and in exactly
/// one encoding: what [#decode(Bytes)] accepts re-encodes to itself.
///
/// The readers (`octets`, `number`, `items`) are for use inside `parse` and `read`, where an item of another kind
/// ends the parse with a refusal.
///
/// @see <a href="https://ethereum.org/en/developers/docs/data-structures-and-encoding/rlp/">RLP</a>
public sealed interface Rlp {
    /// The longest input that is looked at, in octets.
    int SIZE_LIMIT = 1 << 20;
    /// The most items that are read, lists and all that is in them: a mebioctet can say a million, in sixty times the
    /// memory.
    int ITEM_LIMIT = 1 << 16;
    /// How deep lists may lie in each other.
    int DEPTH_LIMIT = 8;

    /// A string of octets.
    record Octets(Bytes value) implements Rlp {}

    /// A list of items.
    record Items(List<Rlp> values) implements Rlp {
        public Items {
            values = List.copyOf(values);
        }
    }

    static Rlp of(Bytes octets) {
        return new Octets(octets);
    }

    /// An integer as a minimal big-endian string; the value is taken as unsigned, zero is the empty string.
    static Rlp of(long number) {
        return new Octets(minimal(number));
    }

    /// A number of up to 256 bits as a minimal big-endian string.
    ///
    /// @param number ≥ 0
    static Rlp of(BigInteger number) {
        var octets = Bytes.of(number.toByteArray());
        return new Octets(octets.at(0) == 0 ? octets.slice(1, octets.size()) : octets);
    }

    static Rlp list(Rlp... items) {
        return new Items(Arrays.asList(items));
    }

    static Rlp list(List<? extends Rlp> items) {
        return new Items(List.copyOf(items));
    }

    /// A list with one item for each value.
    static <T> Rlp list(List<T> values, Function<? super T, Rlp> item) {
        return new Items(values.stream().<Rlp>map(item).toList());
    }

    /// The shortest big-endian form of an unsigned number, empty for zero.
    static Bytes minimal(long number) {
        return Bytes.u64(number).slice(Long.numberOfLeadingZeros(number) / 8, 8);
    }

    default Bytes encode() {
        return RlpCodec.encode(this);
    }

    /// Reads exactly one canonical item of at most [#SIZE_LIMIT] octets, [#ITEM_LIMIT] items and [#DEPTH_LIMIT] levels
    /// of lists; total.
    static Verdict<Rlp> decode(Bytes octets) {
        return parse(octets, Verdict::accept);
    }

    /// Decodes one item and reads a value out of it; an item of another kind than the reader wants is refused as
    /// `MalformedRlp`.
    static <T> Verdict<T> parse(Bytes octets, Function<? super Rlp, Verdict<T>> reader) {
        return parse(octets, MalformedRlp::new, reader);
    }

    /// Decodes one item, refused as `MalformedRlp` where it is not canonical, and reads a value out of it.
    ///
    /// @param wrong the refusal of an item of another kind than the reader wants
    static <T> Verdict<T> parse(
            Bytes octets, Function<String, Rejection> wrong, Function<? super Rlp, Verdict<T>> reader) {
        Rlp item;
        try {
            item = RlpCodec.decode(octets);
        } catch (Unexpected e) {
            return Verdict.reject(new MalformedRlp(e.what));
        }
        return read(item, wrong, reader);
    }

    /// Reads a value out of an item.
    ///
    /// @param wrong the refusal of an item of another kind than the reader wants
    static <T> Verdict<T> read(Rlp item, Function<String, Rejection> wrong, Function<? super Rlp, Verdict<T>> reader) {
        try {
            return reader.apply(item);
        } catch (Unexpected e) {
            return Verdict.reject(wrong.apply(e.what));
        }
    }

    /// The octets of a string; refused if this is a list.
    default Bytes octets() {
        return switch (this) {
            case Octets(var value) -> value;
            case Items _ -> throw new Unexpected("a list in place of octets");
        };
    }

    /// The items of a list; refused if this is a string.
    default List<Rlp> items() {
        return switch (this) {
            case Octets _ -> throw new Unexpected("octets in place of a list");
            case Items(var values) -> values;
        };
    }

    /// The unsigned number of at most eight octets that a string is; with eight, the sign bit is the caller's to
    /// judge. Refused if longer, not minimal, or a list.
    default long number() {
        var octets = octets();
        if (octets.size() > 8) throw new Unexpected("a number of " + octets.size() + " octets");
        if (!octets.isEmpty() && octets.at(0) == 0) throw new Unexpected("a number with a leading zero");
        return octets.number(0, octets.size());
    }

    /// The unsigned number of at most 32 octets that a string is. Refused if longer, not minimal, or a list.
    default BigInteger bigNumber() {
        var octets = octets();
        if (octets.size() > 32) throw new Unexpected("a number of " + octets.size() + " octets");
        if (!octets.isEmpty() && octets.at(0) == 0) throw new Unexpected("a number with a leading zero");
        return new BigInteger(1, octets.toArray());
    }

    /// Ends a parse when a reader of items throws it; caught by [#parse] and [#read], never seen by their callers.
    final class Unexpected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String what;

        /// @param what was found in place of what
        public Unexpected(String what) {
            super(what, null, false, false);
            this.what = what;
        }
    }
}
