package io.waybill.core.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.SelfTest.Disagreement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SelfTestTest {
    @Test
    void trustsTheLibrariesOfThisBuild() {
        assertThat(SelfTest.run()).isEmpty();
        assertThat(SelfTest.libraries()).isEqualTo("secp256k1=native bls=native sm2=java");
    }

    @Test
    void refusesAWordItDoesNotKnow() {
        assertThat(SelfTest.chosen("jave"))
                .containsExactly(new Disagreement("property", "waybill.crypto", "java or native", "jave"));
        assertThat(SelfTest.chosen("java")).isEmpty();
        assertThat(SelfTest.chosen("native")).isEmpty();
        assertThat(SelfTest.chosen(null)).isEmpty();
    }

    /// NT-78: native code that somebody swapped.
    @Nested
    class Swapped {
        @Test
        void findsALibraryThatLiesOnceWheneverItLies() {
            int questions = questions();
            assertThat(questions).isGreaterThan(15);
            for (int lie = 0; lie < questions; lie++) {
                assertThat(Secp256k1Answers.of("swapped", new Liar(lie)))
                        .as("a lie in answer %d", lie)
                        .hasSize(1);
            }
        }

        @Test
        void saysWhatWasAskedAndAnswered() {
            var expected = new Liar(-1)
                    .answers
                    .recover(DIGEST, SIGNATURE, 1)
                    .orElseThrow()
                    .toHex();
            assertThat(Secp256k1Answers.of("secp256k1 native", new Liar(0)))
                    .containsExactly(new Disagreement(
                            "secp256k1 native",
                            "recovery from a signature",
                            expected,
                            Bytes.hex(expected).with(63, 0).toHex()));
        }

        @Test
        void findsALibraryThatThrows() {
            assertThat(Secp256k1Answers.of("secp256k1 native", new Broken()))
                    .extracting(Disagreement::answered)
                    .containsOnly("java.lang.UnsatisfiedLinkError: swapped")
                    .hasSize(questions());
        }

        @Test
        void findsALibraryOfBlsThatSaysYesToAll() {
            assertThat(BlsAnswers.of("bls native", new Yes(true)))
                    .extracting(Disagreement::question)
                    .contains("another's signature", "a signature by no keys", "a key of the identity")
                    .hasSize(12);
        }

        @Test
        void findsALibraryOfBlsThatSaysNoToAll() {
            assertThat(BlsAnswers.of("bls native", new Yes(false)))
                    .contains(new Disagreement("bls native", "a signature by two keys", "true", "false"))
                    .contains(new Disagreement("bls native", "a signature by one of two keys", "true", "false"));
        }

        @Test
        void findsAVerifierOfSm2ThatSaysTheSameToAll() {
            assertThat(Sm2Answers.of("sm2 java", (_, _, _) -> true)).hasSize(8);
            assertThat(Sm2Answers.of("sm2 java", (_, _, _) -> false))
                    .containsExactly(new Disagreement("sm2 java", "the signature of the standard", "true", "false"));
        }

        private static int questions() {
            var honest = new Liar(-1);
            assertThat(Secp256k1Answers.of("honest", honest)).isEmpty();
            return honest.asked;
        }
    }

    private static final Bytes32 DIGEST =
            Bytes32.hex("ce0677bb30baa8cf067c88db9811f4333d131bf8bcf12fe7065d211dce971008");
    private static final Bytes SIGNATURE = Bytes.hex("90f27b8b488db00b00606796d2987f6a5f59ae62ea05effe84fef5b8b0e54998"
            + "4a691139ad57a3f0b906637673aa2f63d1f55cb1a69199d4009eea23ceaddc93");

    /// Answers truly but once.
    private static final class Liar implements Secp256k1Library {
        private final Secp256k1Library answers = Secp256k1.JAVA;
        private final int lie;
        private int asked;

        Liar(int lie) {
            this.lie = lie;
        }

        @Override
        public Optional<Bytes> recover(Bytes32 digest, Bytes signature, int v) {
            var key = answers.recover(digest, signature, v);
            return lies() ? Optional.of(key.orElse(Bytes.of(new byte[64])).with(63, 0)) : key;
        }

        @Override
        public Bytes sign(Bytes32 secret, Bytes32 digest) {
            var signature = answers.sign(secret, digest);
            return lies() ? signature.with(63, 0) : signature;
        }

        @Override
        public Bytes publicKey(Bytes32 secret) {
            var key = answers.publicKey(secret);
            return lies() ? key.with(63, 0) : key;
        }

        private boolean lies() {
            return asked++ == lie;
        }
    }

    /// Answers every question about a signature alike.
    private record Yes(boolean answer) implements BlsLibrary {
        private record Anything() implements Point {}

        @Override
        public Optional<Point> key(Bytes compressed) {
            return Optional.of(new Anything());
        }

        @Override
        public Point sum(List<Point> points) {
            return new Anything();
        }

        @Override
        public Point difference(Point from, Point taken) {
            return new Anything();
        }

        @Override
        public boolean verify(Point key, String tag, Bytes message, Bytes signature) {
            return answer;
        }
    }

    private static final class Broken implements Secp256k1Library {
        @Override
        public Optional<Bytes> recover(Bytes32 digest, Bytes signature, int v) {
            throw new UnsatisfiedLinkError("swapped");
        }

        @Override
        public Bytes sign(Bytes32 secret, Bytes32 digest) {
            throw new UnsatisfiedLinkError("swapped");
        }

        @Override
        public Bytes publicKey(Bytes32 secret) {
            throw new UnsatisfiedLinkError("swapped");
        }
    }
}
