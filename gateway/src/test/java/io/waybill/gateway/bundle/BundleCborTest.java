package io.waybill.gateway.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.proof.ProofBundle;
import io.waybill.gateway.bundle.BundleSamples.Sample;
import java.util.ArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleCborTest {
    /// Walks an encoding by RFC 8949 alone, without the library that wrote it.
    private static final class Walk {
        private final Bytes octets;
        private int at;

        Walk(Bytes octets) {
            this.octets = octets;
        }

        static void whole(Bytes octets) {
            var walk = new Walk(octets);
            walk.item(0);
            assertThat(walk.at).isEqualTo(octets.size());
        }

        private long head(int major) {
            int first = octets.at(at++);
            assertThat(first >> 5).isEqualTo(major);
            int info = first & 31;
            if (info < 24) return info;
            assertThat(info).as("definite").isLessThan(28);
            int size = 1 << (info - 24);
            long value = octets.number(at, at + size);
            at += size;
            assertThat(value).as("shortest").isGreaterThanOrEqualTo(size == 1 ? 24 : 1L << (4 * size));
            return value;
        }

        private void item(int depth) {
            int major = octets.at(at) >> 5;
            long argument = head(major);
            switch (major) {
                case 0 -> assertThat(depth).isPositive();
                case 2, 3 -> at += (int) argument;
                case 4 -> {
                    for (long i = 0; i < argument; i++) item(depth + 1);
                }
                case 5 -> map(argument, depth);
                default -> throw new AssertionError("major type " + major);
            }
        }

        private void map(long pairs, int depth) {
            var before = Bytes.EMPTY;
            for (long i = 0; i < pairs; i++) {
                int from = at;
                item(depth + 1);
                var key = octets.slice(from, at);
                assertThat(key).as("order of keys").isGreaterThan(before);
                before = key;
                item(depth + 1);
            }
        }
    }

    private final Sample sample = BundleSamples.first();

    @ParameterizedTest
    @MethodSource("io.waybill.gateway.bundle.BundleSamples#all")
    void anEncodingIsTheDeterministicOne(Sample each) throws FormatException {
        Walk.whole(BundleCbor.write(BundleJson.read(each.file())));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                1,
                23,
                24,
                255,
                256,
                65_535,
                65_536,
                0x7fff_ffffL,
                0x8000_0000L,
                0xffff_ffffL,
                0x1_0000_0000L,
                (1L << 53) - 1
            })
    void aNumberHasItsShortestHead(long height) throws FormatException {
        var octets = BundleCbor.write(at(height));
        Walk.whole(octets);
        assertThat(BundleCbor.read(octets).height()).isEqualTo(height);
    }

    private ProofBundle at(long height) throws FormatException {
        var good = BundleJson.read(sample.file());
        return new ProofBundle(
                good.algorithms(),
                good.terms(),
                good.packet(),
                good.anchor(),
                good.updates(),
                height,
                good.eventProof(),
                good.checkpoint(),
                good.index(),
                good.path());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 255, 256, 65_535, 65_536, 200_000})
    void aByteStringIsOneRunOfOctets(int size) throws FormatException {
        var good = BundleJson.read(sample.file());
        var path = new ArrayList<Bytes32>();
        for (int i = 0; i < 30; i++) path.add(new Bytes32(Bytes.of(new byte[32]).with(i, 1)));
        var bundle = new ProofBundle(
                good.algorithms(),
                good.terms(),
                Bytes.of(new byte[size]),
                good.anchor(),
                good.updates(),
                good.height(),
                good.eventProof(),
                good.checkpoint(),
                good.index(),
                path);
        var octets = BundleCbor.write(bundle);
        Walk.whole(octets);
        assertThat(BundleCbor.read(octets)).isEqualTo(bundle);
    }

    @Nested
    class Refuses {
        private static final String OTHER =
                "/: expected the deterministic encoding of RFC 8949, 4.2.1, found another encoding of the same values";
        private final Bytes good = octets();

        private Bytes octets() {
            try {
                return BundleCbor.write(BundleJson.read(sample.file()));
            } catch (FormatException e) {
                throw new AssertionError(e);
            }
        }

        private static void refused(Bytes octets, String message) {
            assertThatThrownBy(() -> BundleFile.read(octets))
                    .isInstanceOf(FormatException.class)
                    .hasMessageStartingWith(message);
        }

        /// The encoding with what follows a key replaced.
        private Bytes after(String key, int size, Bytes value) {
            var name = Bytes.concat(Bytes.of(0x60 + key.length()), Bytes.utf8(key));
            int at = (good.toHex().indexOf(name.toHex().substring(2)) - 2) / 2 + name.size();
            return Bytes.concat(good.slice(0, at), value, good.slice(at + size, good.size()));
        }

        @Test
        void anIndefiniteLength() {
            refused(Bytes.concat(Bytes.of(0xbf), good.slice(1, good.size()), Bytes.of(0xff)), OTHER);
        }

        @Test
        void aLongerHeadThanNeeded() {
            refused(after("index", 1, Bytes.of(0x18, 4)), OTHER);
        }

        @Test
        void aTag() {
            refused(Bytes.concat(Bytes.of(0xd9, 0xd9, 0xf7), good), OTHER);
        }

        @Test
        void keysInAnotherOrder() {
            var lane = Bytes.concat(Bytes.of(0x64), Bytes.utf8("lane"));
            assertThat(good.slice(1, 6)).isEqualTo(lane);
            int event = good.toHex().indexOf(Bytes.utf8("event").toHex().substring(2)) / 2 - 2;
            var swapped = Bytes.concat(good.slice(0, 1), good.slice(event, good.size()), good.slice(1, event));
            refused(swapped, OTHER);
        }

        @Test
        void aKeyGivenTwice() {
            var twice = Bytes.concat(
                    Bytes.of(0xaa),
                    good.slice(1, good.size()),
                    Bytes.concat(Bytes.of(0x66), Bytes.utf8("format"), Bytes.of(0x60)));
            refused(twice, "/: expected CBOR, found Duplicate");
        }

        @Test
        void octetsBehindTheBundle() {
            refused(Bytes.concat(good, Bytes.of(0)), "/: expected CBOR, found");
        }

        @Test
        void everyBundleCutShort() {
            for (int size = 1; size < good.size(); size += 7) refused(good.slice(0, size), "/");
        }

        @Test
        void octetsWrittenAsText() {
            refused(after("index", 1, Bytes.of(0x61, '4')), "/inclusion/index: expected a whole number, found \"4\"");
            refused(
                    after("root", 34, Bytes.concat(Bytes.of(0x62), Bytes.utf8("0x"))),
                    "/checkpoint/root: expected a byte string of 32 octets, found \"0x\"");
        }

        @Test
        void aNegativeNumberOrAFloat() {
            refused(after("index", 1, Bytes.of(0x20)), "/inclusion/index: expected 0 to 9007199254740991, found -1");
            refused(
                    after("index", 1, Bytes.of(0xf9, 0x44, 0x00)),
                    "/inclusion/index: expected a whole number, found 4.0");
        }

        @Test
        void nestingThatNeverEnds() {
            refused(Bytes.of(new byte[100_000]).with(0, 0x81), "/");
            var deep = new byte[100_000];
            java.util.Arrays.fill(deep, (byte) 0x81);
            refused(Bytes.of(deep), "/: expected CBOR, found");
        }

        @Test
        void oneOctetChangedInAnyPlaceOfItsHeads() {
            for (int i = 0; i < good.size(); i += 3) {
                var changed = good.with(i, good.at(i) ^ 0x40);
                try {
                    assertThat(BundleCbor.write(BundleFile.read(changed).bundle()))
                            .isEqualTo(changed);
                } catch (FormatException e) {
                    assertThat(e).hasMessageStartingWith("/");
                }
            }
        }
    }
}
