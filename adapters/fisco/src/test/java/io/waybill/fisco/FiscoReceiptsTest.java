package io.waybill.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.ReceiptBlock;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.FiscoRejection.HashMismatch;
import io.waybill.core.FiscoRejection.MalformedBlock;
import io.waybill.core.Verdict;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.rpc.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class FiscoReceiptsTest {
    private static Json array(List<Json> elements) {
        var array = Json.MAPPER.createArrayNode();
        elements.forEach(element -> array.add(element.node()));
        return new Json("receipts", array);
    }

    private static List<Json> receipts(Json entry) {
        return entry.at("txs").list(tx -> tx.at("receipt"));
    }

    private static Json envelope(Json json) {
        return new Json("answer", Json.MAPPER.createObjectNode().set("result", json.node()));
    }

    private static Verdict<Bytes32> verify(Json block, List<Json> receipts) {
        return FiscoReceipts.verify(FiscoSuite.STANDARD, block, array(receipts));
    }

    @Nested
    class OfRealBlocks {
        @ParameterizedTest
        @EnumSource(FiscoSuite.class)
        void formTheRootOfTheirHeader(FiscoSuite suite) {
            var chain = suite == FiscoSuite.SM ? Vectors.sm() : Vectors.standard();
            for (var entry : chain.at("chain").list()) {
                var block = entry.at("block");
                // One transaction was executed twice, read in two ways; nodes show only its later receipt.
                if (block.at("number").integer() == 0 || block.at("number").integer() == 7) continue;
                var root = block.at("receiptsRoot").bytes32();
                var receipts = receipts(entry);
                assertThat(FiscoReceipts.verify(suite, block, array(receipts))).isEqualTo(accept(root));
                assertThat(FiscoReceipts.verify(suite, envelope(block), entry.at("txs")))
                        .isEqualTo(accept(root));
                var enveloped =
                        receipts.stream().map(FiscoReceiptsTest::envelope).toList();
                assertThat(FiscoReceipts.verify(suite, block, array(enveloped.reversed())))
                        .isEqualTo(accept(root));
                assertThat(FiscoReceipts.root(suite, array(receipts))).isEqualTo(accept(root));
            }
        }

        @ParameterizedTest
        @CsvSource({"deploy_block1, 1", "send_block2, 7"})
        void formTheRootOfAnOlderHeaderBelowTheVersionFloor(String name, int count) {
            var block = Vectors.read("live_v32/" + name + ".json");
            var sent = Vectors.read("live_v32/" + name + "_receipts_txs.json");
            assertThat(sent.list()).hasSize(count);
            assertThat(FiscoReceipts.verify(FiscoSuite.STANDARD, block, sent))
                    .isEqualTo(accept(block.at("result").at("receiptsRoot").bytes32()));
        }

        /// What a node answers to the sender states no hash where the transaction failed.
        @Test
        void formTheRootFromWhatTheSenderWasAnswered() {
            var block = Vectors.block(7);
            var answered = Vectors.read("live_std/tx_resplit_response.json");
            assertThat(answered.at("result").at("hash").text()).isEqualTo("0x");
            assertThat(verify(block, List.of(answered)))
                    .isEqualTo(accept(block.at("receiptsRoot").bytes32()));
        }

        @Test
        void areRefusedInTheBlockOfAnother() {
            var later = Vectors.transactions(7).getFirst().at("receipt");
            assertThat(verify(Vectors.block(7), List.of(later))).isEqualTo(reject(new ReceiptBlock(7, 8)));
        }
    }

    @Nested
    class Refusals {
        private final Json block = Vectors.block(2);
        private final List<Json> receipts =
                Vectors.transactions(2).stream().map(tx -> tx.at("receipt")).toList();

        private List<Json> with(int index, Json other) {
            var changed = new ArrayList<>(receipts);
            changed.set(index, other);
            return changed;
        }

        private Json without(Json json, String field) {
            var copy = ((ObjectNode) json.node()).deepCopy();
            copy.remove(field);
            return new Json(json.path(), copy);
        }

        @Test
        void meetAStatedHashThatIsNotTheReceipts() {
            var stated = receipts.get(3).at("hash").bytes32();
            var other = Vectors.with(receipts.get(3), "hash", Bytes32.ZERO.toHex());
            assertThat(verify(block, with(3, other))).isEqualTo(reject(new HashMismatch(Bytes32.ZERO, stated)));
        }

        @Test
        void meetEveryFieldThatIsHashedThoughTheStatedHashIsRight() {
            var receipt = receipts.get(3);
            for (var changed : List.of(
                    Vectors.with(receipt, "gasUsed", receipt.at("gasUsed").text() + "0"),
                    Vectors.with(receipt, "status", 16),
                    Vectors.with(receipt, "output", "0x00"),
                    Vectors.with(receipt, "logEntries", List.of()),
                    Vectors.with(receipt, "contractAddress", "0x" + "11".repeat(20)),
                    Vectors.with(receipt, "version", 1))) {
                assertThat(verify(block, with(3, changed)))
                        .isInstanceOfSatisfying(
                                Verdict.Rejected.class,
                                rejected -> assertThat(rejected.reason()).isInstanceOf(HashMismatch.class));
                assertThat(verify(block, with(3, without(changed, "hash"))))
                        .isInstanceOfSatisfying(
                                Verdict.Rejected.class,
                                rejected -> assertThat(rejected.reason()).isInstanceOf(ReceiptsRootMismatch.class));
            }
            assertThat(verify(block, with(3, without(receipt, "hash"))).isAccepted())
                    .isTrue();
        }

        @Test
        void meetAReceiptTooFewAndOneTooMany() {
            assertThat(verify(block, receipts.subList(0, 6)))
                    .isEqualTo(reject(new MalformedBlock("7 transactions and 6 receipts")));
            var more = new ArrayList<>(receipts);
            more.add(receipts.getFirst());
            assertThat(verify(block, more)).isEqualTo(reject(new MalformedBlock("7 transactions and 8 receipts")));
            var missing = receipts.get(3).at("transactionHash").text();
            assertThat(verify(block, with(3, receipts.get(4))))
                    .isEqualTo(reject(new MalformedBlock("no receipt of transaction " + missing)));
        }

        @Test
        void meetAnotherOrderWhereTheHeaderListsNoTransactions() {
            var header = without(block, "transactions");
            assertThat(verify(header, receipts))
                    .isEqualTo(accept(block.at("receiptsRoot").bytes32()));
            assertThat(verify(header, receipts.reversed()))
                    .isInstanceOfSatisfying(
                            Verdict.Rejected.class,
                            rejected -> assertThat(rejected.reason()).isInstanceOf(ReceiptsRootMismatch.class));
        }

        @Test
        void meetAHeaderWhoseRootWasChanged() {
            var changed = Vectors.with(block, "receiptsRoot", Bytes32.ZERO.toHex());
            assertThat(verify(changed, receipts))
                    .isInstanceOfSatisfying(
                            Verdict.Rejected.class,
                            rejected -> assertThat(rejected.reason()).isInstanceOf(HashMismatch.class));
        }

        @Test
        void meetTheOtherSuite() {
            assertThat(FiscoReceipts.verify(FiscoSuite.SM, block, array(receipts))
                            .isAccepted())
                    .isFalse();
            assertThat(FiscoReceipts.root(FiscoSuite.SM, array(receipts)).isAccepted())
                    .isFalse();
        }

        @Test
        void meetWhatIsNoReceipt() {
            for (var text : List.of("null", "{}", "[null]", "[{}]", "[[]]", "[{\"result\":null}]", "3")) {
                JsonNode node = Json.MAPPER.readTree(text);
                assertThat(FiscoReceipts.root(FiscoSuite.STANDARD, new Json("none", node)))
                        .as(text)
                        .isInstanceOfSatisfying(
                                Verdict.Rejected.class,
                                rejected -> assertThat(rejected.reason()).isInstanceOf(MalformedBlock.class));
            }
        }
    }

    /// From version 1 on a receipt hashes the price that its transaction paid.
    @Test
    void ofVersionOneHashTheEffectiveGasPrice() {
        var plain = Vectors.transactions(2).getFirst().at("receipt");
        var priced = Vectors.with(Vectors.with(plain, "version", 1), "effectiveGasPrice", "0x5208");
        var computed = FiscoReceiptJson.read(priced).hash(FiscoSuite.STANDARD);
        var stated = Vectors.with(priced, "hash", computed.toHex());
        assertThat(FiscoReceipts.root(FiscoSuite.STANDARD, array(List.of(stated))))
                .isEqualTo(accept(computed));
        var cheaper = Vectors.with(stated, "effectiveGasPrice", "0x0");
        assertThat(FiscoReceipts.root(FiscoSuite.STANDARD, array(List.of(cheaper))))
                .isEqualTo(reject(new HashMismatch(
                        computed, FiscoReceiptJson.read(cheaper).hash(FiscoSuite.STANDARD))));
        assertThat(FiscoReceiptJson.read(priced).preimage().toUtf8()).contains("0x5208");
    }
}
