package io.waybill.fisco.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.client.ReplayLine.Outcome;
import io.waybill.core.client.fisco2.Fisco2Rules;
import io.waybill.core.digest.Digests;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco2.HexadecimalTree;
import io.waybill.rpc.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What others published of 2.x chains, read from the folder that the system property `waybill.vectors` names;
/// without it these tests are skipped.
class Fisco2VectorsTest {
    private static final FiscoSuite SUITE = FiscoSuite.STANDARD;

    private static Json read(String name) throws IOException {
        var folder = System.getProperty("waybill.vectors");
        if (folder == null) abort("waybill.vectors: names no folder of vectors");
        var file = Path.of(String.valueOf(folder), "third-party", "fisco", name + ".json");
        return Values.result(Json.parse(name, Files.readAllBytes(file)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2x_docs_api_L631", "2x_docs_api_L689", "2x_docs_api_L745", "2x_docs_console_L776",
                "2x_docs_console_L811", "2x_docs_console_java_L723", "2x_docs_console_java_L756", "2x_ipfsgate_block8",
                "2x_wecross_header9", "2x_wecross_header35"
            })
    void headersHashAsTheyState(String name) throws IOException {
        var json = read(name);
        var lines = Fisco2Replay.of(SUITE, json, null);

        assertThat(lines)
                .extracting(ReplayLine::hash)
                .containsExactly(json.at("hash").bytes32());
        assertThat(ReplayLine.allAccepted(lines)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2x_docs_api_L631,1",
        "2x_docs_api_L745,3",
        "2x_docs_console_L811,3",
        "2x_docs_console_java_L756,3",
        "2x_ipfsgate_block8,3"
    })
    void sealsAreTheSealers(String name, int count) throws IOException {
        var block = Fisco2BlockJson.read(SUITE, read(name)).orElseThrow();

        assertThat(block.seals()).hasSize(count);
        assertThat(new Fisco2Rules(SUITE).sealed(block.header(), block.header().sealers(), block.seals()))
                .isEqualTo(Verdict.accept(block.header().hash(SUITE)));
    }

    @Test
    void oneSealLessIsNoQuorumAndAnotherSignatureNoSeal() throws IOException {
        var json = read("2x_docs_api_L745");
        var seals = (ArrayNode) json.node().get("signatureList");
        var last = (ObjectNode) seals.remove(2);
        assertThat(Fisco2Replay.of(SUITE, json, null).getLast().reason()).startsWith("TooFewSealers: ");
        last.put("signature", seals.get(0).get("signature").stringValue());
        seals.add(last);
        assertThat(Fisco2Replay.of(SUITE, json, null).getLast().reason()).startsWith("SealerSignatureInvalid: ");
    }

    @Test
    void anEditedHeaderIsRefused() throws IOException {
        var lines = Fisco2Replay.of(SUITE, read("2x_wecross_header_40"), null);

        assertThat(lines.getLast().verdict()).isEqualTo(Outcome.REFUSED);
        assertThat(lines.getLast().reason()).startsWith("HashMismatch: ");
    }

    @Test
    void aStubsOwnFormatIsNoHeader() throws IOException {
        var lines = Fisco2Replay.of(SUITE, read("2x_wecross_block331_25"), null);

        assertThat(lines.getLast().reason()).startsWith("MalformedBlock: ");
    }

    @ParameterizedTest
    @CsvSource({"9,1", "35,2"})
    void receiptProofsEndInTheHeadersRoot(String block, int units) throws IOException {
        var root = read("2x_wecross_header" + block).at("receiptsRoot").bytes32();
        var proven = read("2x_wecross_receiptproof" + block);
        var json = proven.at("transactionReceipt");
        var receipt = Fisco2ReceiptJson.read(json, false);
        long index = Values.number(json.at("transactionIndex"), 0);
        var proof = Fisco2ReceiptJson.proof(proven.at("receiptProof"));
        var rows = HexadecimalTree.rows(proof, index).orElseThrow();

        assertThat(rows).hasSize(units - 1);
        assertThat(HexadecimalTree.verify(SUITE, receipt.hash(SUITE), rows, index, root))
                .isEqualTo(Verdict.accept(index));
        var other = Digests.sha256(Bytes.utf8("other"));
        assertThat(HexadecimalTree.verify(SUITE, other, rows, index, root).isAccepted())
                .isFalse();
        if (units == 1) {
            assertThat(Fisco2Receipts.root(
                            SUITE,
                            new Json("receipts", Json.MAPPER.createArrayNode().add(proven.node()))))
                    .isEqualTo(root);
        }
    }

    @ParameterizedTest
    @CsvSource({"9,9_50", "35,35_36"})
    void transactionProofsEndInTheHeadersRoot(String block, String receipt) throws IOException {
        var header = read("2x_wecross_header" + block);
        var json = read("2x_wecross_receipt" + receipt);
        long index = Values.number(json.at("transactionIndex"), 0);
        var rows = HexadecimalTree.rows(Fisco2ReceiptJson.proof(json.at("txProof")), index)
                .orElseThrow();
        var hash = json.at("transactionHash").bytes32();

        assertThat(HexadecimalTree.verify(
                        SUITE, hash, rows, index, header.at("transactionsRoot").bytes32()))
                .isEqualTo(Verdict.accept(index));
        List<Bytes32> all = Fisco2BlockJson.read(SUITE, header).orElseThrow().transactions();
        assertThat(HexadecimalTree.root(SUITE, all))
                .isEqualTo(header.at("transactionsRoot").bytes32());
    }

    /// No header of theirs was published: only the shape can be judged.
    @Test
    void proofsOfThreeRowsAreReadStrictly() throws IOException {
        var proven = read("2x_docs_api_L1366");
        long index = Values.number(proven.at("transactionReceipt").at("transactionIndex"), 0);
        var proof = Fisco2ReceiptJson.proof(proven.at("receiptProof"));

        assertThat(HexadecimalTree.rows(proof, index).orElseThrow())
                .extracting(List::size)
                .containsExactly(15, 5);
        assertThat(HexadecimalTree.rows(proof, index + 1).isAccepted()).isFalse();
    }

    @Test
    void aTransactionHashesAsItStatesAndItsSenderSignedIt() throws IOException {
        var block = read("2x_docs_api_L631");
        var json = block.at("transactions").list().getFirst();
        var transaction = Fisco2TransactionJson.read(json);
        var signature = Fisco2TransactionJson.signature(json);
        var hash = transaction.hash(SUITE, signature);

        assertThat(hash).isEqualTo(json.at("hash").bytes32());
        assertThat(transaction.sender(SUITE, signature))
                .contains(json.at("from").address());
        assertThat(HexadecimalTree.root(SUITE, List.of(hash)))
                .isEqualTo(block.at("transactionsRoot").bytes32());
    }
}
