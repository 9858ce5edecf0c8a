package io.waybill.core.proof.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.EncodingRejection.MalformedTransaction;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.FiscoVectors;
import io.waybill.core.digest.KeyPair;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiscoTransactionTest {
    private static final FiscoSuite SUITE = FiscoSuite.STANDARD;
    private static final KeyPair KEY = KeyPair.named("sender");

    private static SignedFiscoTransaction signed(Bytes input) {
        return FiscoTransaction.call(
                        "chain0", "group0", 501, "140438", "0x6849f21d1e455e9f0712b1e99fa4fcd23758e8f1", input)
                .sign(KEY);
    }

    @Nested
    class Encoding {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 127, 128, 255, 256, 32767, 32768, 65536})
        void isReadBackWithInputOfAnySize(int size) {
            var signed = signed(Bytes.of(new byte[size]));
            assertThat(SignedFiscoTransaction.decode(SUITE, signed.encode(SUITE)))
                    .isEqualTo(accept(signed));
            assertThat(signed.sender(SUITE)).contains(KEY.address());
        }

        @Test
        void isReadBackForEveryCapturedTransaction() {
            for (var network : new String[] {"std", "sm"}) {
                var suite = FiscoVectors.suite(network);
                for (var block : FiscoVectors.chain(network)) {
                    for (var sent : block.txs()) {
                        var octets = sent.transaction().encode(suite);
                        assertThat(SignedFiscoTransaction.decode(suite, octets)).isEqualTo(accept(sent.transaction()));
                    }
                }
            }
        }

        /// Taken apart by hand after the TARS protocol: struct 1 with strings 2, 3, 5 and 6, a two-octet integer 4
        /// and octets 7; then hash 2 and signature 3.
        @Test
        void isTheOneThatNodesTake() {
            var signed = signed(Bytes.hex("a9cc4718"));
            var expected = Bytes.concat(
                    Bytes.hex("1a"),
                    Bytes.hex("2606"),
                    Bytes.utf8("chain0"),
                    Bytes.hex("3606"),
                    Bytes.utf8("group0"),
                    Bytes.hex("4101f5"),
                    Bytes.hex("5606"),
                    Bytes.utf8("140438"),
                    Bytes.hex("662a"),
                    Bytes.utf8("0x6849f21d1e455e9f0712b1e99fa4fcd23758e8f1"),
                    Bytes.hex("7d000004a9cc4718"),
                    Bytes.hex("0b"),
                    Bytes.hex("2d000020"),
                    signed.hash(SUITE).value(),
                    Bytes.hex("3d000041"),
                    signed.signature());
            assertThat(signed.encode(SUITE)).isEqualTo(expected);
        }

        @Test
        void leavesOutWhatIsEmpty() {
            var creation = FiscoTransaction.creation("chain0", "group0", 501, "1", Bytes.of(0))
                    .sign(KEY);
            assertThat(SignedFiscoTransaction.decode(SUITE, creation.encode(SUITE)))
                    .isEqualTo(accept(creation));
        }

        @Test
        void holdsBlockLimitsOfEverySize() {
            for (long limit : new long[] {1, 127, 128, 32768, 1L << 31, Long.MAX_VALUE}) {
                var signed = FiscoTransaction.call("chain0", "group0", limit, "1", "", Bytes.EMPTY)
                        .sign(KEY);
                assertThat(SignedFiscoTransaction.decode(SUITE, signed.encode(SUITE)))
                        .isEqualTo(accept(signed));
            }
        }
    }

    @Nested
    class Refusals {
        private final Bytes octets = signed(Bytes.hex("a9cc4718")).encode(SUITE);

        @Test
        void nameAHashThatIsNotTheTransactions() {
            assertThat(SignedFiscoTransaction.decode(SUITE, octets.with(8, 'x')))
                    .isEqualTo(reject(new MalformedTransaction("hash")));
        }

        @Test
        void meetEveryChangedOctetOrAnotherSender() {
            for (int at = 0; at < octets.size(); at++) {
                var verdict = SignedFiscoTransaction.decode(SUITE, octets.with(at, octets.at(at) ^ 1));
                if (verdict instanceof Verdict.Accepted<SignedFiscoTransaction>(var other)) {
                    assertThat(other.sender(SUITE).filter(KEY.address()::equals))
                            .isEmpty();
                }
            }
        }

        @Test
        void meetEveryCut() {
            for (int at = 0; at < octets.size(); at++) {
                var verdict = SignedFiscoTransaction.decode(SUITE, octets.slice(0, at));
                if (verdict instanceof Verdict.Accepted<SignedFiscoTransaction>(var other)) {
                    assertThat(other.sender(SUITE)).isEmpty();
                }
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4})
        void meetWhateverIsNotTars(long seed) {
            var random = new Random(seed);
            for (int round = 0; round < 2000; round++) {
                var noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                assertThat(SignedFiscoTransaction.decode(SUITE, Bytes.of(noise)))
                        .isInstanceOf(Verdict.Rejected.class);
            }
        }

        @Test
        void meetListsNestedWithoutEnd() {
            var nested = Bytes.hex("1d" + "000d".repeat(100_000));
            assertThat(SignedFiscoTransaction.decode(SUITE, nested))
                    .isEqualTo(reject(new MalformedTransaction("size of a list")));
        }
    }

    /// Why a transaction's hash proves nothing about what was executed.
    @Test
    void hashesTheSameWhereverItsFieldsAreSplit() {
        var forgery = FiscoVectors.read("std/full_forgery.json.gz");
        var real = forgery.get("real_tx");
        var shown = forgery.get("shown_tx");
        var tx = new FiscoTransaction(
                "chain0",
                "group0",
                shown.get("blockLimit").asLong(),
                Bytes.utf8(shown.get("nonce").asString()),
                shown.get("to").asString(),
                FiscoVectors.bytes(shown.get("input")),
                "");
        assertThat(tx.hash(SUITE)).isEqualTo(FiscoVectors.word(real.get("hash")));
        assertThat(tx.to()).isNotEqualTo(real.get("to").asString());
    }
}
