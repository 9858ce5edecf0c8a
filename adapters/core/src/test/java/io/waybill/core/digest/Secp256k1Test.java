package io.waybill.core.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.math.BigInteger;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class Secp256k1Test {
    private static final BigInteger N =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    private static final Bytes32 DIGEST =
            Bytes32.hex("ce0677bb30baa8cf067c88db9811f4333d131bf8bcf12fe7065d211dce971008");
    private static final Bytes SIGNATURE = Bytes.hex("90f27b8b488db00b00606796d2987f6a5f59ae62ea05effe84fef5b8b0e54998"
            + "4a691139ad57a3f0b906637673aa2f63d1f55cb1a69199d4009eea23ceaddc9301");
    private static final Bytes KEY = Bytes.hex("e32df42865e97135acfb65f3bae71bdc86f4d49150ad6a440b6f15878109880a"
            + "0a2b2667f7e725ceea70c673093bf67663e0312623c8e091b13cf2c0f11ef652");

    static Stream<Secp256k1Library> libraries() {
        return Stream.concat(Secp256k1.NATIVE.stream(), Stream.of(Secp256k1.JAVA));
    }

    @Test
    void hasNativeCodeOnTheMachinesThatBuildIt() {
        assertThat(Secp256k1.NATIVE).isPresent();
    }

    @Nested
    class Recover {
        @Test
        void findsTheKeyThatSigned() {
            assertThat(Secp256k1.recover(DIGEST, SIGNATURE)).contains(KEY);
        }

        @Test
        void findsTheSameKeyUnderTheHighTwinOfASignature() {
            assertThat(Secp256k1.recover(DIGEST, twin(SIGNATURE))).contains(KEY);
        }

        @ParameterizedTest
        @CsvSource({"0", "1"})
        void readsBothValuesOfV(int v) {
            assertThat(Secp256k1.recover(DIGEST, SIGNATURE.with(64, v))).isPresent();
        }

        @ParameterizedTest
        @CsvSource({"2", "3", "4", "26", "27", "28", "29", "31", "37", "128", "255"})
        void refusesEveryOtherV(int v) {
            assertThat(Secp256k1.recover(DIGEST, SIGNATURE.with(64, v))).isEmpty();
        }

        @Test
        void refusesASignatureOfAnotherLength() {
            assertThat(Secp256k1.recover(DIGEST, SIGNATURE.slice(0, 64))).isEmpty();
            assertThat(Secp256k1.recover(DIGEST, Bytes.concat(SIGNATURE, Bytes.of(0))))
                    .isEmpty();
            assertThat(Secp256k1.recover(DIGEST, Bytes.EMPTY)).isEmpty();
        }

        @ParameterizedTest
        @MethodSource("io.waybill.core.digest.Secp256k1Test#libraries")
        void refusesWhatIsNoScalarOrNoPoint(Secp256k1Library library) {
            var r = SIGNATURE.slice(0, 32);
            var s = SIGNATURE.slice(32, 64);
            for (var out : new BigInteger[] {
                BigInteger.ZERO,
                N,
                N.add(BigInteger.ONE),
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE)
            }) {
                for (int v = 0; v < 2; v++) {
                    assertThat(library.recover(DIGEST, Bytes.concat(Octets.word(out), s), v))
                            .isEmpty();
                    assertThat(library.recover(DIGEST, Bytes.concat(r, Octets.word(out)), v))
                            .isEmpty();
                }
            }
            assertThat(library.recover(DIGEST, Bytes.concat(Octets.word(BigInteger.valueOf(5)), s), 0))
                    .isEmpty();
        }

        @ParameterizedTest
        @MethodSource("io.waybill.core.digest.Secp256k1Test#libraries")
        void refusesAKeyAtInfinity(Secp256k1Library library) {
            var abscissaOfG = Secp256k1.publicKey(word(1)).slice(0, 32);
            assertThat(library.recover(DIGEST, Bytes.concat(abscissaOfG, DIGEST.value()), 0))
                    .isEmpty();
        }
    }

    @Nested
    class Sign {
        @ParameterizedTest
        @MethodSource("io.waybill.core.digest.Secp256k1Test#libraries")
        void followsRfc6979(Secp256k1Library library) {
            var secret = Bytes32.hex("f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181");
            assertThat(library.sign(secret, Digests.sha256(Bytes.utf8("Alan Turing"))))
                    .isEqualTo(Bytes.hex("7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c"
                            + "58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea"));
        }

        @ParameterizedTest
        @CsvSource({
            "0000000000000000000000000000000000000000000000000000000000000000",
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140",
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364142",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        })
        void signsAlikeAtTheEdgesOfADigest(String digest) {
            var signatures = libraries()
                    .map(library -> Secp256k1.sign(library, word(7), Bytes32.hex(digest)))
                    .distinct()
                    .toList();
            assertThat(signatures).hasSize(1);
            assertThat(Secp256k1.recover(Bytes32.hex(digest), signatures.getFirst()))
                    .contains(Secp256k1.publicKey(word(7)));
        }

        @Test
        void refusesASecretThatIsNoScalar() {
            for (var secret : new Bytes32[] {Bytes32.ZERO, new Bytes32(Octets.word(N))}) {
                assertThatThrownBy(() -> Secp256k1.sign(secret, DIGEST)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> Secp256k1.publicKey(secret)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Nested
    class Agreement {
        @Test
        void ofNativeAndJavaOnAThousandSignaturesOfSeed1() {
            var random = new Random(1);
            for (int i = 0; i < 1000; i++) {
                var secret = scalar(random);
                var digest = random32(random);
                var signature = agreed(library -> Secp256k1.sign(library, secret, digest));
                var key = agreed(library -> Secp256k1.recover(library, digest, signature));
                assertThat(key).contains(agreed(library -> library.publicKey(secret)));
            }
        }

        @Test
        void ofNativeAndJavaOnAThousandRunsOfOctetsOfSeed2() {
            var random = new Random(2);
            int recovered = 0;
            for (int i = 0; i < 1000; i++) {
                var digest = random32(random);
                var signature =
                        Bytes.concat(random32(random).value(), random32(random).value(), Bytes.of(i % 3));
                if (agreed(library -> Secp256k1.recover(library, digest, signature))
                        .isPresent()) recovered++;
            }
            assertThat(recovered).isBetween(250, 420);
        }

        private static <T> T agreed(Function<Secp256k1Library, T> question) {
            var answers = libraries().map(question).distinct().toList();
            assertThat(answers).hasSize(1);
            return answers.getFirst();
        }
    }

    @Test
    void anAddressIsTheEndOfTheHashOfAKey() {
        assertThat(Secp256k1.address(KEY).value())
                .isEqualTo(Digests.keccak256(KEY).value().slice(12, 32));
        assertThat(KeyPair.of(word(1)).address().value())
                .isEqualTo(Bytes.hex("7e5f4552091a69125d5dfcb7b8c2659029395bdf"));
    }

    private static Bytes twin(Bytes signature) {
        var s = N.subtract(Octets.unsigned(signature.slice(32, 64)));
        return Bytes.concat(signature.slice(0, 32), Octets.word(s), Bytes.of(1 - signature.at(64)));
    }

    private static Bytes32 word(long value) {
        return new Bytes32(Octets.word(BigInteger.valueOf(value)));
    }

    private static Bytes32 random32(Random random) {
        var octets = new byte[32];
        random.nextBytes(octets);
        return Bytes32.of(octets);
    }

    private static Bytes32 scalar(Random random) {
        var reduced = Octets.unsigned(random32(random).value()).mod(N.subtract(BigInteger.ONE));
        return new Bytes32(Octets.word(reduced.add(BigInteger.ONE)));
    }
}
