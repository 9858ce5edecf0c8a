package io.waybill.core.proof;

import static io.waybill.core.Verdict.accept;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RlpTest {
    private static String outcome(Bytes octets) {
        return Rlp.decode(octets) instanceof Verdict.Rejected<Rlp>(var reason) ? reason.code() : "accepted";
    }

    @Nested
    class Encode {
        @ParameterizedTest
        @CsvSource({
            "0, 80",
            "1, 01",
            "127, 7f",
            "128, 8180",
            "256, 820100",
            "9007199254740991, 871fffffffffffff",
            "-1, 88ffffffffffffffff"
        })
        void writesNumbersInTheirShortestForm(long number, String hex) {
            assertThat(Rlp.of(number).encode()).isEqualTo(Bytes.hex(hex));
        }

        @Test
        void writesTheExamplesOfTheSpecification() {
            var cat = Rlp.of(Bytes.utf8("cat"));
            var dog = Rlp.of(Bytes.utf8("dog"));
            assertThat(Rlp.list(cat, dog).encode()).isEqualTo(Bytes.hex("c88363617483646f67"));
            assertThat(Rlp.list(Rlp.list(), Rlp.list(Rlp.list()), Rlp.list(Rlp.list(), Rlp.list(Rlp.list())))
                            .encode())
                    .isEqualTo(Bytes.hex("c7c0c1c0c3c0c1c0"));
            assertThat(Rlp.of(Bytes.of(new byte[56])).encode().slice(0, 2)).isEqualTo(Bytes.hex("b838"));
            assertThat(Rlp.of(Bytes.of(new byte[55])).encode().slice(0, 1)).isEqualTo(Bytes.hex("b7"));
        }
    }

    @Nested
    class Decode {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "8101",
                    "817f",
                    "83636174ff",
                    "836361",
                    "b80161",
                    "b837" + "00",
                    "b90038",
                    "b9",
                    "bf7fffffffffffffff",
                    "bfffffffffffffffff",
                    "bb7fffffff",
                    "c1",
                    "c28100",
                    "c101ff",
                    "f801c0",
                    "f90000",
                    "ffffffffffffffffff",
                    "c2c1"
                })
        void refusesWhatIsNotCanonical(String hex) {
            assertThat(outcome(Bytes.hex(hex))).isEqualTo("MalformedRlp");
        }

        @Test
        void takesEightLevelsOfListsAndNotNine() {
            var item = Rlp.list();
            for (int level = 1; level < Rlp.DEPTH_LIMIT; level++) item = Rlp.list(item);
            assertThat(Rlp.decode(item.encode())).isEqualTo(accept(item));
            assertThat(outcome(Rlp.list(item).encode())).isEqualTo("MalformedRlp");
        }

        @Test
        void takesAMebioctetAndNotAnOctetMore() {
            assertThat(outcome(Rlp.of(Bytes.of(new byte[Rlp.SIZE_LIMIT - 4])).encode()))
                    .isEqualTo("accepted");
            assertThat(outcome(Rlp.of(Bytes.of(new byte[Rlp.SIZE_LIMIT - 3])).encode()))
                    .isEqualTo("MalformedRlp");
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4})
        void answersRandomOctetsOnlyWithWhatReEncodesToThem(long seed) {
            var random = new SplittableRandom(seed);
            for (int i = 0; i < 20_000; i++) {
                var octets = new byte[random.nextInt(0, 24)];
                random.nextBytes(octets);
                if (octets.length > 0 && random.nextBoolean()) octets[0] = (byte) (0xc0 + octets.length - 1);
                var input = Bytes.of(octets);
                if (Rlp.decode(input) instanceof Verdict.Accepted<Rlp>(var item)) {
                    assertThat(item.encode()).isEqualTo(input);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4})
        void readsBackWhateverWasWritten(long seed) {
            var random = new SplittableRandom(seed);
            for (int i = 0; i < 500; i++) {
                var item = item(random, 0);
                assertThat(Rlp.decode(item.encode())).isEqualTo(accept(item));
            }
        }

        private Rlp item(SplittableRandom random, int depth) {
            if (depth == 5 || random.nextBoolean()) {
                var octets = new byte[random.nextInt(0, 90)];
                random.nextBytes(octets);
                return Rlp.of(Bytes.of(octets));
            }
            List<Rlp> items = new ArrayList<>();
            for (int i = random.nextInt(0, 5); i > 0; i--) items.add(item(random, depth + 1));
            return Rlp.list(items);
        }
    }
}
