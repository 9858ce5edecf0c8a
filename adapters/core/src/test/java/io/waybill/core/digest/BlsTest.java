package io.waybill.core.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.digest.Bls.Scheme;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bouncycastle.crypto.bls.BLS12_381G2HashToCurve;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import supranational.blst.P1;
import supranational.blst.P2;
import supranational.blst.SecretKey;

class BlsTest {
    private static final Bytes MESSAGE = Digests.sha256(Bytes.utf8("message")).value();

    static Stream<BlsLibrary> libraries() {
        return Stream.concat(Bls.NATIVE.stream(), Stream.of(Bls.JAVA));
    }

    @Test
    void hasNativeCodeOnTheMachinesThatBuildIt() {
        assertThat(Bls.NATIVE).isPresent();
    }

    @Nested
    class Verify {
        private final List<SecretKey> secrets = secrets(3);
        private final List<Bls.Key> keys = keys(secrets);
        private final Bytes signature = aggregate(Scheme.ETHEREUM, secrets, MESSAGE);

        @ParameterizedTest
        @EnumSource
        void acceptsWhatAllSignersSigned(Scheme scheme) {
            var octets = aggregate(scheme, secrets, MESSAGE);
            assertThat(Bls.verify(scheme, keys, MESSAGE, octets)).isTrue();
            assertThat(Bls.verify(scheme, keys, MESSAGE, uncompressed(octets))).isTrue();
        }

        @Test
        void refusesAnotherMessageSchemeOrSigner() {
            assertThat(Bls.verify(Scheme.ETHEREUM, keys, MESSAGE.with(0, 0), signature))
                    .isFalse();
            assertThat(Bls.verify(Scheme.ETHEREUM, keys, Bytes.EMPTY, signature))
                    .isFalse();
            assertThat(Bls.verify(Scheme.CONFLUX, keys, MESSAGE, signature)).isFalse();
            assertThat(Bls.verify(Scheme.ETHEREUM, keys.subList(0, 2), MESSAGE, signature))
                    .isFalse();
        }

        @Test
        void refusesASignatureOfNoSigners() {
            assertThat(Bls.verify(Scheme.ETHEREUM, List.of(), MESSAGE, signature))
                    .isFalse();
            assertThat(Bls.verify(Scheme.ETHEREUM, List.of(), MESSAGE, infinity(96)))
                    .isFalse();
        }

        /// Ethereum's committees hold some keys twice: each place signs for itself.
        @Test
        void countsAKeyAsOftenAsItIsGiven() {
            var twice = List.of(secrets.get(0), secrets.get(0), secrets.get(1));
            var octets = aggregate(Scheme.ETHEREUM, twice, MESSAGE);
            assertThat(Bls.verify(Scheme.ETHEREUM, keys(twice), MESSAGE, octets))
                    .isTrue();
            assertThat(Bls.verify(Scheme.ETHEREUM, keys.subList(0, 2), MESSAGE, octets))
                    .isFalse();
        }

        @Test
        void refusesASignatureAtInfinity() {
            assertThat(Bls.verify(Scheme.ETHEREUM, keys, MESSAGE, infinity(96))).isFalse();
            assertThat(Bls.verify(Scheme.ETHEREUM, keys, MESSAGE, Bytes.concat(Bytes.of(0x40), zeroes(191))))
                    .isFalse();
        }

        /// Keys that cancel out have signed nothing, though the identity would verify under their sum.
        @Test
        void refusesKeysThatCancelOut() {
            var negative = new SecretKey();
            negative.from_bendian(
                    Octets.word(ORDER.subtract(BigInteger.valueOf(7))).toArray());
            var positive = new SecretKey();
            positive.from_bendian(Octets.word(BigInteger.valueOf(7)).toArray());
            var cancelling = keys(List.of(positive, negative));
            assertThat(Bls.verify(Scheme.ETHEREUM, cancelling, MESSAGE, infinity(96)))
                    .isFalse();
            assertThat(Bls.verify(Scheme.ETHEREUM, cancelling, MESSAGE, signature))
                    .isFalse();
        }

        @Test
        void refusesASignatureOfAnotherLengthOrForm() {
            for (int size : new int[] {0, 1, 48, 95, 97, 191, 193}) {
                var resized = Bytes.concat(signature, zeroes(100)).slice(0, size);
                assertThat(Bls.verify(Scheme.ETHEREUM, keys, MESSAGE, resized)).isFalse();
            }
            assertThat(Bls.verify(Scheme.ETHEREUM, keys, MESSAGE, Bytes.concat(signature, zeroes(96))))
                    .isFalse();
            assertThat(Bls.verify(Scheme.ETHEREUM, keys, MESSAGE, signature.with(0, signature.at(0) & 0x7f)))
                    .isFalse();
        }

