package io.waybill.core.proof.fisco;

import static io.waybill.core.Verdict.accept;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.ReceiptLength;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.FiscoVectors;
import io.waybill.core.lane.Checkpoint;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiscoReceiptTest {
    /// Where a transaction's fields were split so that its hash occurs in two blocks: asked for its receipt by hash,
    /// the node answers the one of the next block.
    private static final long TWICE = 7;

    @Nested
    class OfRealChains {
        @ParameterizedTest
        @ValueSource(strings = {"std", "sm"})
        void hashAndFormTheTreeAsTheNodesDid(String network) {
            var suite = FiscoVectors.suite(network);
            for (var block : FiscoVectors.chain(network)) {
                for (var sent : block.txs()) {
                    assertThat(sent.receipt().hash(suite)).isEqualTo(sent.receiptHash());
                    assertThat(sent.transaction().hash(suite)).isEqualTo(sent.hash());
                    assertThat(sent.transaction().sender(suite)).contains(Address.hex(sent.from()));
                }
                var receipts =
                        block.txs().stream().map(FiscoVectors.Sent::receiptHash).toList();
                var transactions =
                        block.txs().stream().map(FiscoVectors.Sent::hash).toList();
                assertThat(ReceiptTree.root(suite, receipts)
                                .equals(block.header().receiptsRoot()))
                        .isEqualTo(block.header().number() != TWICE);
                assertThat(ReceiptTree.root(suite, transactions))
                        .isEqualTo(block.header().txsRoot());
            }
        }

        @Test
        void hashAndFormTheTreeAsAnOlderNodeDid() {
            for (var name : new String[] {"deploy_block1", "send_block2"}) {
                var file = name.equals("send_block2") ? name + "_receipts_txs.json.gz" : name + "_receipts_txs.json";
                var sent = FiscoVectors.list(FiscoVectors.read("v32/" + file), FiscoVectors::sent);
                var header = FiscoVectors.header(
                        FiscoVectors.read("v32/" + name + ".json").get("result"));
                for (var each : sent) {
                    assertThat(each.receipt().hash(FiscoSuite.STANDARD)).isEqualTo(each.receiptHash());
                    assertThat(each.transaction().hash(FiscoSuite.STANDARD)).isEqualTo(each.hash());
                }
                var hashes = sent.stream().map(FiscoVectors.Sent::receiptHash).toList();
                assertThat(ReceiptTree.root(FiscoSuite.STANDARD, hashes)).isEqualTo(header.receiptsRoot());
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"std", "sm", "v32"})
        void haveAnEmptyOutputWhenAContractIsCreated(String network) {
            var creation = FiscoVectors.receipt(FiscoVectors.read(network + "/deploy_chosen_runtime_receipt.json"));
            assertThat(creation.output().isEmpty()).isTrue();
            var emission = FiscoVectors.read(network + "/constructor_emission_receipt.json");
            var receipt = FiscoVectors.receipt(emission);
            assertThat(receipt.hash(FiscoVectors.suite(network))).isEqualTo(FiscoVectors.word(emission.get("hash")));
            var header = FiscoVectors.header(FiscoVectors.read(network + "/constructor_emission_header.json"));
            assertThat(header.receiptsRoot()).isEqualTo(receipt.hash(FiscoVectors.suite(network)));
        }
    }

    /// The preimage has no lengths: these receipts are real, and say two things.
    @Nested
    class Ambiguity {
        @ParameterizedTest
        @ValueSource(strings = {"std", "sm", "v32"})
        void letsAnOutputReadAsALogOfAnyContract(String network) {
            var suite = FiscoVectors.suite(network);
            var real = FiscoVectors.receipt(FiscoVectors.read(network + "/forged_log_real_receipt.json"));
            var forged = FiscoVectors.receipt(FiscoVectors.read(network + "/forged_log_forged_receipt.json"));
            assertThat(forged).isNotEqualTo(real);
            assertThat(forged.hash(suite)).isEqualTo(real.hash(suite));
            var header = FiscoVectors.header(FiscoVectors.read(network + "/forged_log_header.json"));
            assertThat(header.receiptsRoot()).isEqualTo(forged.hash(suite));
            assertThat(asCarrier(forged)).isEqualTo(refusedForItsLength(forged));
        }

        @ParameterizedTest
        @ValueSource(strings = {"std", "sm"})
        void letsAWholeTransactionBeShownAsAnother(String network) {
            var forgery = FiscoVectors.read(network + "/full_forgery.json.gz");
            var shown = FiscoVectors.receipt(forgery.get("shown_receipt"));
            var real = FiscoVectors.receipt(forgery.get("real_receipt"));
            var suite = FiscoVectors.suite(network);
            assertThat(shown.hash(suite)).isEqualTo(real.hash(suite));
            assertThat(asCarrier(shown)).isEqualTo(refusedForItsLength(shown));
        }

        private static Verdict<Checkpoint> asCarrier(FiscoReceipt receipt) {
            var log = receipt.logs().getFirst();
            return CarrierReceipt.read(
                    receipt.preimage(),
                    Address.hex(log.address()),
                    log.topics().getFirst(),
                    new LaneId(log.topics().get(1)),
                    receipt.blockNumber());
        }

        private static Verdict<Checkpoint> refusedForItsLength(FiscoReceipt receipt) {
            return Verdict.reject(new ReceiptLength(receipt.preimage().size()));
        }
    }

    @Test
    void hashesThePriceFromVersionOneOn() {
        var plain = FiscoVectors.chain("std").getFirst().txs().getFirst().receipt();
        var priced = new FiscoReceipt(
                1,
                plain.gasUsed(),
                plain.contractAddress(),
                plain.status(),
                plain.output(),
                "0x0",
                plain.logs(),
                plain.blockNumber());
        assertThat(priced.preimage().size()).isEqualTo(plain.preimage().size() + 3);
    }

    @Test
    void provesItselfInABlockOfSeven() {
        var block = FiscoVectors.chain("std").get(1);
        var hashes = block.txs().stream().map(FiscoVectors.Sent::receiptHash).toList();
        for (int i = 0; i < hashes.size(); i++) {
            var groups = ReceiptTree.groups(FiscoSuite.STANDARD, hashes, i);
            Bytes32 root = block.header().receiptsRoot();
            assertThat(ReceiptTree.verify(FiscoSuite.STANDARD, hashes.get(i), groups, root))
                    .isEqualTo(accept((long) i));
        }
    }
}
