package io.waybill.fuzz;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Every simple change of a run of octets, none of which leaves it as it was.
public final class Mutations {
    private Mutations() {}

    /// One changed run of octets.
    public static final class Mutation {
        private final String what;
        private final byte[] octets;

        /// @param what which change of which octet, for the message of a test that fails
        public Mutation(String what, byte[] octets) {
            this.what = what;
            this.octets = octets.clone();
        }

        public String what() {
            return what;
        }

        public byte[] octets() {
            return octets.clone();
        }
    }

    /// Each octet flipped in its lowest and in its highest bit, cleared, filled, left out, and swapped with its
    /// neighbour; the whole cut at every length; and one octet more at the end and at the beginning.
    public static Stream<Mutation> of(byte[] whole) {
        return sampled(whole, 0, 1);
    }

    /// Each octet flipped in its lowest bit and nothing else: the least that must be tried of every proof.
    public static Stream<Mutation> flipped(byte[] whole) {
        return each(whole, 0, 1, at -> changed("lowest bit", whole, at, whole[at] ^ 1));
    }

    /// The same as of [#of(byte\[\])] at every `stride`-th octet from one on, where each costs too much to try all.
    ///
    /// @param from   0 or more
    /// @param stride 1 or more
    public static Stream<Mutation> sampled(byte[] whole, int from, int stride) {
        return Stream.of(
                        each(whole, from, stride, at -> changed("lowest bit", whole, at, whole[at] ^ 1)),
                        each(whole, from, stride, at -> changed("highest bit", whole, at, whole[at] ^ 0x80)),
                        each(whole, from, stride, at -> changed("cleared", whole, at, 0)),
                        each(whole, from, stride, at -> changed("filled", whole, at, 0xff)),
                        each(whole, from, stride, at -> new Mutation("left out " + at, without(whole, at))),
                        each(whole, from, stride, at -> new Mutation("cut at " + at, Arrays.copyOf(whole, at))),
                        each(whole, from, stride, at -> new Mutation("swapped " + at, swapped(whole, at))),
                        Stream.of(
                                new Mutation("a zero after it", Arrays.copyOf(whole, whole.length + 1)),
                                new Mutation("a zero before it", inserted(whole))))
                .flatMap(mutations -> mutations)
                .filter(mutation -> !Arrays.equals(mutation.octets(), whole));
    }

    private static Stream<Mutation> each(byte[] whole, int from, int stride, IntFunction<Mutation> change) {
        return IntStream.iterate(from, at -> at < whole.length, at -> at + stride)
                .mapToObj(change);
    }

    private static Mutation changed(String what, byte[] whole, int at, int octet) {
        var copy = whole.clone();
        copy[at] = (byte) octet;
        return new Mutation(what + " " + at, copy);
    }

    private static byte[] without(byte[] whole, int at) {
        var shorter = Arrays.copyOf(whole, whole.length - 1);
        System.arraycopy(whole, at + 1, shorter, at, whole.length - 1 - at);
        return shorter;
    }

    private static byte[] swapped(byte[] whole, int at) {
        var copy = whole.clone();
        int next = (at + 1) % whole.length;
        copy[at] = whole[next];
        copy[next] = whole[at];
        return copy;
    }

    private static byte[] inserted(byte[] whole) {
        var longer = new byte[whole.length + 1];
        System.arraycopy(whole, 0, longer, 1, whole.length);
        return longer;
    }
}