        @Test
        void sumsLessSomeAreTheSumsOfTheOthers() {
            var whole = Bls.Sum.of(keys);
            var octets = aggregate(Scheme.ETHEREUM, secrets.subList(0, 2), MESSAGE);
            var others = whole.without(keys.subList(2, 3));
            assertThat(Bls.verify(Scheme.ETHEREUM, others, MESSAGE, octets)).isTrue();
            assertThat(Bls.verify(Scheme.ETHEREUM, whole, MESSAGE, octets)).isFalse();
            assertThat(Bls.verify(Scheme.ETHEREUM, whole.without(keys), MESSAGE, octets))
                    .isFalse();
        }
    }

    @Nested
    class Key {
        @Test
        void readsAKeyAndKeepsItsOctets() {
            var octets = Bytes.hex(BlsAnswers.KEY_1);
            assertThat(Bls.key(octets).map(Bls.Key::compressed)).contains(octets);
        }

        @ParameterizedTest
        @MethodSource("io.waybill.core.digest.BlsTest#libraries")
        void refusesInfinityAndPointsOffTheCurveOrOutsideTheSubgroup(BlsLibrary library) {
            assertThat(Bls.point(library, infinity(48))).isEmpty();
            assertThat(Bls.point(library, infinity(48).with(0, 0xe0))).isEmpty();
            assertThat(Bls.point(library, infinity(48).with(47, 1))).isEmpty();
            for (int x = 0; x < 32; x++) {
                // None of these abscissas is of a point of the subgroup, and half of them are of no point.
                assertThat(Bls.point(library, infinity(48).with(0, 0x80).with(47, x)))
                        .isEmpty();
            }
        }

        @Test
        void refusesOctetsOfAnotherLengthOrForm() {
            var octets = Bytes.hex(BlsAnswers.KEY_1);
            assertThat(Bls.key(Bytes.EMPTY)).isEmpty();
            assertThat(Bls.key(octets.slice(0, 47))).isEmpty();
            assertThat(Bls.key(Bytes.concat(octets, Bytes.of(0)))).isEmpty();
            assertThat(Bls.key(octets.with(0, octets.at(0) & 0x7f))).isEmpty();
            assertThat(Bls.key(Bytes.of(new P1(secrets(1).getFirst()).serialize())))
                    .isEmpty();
        }
    }

    /// Hashing to the curve, RFC 9380, J.10.1, by both libraries.
    @ParameterizedTest
    @CsvSource({
        "'',"
                + "05cb8437535e20ecffaef7752baddf98034139c38452458baeefab379ba13dff5bf5dd71b72418717047f5b0f37da03d"
                + "0141ebfbdca40eb85b87142e130ab689c673cf60f1a3e98d69335266f30d9b8d4ac44c1038e9dcdd5393faf5c41fb78a"
                + "12424ac32561493f3fe3c260708a12b7c620e7be00099a974e259ddc7d1f6395c3c811cdd19f1e8dbf3e9ecfdcbab8d6"
                + "0503921d7f6a12805e72940b963c0cf3471c7b2a524950ca195d11062ee75ec076daf2d4bc358c4b190c0c98064fdd92",
        "abc,"
                + "139cddbccdc5e91b9623efd38c49f81a6f83f175e80b06fc374de9eb4b41dfe4ca3a230ed250fbe3a2acf73a41177fd8"
                + "02c2d18e033b960562aae3cab37a27ce00d80ccd5ba4b7fe0e7a210245129dbec7780ccc7954725f4168aff2787776e6"
                + "00aa65dae3c8d732d10ecd2c50f8a1baf3001578f71c694e03866e9f3d49ac1e1ce70dd94a733534f106d4cec0eddd16"
                + "1787327b68159716a37440985269cf584bcb1e621d3a7202be6ea05c4cfe244aeb197642555a0645fb87bf7466b2ba48"
    })
    void hashesToTheCurveAsTheStandardSays(String message, String point) {
        var tag = "QUUX-V01-CS02-with-BLS12381G2_XMD:SHA-256_SSWU_RO_";
        var octets = message.getBytes(StandardCharsets.US_ASCII);
        var fast = new P2().hash_to(octets, tag, new byte[0]);
        assertThat(Bytes.of(fast.serialize())).isEqualTo(Bytes.hex(point));
        var slow = new BLS12_381G2HashToCurve(tag.getBytes(StandardCharsets.US_ASCII)).hashToCurve(octets);
        assertThat(List.of(slow.x().c1(), slow.x().c0(), slow.y().c1(), slow.y().c0()))
                .isEqualTo(Stream.of(0, 96, 192, 288)
                        .map(at -> new BigInteger(point.substring(at, at + 96), 16))
                        .toList());
    }

