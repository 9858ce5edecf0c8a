package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.FiscoRejection.MalformedGasUsed;
import io.waybill.core.FiscoRejection.SealerOutOfRange;
import io.waybill.core.FiscoRejection.SealersNotAscending;
import io.waybill.core.FiscoRejection.SetSizeOutOfRange;
import io.waybill.core.FiscoRejection.TimeOutOfRange;
import io.waybill.core.FiscoRejection.WeightOutOfRange;
import io.waybill.core.FiscoRejection.ZeroRoot;
import io.waybill.core.Verdict;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiscoHeaderTest {
    private static final FiscoHeader REAL = FiscoVectors.chain("std").get(1).header();

    @Nested
    class Hash {
        @ParameterizedTest
        @ValueSource(strings = {"std", "sm"})
        void isTheOneThatTheNodesComputed(String network) {
            for (var block : FiscoVectors.chain(network)) {
                assertThat(block.header().hash(FiscoVectors.suite(network))).isEqualTo(block.hash());
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"deploy_block1", "send_block2"})
        void isTheSameBelowTheVersionFloorAndItsSealsAreValid(String name) {
            var block = FiscoVectors.read("v32/" + name + ".json").get("result");
            var header = FiscoVectors.header(block);
            var hash = FiscoVectors.word(block.get("hash"));
            assertThat(header.hash(FiscoSuite.STANDARD)).isEqualTo(hash);
            for (var seal : FiscoVectors.seals(block)) {
                var id = header.sealers().ids().get((int) seal.index());
                assertThat(FiscoSuite.STANDARD.signed(id, hash, seal.signature()))
                        .isTrue();
            }
        }

        @Test
        void changesWithEachField() {
            var hashes = new ArrayList<Bytes32>();
            hashes.add(REAL.hash(FiscoSuite.STANDARD));
            for (var changed : Headers.mutations(REAL)) hashes.add(changed.hash(FiscoSuite.STANDARD));
            assertThat(hashes).doesNotHaveDuplicates();
        }
    }

    @Nested
    class Seals {
        @ParameterizedTest
        @ValueSource(strings = {"std", "sm"})
        void areRefusedWhenAnyOctetOfThemChanges(String network) {
            var block = FiscoVectors.chain(network).get(1);
            var suite = FiscoVectors.suite(network);
            var seal = block.seals().getFirst();
            var id = block.header().sealers().ids().get((int) seal.index());
            assertThat(suite.signed(id, block.hash(), seal.signature())).isTrue();
            for (int i = 0; i < seal.signature().size(); i++) {
                var changed = seal.signature().with(i, seal.signature().at(i) ^ 1);
                assertThat(suite.signed(id, block.hash(), changed)).isFalse();
            }
            assertThat(suite.signed(id, block.hash(), Bytes.EMPTY)).isFalse();
            assertThat(suite.signed(id, block.hash(), Bytes.concat(seal.signature(), Bytes.of(0))))
                    .isFalse();
        }
    }

    @Nested
    class Grammar {
        @Test
        void admitsEveryCapturedHeader() {
            for (var network : List.of("std", "sm")) {
                for (var block : FiscoVectors.chain(network)) {
                    assertThat(block.header().check()).isEqualTo(accept(block.header()));
                }
            }
        }

        @Test
        void refusesZeroRootsOfTransactionsAndReceiptsOnly() {
            var none = Bytes32.ZERO;
            assertThat(Headers.roots(REAL, none, REAL.receiptsRoot(), REAL.stateRoot())
                            .check())
                    .isEqualTo(reject(new ZeroRoot("txsRoot")));
            assertThat(Headers.roots(REAL, REAL.txsRoot(), none, REAL.stateRoot())
                            .check())
                    .isEqualTo(reject(new ZeroRoot("receiptsRoot")));
            assertThat(Headers.roots(REAL, REAL.txsRoot(), REAL.receiptsRoot(), none)
                            .check()
                            .isAccepted())
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "00", "01", "-1", "+1", "1 ", "0x1", "1a", "\u0661"})
        void refusesGasUsedThatIsNotDecimal(String gasUsed) {
            assertThat(Headers.gas(REAL, gasUsed).check()).isEqualTo(reject(new MalformedGasUsed()));
        }

        @Test
        void admitsGasUsedOfUpTo78Digits() {
            for (var gasUsed : List.of("0", "9", "1" + "0".repeat(77))) {
                assertThat(Headers.gas(REAL, gasUsed).check().isAccepted()).isTrue();
            }
            assertThat(Headers.gas(REAL, "1" + "0".repeat(78)).check()).isEqualTo(reject(new MalformedGasUsed()));
        }

        @ParameterizedTest
        @CsvSource({"1, true", "281474976710655, true", "0, false", "-1, false", "281474976710656, false"})
        void holdsTheTimeWithin48Bits(long timeMs, boolean admitted) {
            var header = Headers.time(REAL, timeMs);
            assertThat(header.check()).isEqualTo(admitted ? accept(header) : reject(new TimeOutOfRange(timeMs)));
        }

        @ParameterizedTest
        @CsvSource({"0, true", "3, true", "4, false", "-1, false"})
        void holdsTheSealerWithinTheList(long sealer, boolean admitted) {
            var header = Headers.sealer(REAL, sealer);
            assertThat(header.check()).isEqualTo(admitted ? accept(header) : reject(new SealerOutOfRange(sealer, 4)));
        }

        @Test
        void refusesExtraData() {
            assertThat(Headers.extra(REAL, Bytes.of(0)).check()).isEqualTo(reject(new MalformedUpdate("extraData")));
        }
    }

    @Nested
    class Sets {
        private final List<Bytes> ids = REAL.sealers().ids();

        private static Bytes id(int number) {
            return Bytes.concat(Bytes.u32(number), Bytes.of(new byte[60]));
        }

        private static Verdict<SealerSet> ofSize(int size) {
            var ids = new ArrayList<Bytes>();
            for (int i = 0; i < size; i++) ids.add(id(i));
            return SealerSet.of(ids, Collections.nCopies(size, 1L));
        }

        @Test
        void haveOneTo128Sealers() {
            assertThat(ofSize(0)).isEqualTo(reject(new SetSizeOutOfRange(0)));
            assertThat(ofSize(1).isAccepted()).isTrue();
            assertThat(ofSize(128).isAccepted()).isTrue();
            assertThat(ofSize(129)).isEqualTo(reject(new SetSizeOutOfRange(129)));
        }

        @Test
        void haveAscendingIdsEachOnce() {
            var swapped = List.of(ids.get(1), ids.get(0), ids.get(2));
            assertThat(SealerSet.of(swapped, List.of(1L, 1L, 1L))).isEqualTo(reject(new SealersNotAscending(1)));
            var twice = List.of(ids.get(0), ids.get(1), ids.get(1));
            assertThat(SealerSet.of(twice, List.of(1L, 1L, 1L))).isEqualTo(reject(new SealersNotAscending(2)));
        }

        @Test
        void haveIdsOf64OctetsAndAWeightForEach() {
            var three = ids.subList(0, 3);
            assertThat(SealerSet.of(three, List.of(1L, 1L))).isEqualTo(reject(new MalformedUpdate("weights")));
            assertThat(SealerSet.of(three, List.of(1L, 1L, 1L, 1L))).isEqualTo(reject(new MalformedUpdate("weights")));
            assertThat(SealerSet.of(List.of(ids.get(0).slice(0, 63)), List.of(1L)))
                    .isEqualTo(reject(new MalformedUpdate("sealer id")));
        }

        @ParameterizedTest
        @CsvSource({"0, false", "1, true", "4294967295, true", "4294967296, false", "-1, false"})
        void haveWeightsFromOneToBelow2To32(long weight, boolean admitted) {
            var verdict = SealerSet.of(ids.subList(0, 2), List.of(1L, weight));
            if (admitted) assertThat(verdict.isAccepted()).isTrue();
            else assertThat(verdict).isEqualTo(reject(new WeightOutOfRange(1)));
        }

        @ParameterizedTest
        @CsvSource({"1, 1", "2, 2", "3, 3", "4, 3", "5, 4", "6, 5", "7, 5", "128, 86"})
        void needAQuorumAsNodesCountIt(int size, long quorum) {
            assertThat(ofSize(size).orElseThrow().quorum()).isEqualTo(quorum);
        }

        @Test
        void countWeightsAndNotHeads() {
            assertThat(new SealerSet(ids, List.of(1L, 1L, 1L, 10L)).quorum()).isEqualTo(9);
            assertThat(new SealerSet(ids, List.of(1L, 1L, 1L, 3L)).quorum()).isEqualTo(5);
        }

        @Test
        void hashIdsWithTheirWeights() {
            var set = new SealerSet(ids, List.of(1L, 1L, 1L, 1L));
            assertThat(set.setHash()).isNotEqualTo(new SealerSet(ids, List.of(1L, 1L, 1L, 2L)).setHash());
            assertThat(set.setHash()).isNotEqualTo(new SealerSet(ids.subList(0, 3), List.of(1L, 1L, 1L)).setHash());
        }
    }
}
