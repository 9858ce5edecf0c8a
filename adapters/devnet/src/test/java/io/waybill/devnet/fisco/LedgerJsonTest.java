package io.waybill.devnet.fisco;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.FiscoTransaction;
import io.waybill.core.proof.fisco.SignedFiscoTransaction;
import io.waybill.devnet.fisco.LedgerBlock.Executed;
import io.waybill.rpc.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is printed here for the blocks of a real network must be what its nodes printed, field for field.
class LedgerJsonTest {
    private static final Path CAPTURED = Path.of("../core/src/test/resources/vectors/fisco/std/chain.json.gz");
    /// A block whose one transaction's hash occurs again in the next block: asked by hash, the node answered that one.
    private static final long TWICE = 7;

    private static final List<JsonNode> BLOCKS = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        try (var octets = new GZIPInputStream(Files.newInputStream(CAPTURED))) {
            Json.MAPPER.readTree(octets).get("chain").forEach(BLOCKS::add);
        }
        assertThat(BLOCKS).hasSize(27);
    }

    @Test
    void printsTheGenesisBlockFromItsText() {
        var captured = (ObjectNode) BLOCKS.getFirst().get("block").deepCopy();
        captured.remove("transactions");
        var genesis =
                new Genesis(FiscoSuite.STANDARD, captured.get("version").asInt(), octets(captured.get("extraData")));

        assertThat(told(LedgerJson.genesis(genesis))).isEqualTo(captured);
    }

    @Test
    void printsEveryHeaderWithItsHashComputed() {
        for (var entry : BLOCKS.subList(1, BLOCKS.size())) {
            var captured = (ObjectNode) entry.get("block").deepCopy();
            captured.remove("transactions");
            var header = header(captured);

            assertThat(told(LedgerJson.header(header, header.hash(FiscoSuite.STANDARD), seals(captured))))
                    .isEqualTo(captured);
        }
    }

    @Test
    void printsEveryTransactionAndItsProof() {
        for (var entry : BLOCKS.subList(1, BLOCKS.size())) {
            var executed = executed(entry);
            var leaves = executed.stream().map(Executed::hash).toList();
            for (int i = 0; i < executed.size(); i++) {
                var captured = entry.get("txs").get(i).get("transaction");
                var printed = LedgerJson.transaction(executed.get(i));
                printed.set("importTime", captured.get("importTime"));
                printed.putArray("transactionProof");
                printed.set("txProof", LedgerJson.proof(FiscoSuite.STANDARD, leaves, i));

                assertThat(told(printed)).isEqualTo(captured);
            }
        }
    }

    @Test
    void printsEveryReceiptAndItsProof() {
        for (var entry : BLOCKS.subList(1, BLOCKS.size())) {
            if (entry.get("block").get("number").asLong() == TWICE) continue;
            var executed = executed(entry);
            var leaves = executed.stream()
                    .map(done -> done.receipt().hash(FiscoSuite.STANDARD))
                    .toList();
            for (int i = 0; i < executed.size(); i++) {
                var captured = entry.get("txs").get(i).get("receipt");
                var printed = LedgerJson.receipt(executed.get(i), leaves.get(i).toHex());
                printed.putArray("receiptProof");
                printed.putArray("transactionProof");
                printed.set("txReceiptProof", LedgerJson.proof(FiscoSuite.STANDARD, leaves, i));

                assertThat(told(printed)).isEqualTo(captured);
            }
        }
    }

    /// As a client of the node reads it.
    private static JsonNode told(JsonNode printed) {
        return Json.MAPPER.readTree(printed.toString());
    }

    private static FiscoHeader header(JsonNode block) {
        var weights = new ArrayList<Long>();
        block.get("consensusWeights").forEach(weight -> weights.add(weight.asLong()));
        var ids = new ArrayList<Bytes>();
        block.get("sealerList").forEach(id -> ids.add(octets(id)));
        return new FiscoHeader(
                block.get("version").asInt(),
                block.get("number").asLong(),
                word(block.get("parentInfo").get(0).get("blockHash")),
                word(block.get("txsRoot")),
                word(block.get("receiptsRoot")),
                word(block.get("stateRoot")),
                block.get("gasUsed").asString(),
                block.get("timestamp").asLong(),
                block.get("sealer").asLong(),
                new SealerSet(ids, weights),
                octets(block.get("extraData")));
    }

    private static List<Seal> seals(JsonNode block) {
        var seals = new ArrayList<Seal>();
        for (var seal : block.get("signatureList")) {
            seals.add(new Seal(seal.get("sealerIndex").asLong(), octets(seal.get("signature"))));
        }
        return seals;
    }

    private static List<Executed> executed(JsonNode entry) {
        var executed = new ArrayList<Executed>();
        for (var each : entry.get("txs")) {
            var signed = transaction(each.get("transaction"));
            var sender = signed.sender(FiscoSuite.STANDARD).orElseThrow();
            executed.add(new Executed(signed, signed.hash(FiscoSuite.STANDARD), sender, receipt(each.get("receipt"))));
        }
        return executed;
    }

    private static SignedFiscoTransaction transaction(JsonNode node) {
        var transaction = new FiscoTransaction(
                node.get("chainID").asString(),
                node.get("groupID").asString(),
                node.get("blockLimit").asLong(),
                octets(node.get("nonce")),
                node.get("to").asString(),
                octets(node.get("input")),
                node.get("abi").asString());
        return new SignedFiscoTransaction(transaction, octets(node.get("signature")));
    }

    private static FiscoReceipt receipt(JsonNode node) {
        var logs = new ArrayList<FiscoReceipt.Log>();
        for (var log : node.get("logEntries")) {
            var topics = new ArrayList<Bytes32>();
            log.get("topics").forEach(topic -> topics.add(word(topic)));
            logs.add(new FiscoReceipt.Log(log.get("address").asString(), topics, octets(log.get("data"))));
        }
        return FiscoReceipt.plain(
                node.get("gasUsed").asString(),
                node.get("contractAddress").asString().replace("0x", ""),
                node.get("status").asInt(),
                octets(node.get("output")),
                logs,
                node.get("blockNumber").asLong());
    }

    private static Bytes octets(JsonNode node) {
        return Bytes.hex(node.asString());
    }

    private static Bytes32 word(JsonNode node) {
        return new Bytes32(octets(node));
    }
}
