package io.waybill.core.client.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.FiscoTransaction;
import io.waybill.core.proof.fisco.SignedFiscoTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What real FISCO BCOS networks answered, read from `src/test/resources/vectors/fisco`.
public final class FiscoVectors {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FiscoVectors() {}

    public static FiscoSuite suite(String network) {
        return network.equals("sm") ? FiscoSuite.SM : FiscoSuite.STANDARD;
    }

    public static JsonNode read(String name) {
        var resource = "/vectors/fisco/" + name;
        try (InputStream raw = FiscoVectors.class.getResourceAsStream(resource)) {
            if (raw == null) throw new IllegalStateException("no resource " + resource);
            return JSON.readTree(resource.endsWith(".gz") ? new GZIPInputStream(raw) : raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A block as captured.
    ///
    /// @param hash as the node gave it
    /// @param txs  the node's JSON: `{transaction, receipt}`
    public record Block(FiscoHeader header, Bytes32 hash, List<Seal> seals, List<Sent> txs) {}

    /// A transaction and its receipt as captured, with the hashes and proofs that the node gave for them.
    public record Sent(
            SignedFiscoTransaction transaction,
            Bytes32 hash,
            String from,
            List<Bytes> txProof,
            FiscoReceipt receipt,
            Bytes32 receiptHash,
            List<Bytes> receiptProof) {}

    /// The blocks of a network from height 1 on.
    public static List<Block> chain(String network) {
        var blocks = new ArrayList<Block>();
        for (var entry : read(network + "/chain.json.gz").get("chain")) {
            if (entry.get("block").get("number").asLong() > 0) blocks.add(block(entry));
        }
        return blocks;
    }

    private static Block block(JsonNode entry) {
        var block = entry.get("block");
        return new Block(
                header(block), word(block.get("hash")), seals(block), list(entry.get("txs"), FiscoVectors::sent));
    }

    public static Sent sent(JsonNode sent) {
        var transaction = sent.get("transaction");
        var receipt = sent.get("receipt");
        return new Sent(
                transaction(transaction),
                word(transaction.get("hash")),
                transaction.get("from").asString(),
                list(transaction.get("txProof"), FiscoVectors::bytes),
                receipt(receipt),
                word(receipt.get("hash")),
                list(receipt.get("txReceiptProof"), FiscoVectors::bytes));
    }

    public static FiscoHeader header(JsonNode block) {
        var parent = block.get("parentInfo").get(0);
        return new FiscoHeader(
                block.get("version").asInt(),
                block.get("number").asLong(),
                word(parent.get("blockHash")),
                word(block.get("txsRoot")),
                word(block.get("receiptsRoot")),
                word(block.get("stateRoot")),
                block.get("gasUsed").asString(),
                block.get("timestamp").asLong(),
                block.get("sealer").asLong(),
                sealers(block).orElseThrow(),
                bytes(block.get("extraData")));
    }

    private static Verdict<SealerSet> sealers(JsonNode block) {
        return SealerSet.of(
                list(block.get("sealerList"), FiscoVectors::bytes),
                list(block.get("consensusWeights"), JsonNode::asLong));
    }

    public static List<Seal> seals(JsonNode block) {
        return list(
                block.get("signatureList"),
                seal -> new Seal(seal.get("sealerIndex").asLong(), bytes(seal.get("signature"))));
    }

    public static FiscoReceipt receipt(JsonNode receipt) {
        var address = receipt.get("contractAddress").asString();
        return FiscoReceipt.plain(
                receipt.get("gasUsed").asString(),
                address.startsWith("0x") ? address.substring(2) : address,
                receipt.get("status").asInt(),
                bytes(receipt.get("output")),
                list(receipt.get("logEntries"), FiscoVectors::log),
                receipt.get("blockNumber").asLong());
    }

    private static FiscoReceipt.Log log(JsonNode log) {
        return new FiscoReceipt.Log(
                log.get("address").asString(), list(log.get("topics"), FiscoVectors::word), bytes(log.get("data")));
    }

    /// Since 3.3 nodes print the nonce as the hexadecimal of its octets, before as it is.
    private static SignedFiscoTransaction transaction(JsonNode transaction) {
        var nonce = transaction.get("nonce").asString();
        return new SignedFiscoTransaction(
                new FiscoTransaction(
                        transaction.get("chainID").asString(),
                        transaction.get("groupID").asString(),
                        transaction.get("blockLimit").asLong(),
                        Bytes.hex(nonce),
                        transaction.get("to").asString(),
                        bytes(transaction.get("input")),
                        transaction.get("abi").asString()),
                bytes(transaction.get("signature")));
    }

    public static Bytes32 word(JsonNode node) {
        return Bytes32.hex(node.asString());
    }

    public static Bytes bytes(JsonNode node) {
        return Bytes.hex(node.asString());
    }

    public static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        var values = new ArrayList<T>();
        for (var node : array) values.add(read.apply(node));
        return values;
    }
}
