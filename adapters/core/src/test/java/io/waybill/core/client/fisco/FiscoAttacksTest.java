package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.fisco.Ledger.FLOOR;
import static io.waybill.core.client.fisco.Ledger.SUITE;
import static io.waybill.core.client.fisco.Trust.ANCHOR;
import static io.waybill.core.client.fisco.Trust.CLIENT;
import static io.waybill.core.client.fisco.Trust.FOUR;
import static io.waybill.core.client.fisco.Trust.LEDGER;
import static io.waybill.core.client.fisco.Trust.judge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.ReceiptBlock;
import io.waybill.core.EventRejection.ReceiptLength;
import io.waybill.core.FiscoRejection.SealerSignatureInvalid;
import io.waybill.core.FiscoRejection.SealsNotAscending;
import io.waybill.core.FiscoRejection.TooLittleTrustedWeight;
import io.waybill.core.FiscoRejection.TooLittleWeight;
import io.waybill.core.FiscoRejection.VersionBelowFloor;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.fisco.CarrierReceipt;
import io.waybill.core.proof.fisco.FiscoEventProof;
import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.ReceiptTree;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Attacks upon the rules of FISCO BCOS 3.x, by what was captured of real networks and by what can be made up.
class FiscoAttacksTest {
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    @Nested
    class OfSeals {
        private final FiscoHeader tip = Ledger.next(ANCHOR, FOUR);

        private Verdict<?> sealed(Seal... seals) {
            return judge(FiscoUpdate.of(FOUR, List.of(tip), List.of(seals), LEDGER.corroborate(CLIENT, tip, 0, 1, 2)));
        }

        /// NT-46: every quorum needs more than one of four.
        @Test
        void oneValidSealIsNoQuorum() {
            assertThat(judge(List.of(tip), 0)).isEqualTo(reject(new TooLittleWeight(1, 3)));
            assertThat(judge(List.of(tip), 0, 1, 2).isAccepted()).isTrue();
        }

        /// NT-47: the same sealer with `(r, n − s)` is the same sealer.
        @Test
        void theMirroredSealOfASealerIsNoSecondSealer() {
            var seals = LEDGER.seals(tip, 0, 1, 2);
            var second = seals.get(1).signature();
            var s = new BigInteger(1, second.slice(32, 64).toArray());
            var mirrored = Bytes.concat(
                    second.slice(0, 32), Bytes.hex("%064x".formatted(ORDER.subtract(s))), Bytes.of(1 - second.at(64)));
            assertThat(sealed(seals.get(0), new Seal(1, mirrored), seals.get(2)).isAccepted())
                    .isTrue();
            assertThat(sealed(seals.get(0), seals.get(1), new Seal(1, mirrored)))
                    .isEqualTo(reject(new SealsNotAscending(1)));
            assertThat(sealed(seals.get(0), seals.get(1), new Seal(2, mirrored)))
                    .isEqualTo(reject(new SealerSignatureInvalid(2)));
        }

        static List<Integer> sizes() {
            return IntStream.rangeClosed(1, 21).boxed().toList();
        }

        /// Quorums of every set of 1 to 21 sealers, each from both sides.
        @ParameterizedTest
        @MethodSource("sizes")
        void oneLessThanAQuorumIsNone(int size) {
            var ids = new ArrayList<Bytes>();
            for (int i = 0; i < size; i++) ids.add(Bytes.concat(Bytes.u32(i), Bytes.of(new byte[60])));
            var set = new SealerSet(ids, Collections.nCopies(size, 1L));
            long quorum = size - (size - 1L) / 3;
            var enough = new HeaderRules.Weights(quorum, quorum);
            var less = new HeaderRules.Weights(quorum - 1, quorum - 1);
            assertThat(HeaderRules.quorum(set, enough)).isEqualTo(accept(enough));
            assertThat(HeaderRules.quorum(set, less)).isEqualTo(reject(new TooLittleWeight(quorum - 1, quorum)));
            assertThat(HeaderRules.vouched(set, enough)).isEqualTo(accept(enough));
            assertThat(HeaderRules.vouched(set, less))
                    .isEqualTo(reject(new TooLittleTrustedWeight(quorum - 1, quorum)));
        }

        /// Weights are summed without overflow: the heaviest set there can be.
        @Test
        void theHeaviestSetHasAQuorumToo() {
            var ids = new ArrayList<Bytes>();
            for (int i = 0; i < 128; i++) ids.add(Bytes.concat(Bytes.u32(i), Bytes.of(new byte[60])));
            var set = new SealerSet(ids, Collections.nCopies(128, (1L << 32) - 1));
            assertThat(set.total()).isEqualTo(128 * ((1L << 32) - 1));
            assertThat(set.quorum()).isEqualTo(set.total() - (set.total() - 1) / 3);
        }
    }

