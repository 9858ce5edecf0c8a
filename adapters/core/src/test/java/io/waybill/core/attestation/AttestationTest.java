package io.waybill.core.attestation;

import static io.waybill.core.Verdict.accept;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttestationTest {
    private static Attestation of(Bytes claims) {
        var word = Digests.sha256(Bytes.utf8("word"));
        return new Attestation(
                Attestation.Kind.ATTEST, word, word, word, Bytes32.ZERO, Digests.sha256(claims), 1, 2, claims);
    }

    @Nested
    class Encode {
        @Test
        void isElevenWordsForClaimsOfOneWord() {
            assertThat(of(Bytes.of(new byte[32])).encode().size()).isEqualTo(11 * 32);
            assertThat(of(Bytes.of(new byte[33])).encode().size()).isEqualTo(12 * 32);
            assertThat(of(Bytes.EMPTY).encode().size()).isEqualTo(10 * 32);
        }

        @Test
        void namesTheAttestationByItsOctets() {
            var attestation = of(Bytes.utf8("claims"));
            assertThat(attestation.uid()).isEqualTo(Digests.sha256(attestation.encode()));
        }
    }

    @Nested
    class Decode {
        @Test
        void readsBackClaimsOfEveryLength() {
            for (int size = 0; size < 100; size++) {
                var attestation = of(Bytes.of(new byte[size]));
                assertThat(Attestation.decode(attestation.encode())).isEqualTo(accept(attestation));
            }
        }

        @Test
        void answersAnyMutationOnlyWithWhatReEncodesToIt() {
            var octets = of(Bytes.utf8("claims")).encode();
            for (int i = 0; i < octets.size(); i++) {
                for (int bit = 0; bit < 8; bit++) {
                    var changed = octets.with(i, octets.at(i) ^ 1 << bit);
                    if (Attestation.decode(changed) instanceof Verdict.Accepted<Attestation>(var read)) {
                        assertThat(read.encode()).isEqualTo(changed);
                    }
                }
            }
        }

        @Test
        void refusesAnyOtherLength() {
            var octets = of(Bytes.utf8("claims")).encode();
            for (int size = 0; size < octets.size(); size++) {
                assertThat(Attestation.decode(octets.slice(0, size)).isAccepted())
                        .isFalse();
            }
            assertThat(Attestation.decode(Bytes.concat(octets, Bytes.of(0))).isAccepted())
                    .isFalse();
        }
    }

    @Nested
    class Totality {
        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void everyReaderAnswersForRandomOctets(long seed) {
            var random = new SplittableRandom(seed);
            for (int i = 0; i < 5_000; i++) {
                var octets = new byte[random.nextInt(0, 500)];
                if (random.nextBoolean()) random.nextBytes(octets);
                if (octets.length > 1) octets[0] = (byte) random.nextInt(0x3f, 0x52);
                if (octets.length > 1) octets[1] = 1;
                var input = Bytes.of(octets);
                Attestation.decode(input).map(read -> assertThat(read.encode()).isEqualTo(input));
                Packet.decode(input).map(read -> assertThat(read.encode()).isEqualTo(input));
                PacketStatus.decode(input).map(read -> assertThat(read.encode()).isEqualTo(input));
            }
        }
    }
}