    @Nested
    class Agreement {
        @Test
        void ofNativeAndJavaOnSignaturesOfSeed1() {
            var random = new Random(1);
            for (int i = 0; i < 8; i++) {
                var secrets = secrets(1 + random.nextInt(5));
                var scheme = i % 2 == 0 ? Scheme.ETHEREUM : Scheme.CONFLUX;
                var message = octets(random, random.nextInt(100));
                var signature = aggregate(scheme, secrets, message);
                var compressed = secrets.stream().map(BlsTest::compressed).toList();
                assertThat(verified(scheme, compressed, message, signature)).containsExactly(true, true);
                assertThat(verified(scheme, compressed, message, uncompressed(signature)))
                        .containsExactly(true, true);
                assertThat(verified(scheme, compressed, octets(random, 32), signature))
                        .containsExactly(false, false);
            }
        }

        /// What is no point for one library must be none for the other. Only the bit that says which of two ordinates
        /// is meant makes another key of one.
        @Test
        void ofNativeAndJavaOnAThousandKeysOfSeed2() {
            var random = new Random(2);
            var good = compressed(secrets(1).getFirst());
            for (int i = 0; i < 1000; i++) {
                var octets = i % 2 == 0 ? octets(random, 48) : mutated(random, good);
                assertThat(agreed(library -> Bls.point(library, octets).isPresent()))
                        .isEqualTo(octets.equals(good.with(0, good.at(0) ^ 0x20)));
            }
        }

        @Test
        void ofNativeAndJavaOnMutatedSignaturesOfSeed3() {
            var random = new Random(3);
            var secret = secrets(1);
            var key = List.of(compressed(secret.getFirst()));
            var signature = aggregate(Scheme.CONFLUX, secret, MESSAGE);
            for (int i = 0; i < 200; i++) {
                var octets = mutated(random, i % 2 == 0 ? signature : uncompressed(signature));
                assertThat(verified(Scheme.CONFLUX, key, MESSAGE, octets)).containsExactly(false, false);
            }
        }

        private static boolean agreed(Function<BlsLibrary, Boolean> question) {
            var answers = libraries().map(question).distinct().toList();
            assertThat(answers).hasSize(1);
            return answers.getFirst();
        }

        private static List<Boolean> verified(Scheme scheme, List<Bytes> keys, Bytes message, Bytes signature) {
            return libraries()
                    .map(library -> Bls.verify(
                            library,
                            scheme,
                            library.sum(keys.stream()
                                    .map(library::key)
                                    .map(Optional::orElseThrow)
                                    .toList()),
                            message,
                            signature))
                    .toList();
        }
    }

    private static final BigInteger ORDER =
            new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);

    private static List<SecretKey> secrets(int count) {
        var secrets = new ArrayList<SecretKey>();
        for (int i = 0; i < count; i++) {
            var secret = new SecretKey();
            secret.keygen(Digests.sha256(Bytes.utf8("secret " + i)).value().toArray());
            secrets.add(secret);
        }
        return secrets;
    }

    private static Bytes compressed(SecretKey secret) {
        return Bytes.of(new P1(secret).compress());
    }

    private static List<Bls.Key> keys(List<SecretKey> secrets) {
        return secrets.stream()
                .map(BlsTest::compressed)
                .map(Bls::key)
                .map(Optional::orElseThrow)
                .toList();
    }

    private static Bytes aggregate(Scheme scheme, List<SecretKey> secrets, Bytes message) {
        var sum = new P2();
        for (var secret : secrets) {
            sum.add(new P2()
                    .hash_to(message.toArray(), scheme.tag(), new byte[0])
                    .sign_with(secret));
        }
        return Bytes.of(sum.compress());
    }

    private static Bytes uncompressed(Bytes signature) {
        return Bytes.of(new P2(signature.toArray()).serialize());
    }

    private static Bytes infinity(int size) {
        return Bytes.concat(Bytes.of(0xc0), zeroes(size - 1));
    }

    private static Bytes zeroes(int size) {
        return Bytes.concat(Collections.nCopies(size, Bytes.of(0)));
    }

    private static Bytes octets(Random random, int size) {
        var octets = new byte[size];
        random.nextBytes(octets);
        return Bytes.of(octets);
    }

    private static Bytes mutated(Random random, Bytes octets) {
        int at = random.nextInt(octets.size());
        return octets.with(at, octets.at(at) ^ 1 << random.nextInt(8));
    }
}