    /// NT-53: a header's preimage has no lengths. Of all the ways to read a real one, the grammar admits one.
    @ParameterizedTest
    @ValueSource(strings = {"std", "sm"})
    void aHeaderCanBeReadInOneWayOnly(String network) {
        for (var block : FiscoVectors.chain(network)) {
            var preimage = block.header().preimage();
            int rest = preimage.size() - 148 - 16;
            for (int sealers = 1; sealers * 72 < rest; sealers++) {
                for (int digits = 1; digits + sealers * 72 <= rest; digits++) {
                    var read = read(preimage, digits, sealers);
                    if (read == null || read.check() instanceof Verdict.Rejected) continue;
                    assertThat(read).isEqualTo(block.header());
                }
            }
        }
    }

    /// The reading of a preimage with so many digits of gas and so many sealers; null where the list is none.
    private static @Nullable FiscoHeader read(Bytes preimage, int digits, int sealers) {
        int time = 148 + digits;
        int ids = time + 16;
        int extra = ids + 64 * sealers;
        int weights = preimage.size() - 8 * sealers;
        var list = new ArrayList<Bytes>();
        var weighed = new ArrayList<Long>();
        for (int i = 0; i < sealers; i++) {
            list.add(preimage.slice(ids + 64 * i, ids + 64 * i + 64));
            weighed.add(preimage.number(weights + 8 * i, weights + 8 * i + 8));
        }
        if (!(SealerSet.of(list, weighed) instanceof Verdict.Accepted<SealerSet>(var set))) return null;
        return new FiscoHeader(
                (int) preimage.number(0, 4),
                preimage.number(140, 148),
                new Bytes32(preimage.slice(12, 44)),
                new Bytes32(preimage.slice(44, 76)),
                new Bytes32(preimage.slice(76, 108)),
                new Bytes32(preimage.slice(108, 140)),
                preimage.slice(148, time).toUtf8(),
                preimage.number(time, time + 8),
                preimage.number(time + 8, ids),
                set,
                preimage.slice(extra, weights));
    }

    /// NT-80, R4.1.
    @Nested
    class OfTheVersionFloor {
        @ParameterizedTest
        @CsvSource({
            "v32/deploy_block1.json",
            "v32/send_block2.json",
            "v32/constructor_emission_header.json",
            "v32/forged_log_header.json"
        })
        void whatOlderChainsSealedIsReproducedAndRefused(String name) {
            var json = FiscoVectors.read(name);
            var block = json.has("result") ? json.get("result") : json;
            var header = FiscoVectors.header(block);
            var hash = FiscoVectors.word(block.get("hash"));
            var rules = new HeaderRules(FiscoSuite.STANDARD, FLOOR);
            var set = header.sealers();
            assertThat(header.hash(FiscoSuite.STANDARD)).isEqualTo(hash);
            assertThat(rules.weigh(hash, set, set, FiscoVectors.seals(block)).then(all -> HeaderRules.quorum(set, all)))
                    .isInstanceOf(Verdict.Accepted.class);
            assertThat(rules.alone(header)).isEqualTo(reject(new VersionBelowFloor(0x03020000, FLOOR)));
        }

        @Test
        void aFloorIsRaisedAndNeverLowered() {
            assertThatIllegalArgumentException().isThrownBy(() -> new HeaderRules(SUITE, FLOOR - 1));
            var raised = new HeaderRules(SUITE, FLOOR + 1);
            assertThat(raised.alone(Headers.version(ANCHOR, FLOOR + 1)).isAccepted())
                    .isTrue();
            assertThat(raised.alone(Headers.version(ANCHOR, FLOOR)))
                    .isEqualTo(reject(new VersionBelowFloor(FLOOR, FLOOR + 1)));
        }
    }

    /// NT-86: names and addresses repeat across chains; anchors do not.
    @Test
    void aChainOfTheSameNameWithTheSameAddressesIsAnotherChain() {
        var twin = Headers.gas(ANCHOR, "21001");
        var other = LEDGER.client(twin);
        assertThat(other.params().chain()).isEqualTo(CLIENT.params().chain());
        assertThat(other.params().contract()).isEqualTo(CLIENT.params().contract());
        assertThat(other.id()).isNotEqualTo(CLIENT.id());
        var tip = Ledger.next(ANCHOR, FOUR);
        var foreign = LEDGER.corroborate(other, tip, 0, 1, 2);
        var update = FiscoUpdate.of(FOUR, List.of(tip), LEDGER.seals(tip, 0, 1, 2), foreign);
        assertThat(judge(update)).isInstanceOf(Verdict.Rejected.class);
        assertThat(lane(CLIENT, "salt").id())
                .isNotIn(lane(other, "salt").id(), lane(CLIENT, "other salt").id());
    }

    private static LaneTerms lane(FiscoClient source, String salt) {
        var root = Digests.sha256(Bytes.utf8("root"));
        return new LaneTerms(
                source.params().chain(),
                source.id(),
                Ledger.CONTRACT,
                Ledger.VERIFYING,
                CLIENT.id(),
                Ledger.CONTRACT,
                Digests.sha256(Bytes.utf8(salt)),
                new LaneTerms.Terms(8192, 1000, 86_400_000, root, root));
    }

    /// What the networks of four real nodes were brought to do.
    @Nested
    class Captured {
        /// NT-57: a leaf of a transactions root is whatever its sender chose; nothing is proven by one.
        @Test
        void aTransactionsRootHoldsALeafOfAnAttackersChoice() {
            var block = FiscoVectors.read("t1/type1_arbitrary_leaf_block.json");
            var header = FiscoVectors.header(block);
            var response =
                    FiscoVectors.read("t1/type1_arbitrary_leaf_response.json").get("result");
            var receipt = FiscoVectors.receipt(response);
            var rules = new HeaderRules(FiscoSuite.STANDARD, FLOOR);
            assertThat(header.hash(FiscoSuite.STANDARD)).isEqualTo(FiscoVectors.word(block.get("hash")));
            assertThat(rules.sealed(header, header.sealers(), FiscoVectors.seals(block))
                            .isAccepted())
                    .isTrue();
            assertThat(header.txsRoot()).isEqualTo(FiscoVectors.word(response.get("transactionHash")));
            assertThat(header.receiptsRoot()).isEqualTo(receipt.hash(FiscoSuite.STANDARD));
            var proof = new FiscoEventProof(receipt.preimage(), List.of());
            var lane = new LaneId(header.txsRoot());
            assertThat(proof.verify(FiscoSuite.STANDARD, Address.ZERO, LogRole.PACKETS, lane, 2, header.receiptsRoot()))
                    .isEqualTo(reject(new ReceiptLength(receipt.preimage().size())));
        }

        /// The same transaction, its octets split in two ways, in two blocks: its receipt is one block's only.
        @ParameterizedTest
        @ValueSource(strings = {"std", "sm"})
        void aTransactionInTwoBlocksHasTheReceiptOfOne(String network) {
            var suite = FiscoVectors.suite(network);
            var blocks = FiscoVectors.chain(network);
            var seventh = blocks.get(6);
            var eighth = blocks.get(7);
            assertThat(seventh.txs().getFirst().hash())
                    .isEqualTo(eighth.txs().getFirst().hash());
            var shown = seventh.txs().getFirst().receipt();
            assertThat(shown.blockNumber()).isEqualTo(8);
            assertThat(shown.hash(suite))
                    .isEqualTo(eighth.header().receiptsRoot())
                    .isNotEqualTo(seventh.header().receiptsRoot());
            var first = FiscoVectors.receipt(
                    FiscoVectors.read(network + "/tx_resplit_response.json").get("result"));
            assertThat(first.hash(suite)).isEqualTo(seventh.header().receiptsRoot());
        }

        @Test
        void aCarriersReceiptIsOfItsOwnBlock() {
            var lane = new LaneId(Digests.sha256(Bytes.utf8("lane")));
            var outbox = Address.hex("6849f21d1e455e9f0712b1e99fa4fcd23758e8f1");
            var data = Bytes.concat(
                    Bytes.of(new byte[24]), Bytes.u64(3), lane.value().value());
            var log = new FiscoReceipt.Log(
                    outbox.toHex().substring(2), List.of(LogRole.PACKETS.topic(), lane.value()), data);
            var receipt = FiscoReceipt.plain(
                    "1", "e16469be7721563d4d6a703932058d12ca2ca94c", 0, Bytes.EMPTY, List.of(log), 8);
            assertThat(CarrierReceipt.read(receipt.preimage(), outbox, LogRole.PACKETS.topic(), lane, 8)
                            .isAccepted())
                    .isTrue();
            assertThat(CarrierReceipt.read(receipt.preimage(), outbox, LogRole.PACKETS.topic(), lane, 7))
                    .isEqualTo(reject(new ReceiptBlock(7, 8)));
            assertThat(ReceiptTree.root(SUITE, List.of(receipt.hash(SUITE)))).isEqualTo(receipt.hash(SUITE));
        }
    }
}
