package io.waybill.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ReceiptVerifyCommandTest {
    @TempDir
    Path folder;

    private static Said judge(String kind, Path header, Path receipts, Object... more) {
        var words = new ArrayList<Object>();
        Collections.addAll(words, "receipt", "verify", "--kind", kind, "--header", header, "--receipts", receipts);
        Collections.addAll(words, more);
        return Said.by(words.toArray());
    }

    private Path write(String name, Object value) {
        return new Files(folder).write(name, value.toString());
    }

    private static ObjectNode block() {
        return (ObjectNode) Files.read("besu/qbft-211.json").at("/eth_getBlockByNumber/response/result");
    }

    private static ArrayNode receipts() {
        return (ArrayNode) Files.read("besu/qbft-211.json").at("/eth_getBlockReceipts/response/result");
    }

    @ParameterizedTest
    @CsvSource({
        "qbft, besu/qbft-211.json, besu/qbft-211.json, 12",
        "ibft2, besu/ibft2-14.json, besu/ibft2-14.json, 1",
        "ethereum, evm/anvil-block.json, evm/anvil-block.json, 15",
        "fisco, fisco/std-block2.json, fisco/std-block2-receipts.json, 7",
        "fisco_sm, fisco/sm-block2.json, fisco/sm-block2-receipts.json, 7",
        "conflux, conflux/header-1983.json, conflux/receipts-1978.json, 1",
    })
    void saysEqualOfWhatRealNodesAnswered(String kind, String header, String receipts, int count) {
        var said = judge(kind, Files.vector(header), Files.vector(receipts), "--json");
        assertThat(said.err()).isEmpty();
        assertThat(said.exit()).isEqualTo(WaybillCommand.OK);
        var tree = JsonMapper.shared().readTree(said.out());
        assertThat(tree.path("receipts").intValue()).isEqualTo(count);
        assertThat(tree.path("hash")).isEqualTo(tree.path("statedHash"));
        assertThat(tree.path("header")).isEqualTo(tree.path("rebuilt"));
        assertThat(tree.path("equal").booleanValue()).isTrue();
    }

    @Test
    void printsBothRootsTheHashAndTheVerdict() {
        var header = write("header.json", block());
        var receipts = write("receipts.json", receipts());
        var said = judge("qbft", header, receipts);
        assertThat(said.exit()).isEqualTo(WaybillCommand.OK);
        var root = block().path("receiptsRoot").stringValue();
        assertThat(said.out()).isEqualTo("""
                block     211
                hash      %s, computed, and as stated
                receipts  12
                header    %s
                rebuilt   %s
                equal: the receipts are the block's.
                """.formatted(block().path("hash").stringValue(), root, root));
    }

    @Test
    void takesReceiptsOfAnEvmInAnyOrder() {
        var shuffled = new ArrayList<JsonNode>();
        receipts().forEach(shuffled::addFirst);
        var said = judge("qbft", write("header.json", block()), write("receipts.json", shuffled));
        assertThat(said.exit()).isEqualTo(WaybillCommand.OK);
    }

    @Test
    void takesTheHeaderFiveAboveTheEpochOfConflux() {
        var header = (ObjectNode) Files.read("conflux/header-1983.json");
        var receipts = Files.vector("conflux/receipts-1978.json");
        var bare = judge("conflux", write("bare.json", header.path("rpc")), receipts);
        assertThat(bare.exit()).isEqualTo(WaybillCommand.OK);
        assertThat(bare.out())
                .startsWith("epoch     1978\nhash      not computed: the file does not hold all that is hashed\n")
                .endsWith("equal: the receipts are the epoch's.\n");
        header.remove("rlp");
        var described = judge("conflux", write("described.json", header), receipts);
        assertThat(described.exit()).isEqualTo(WaybillCommand.OK);
        assertThat(described.out()).contains(", computed, and as stated\n");
        ((ObjectNode) header.path("rpc")).put("nonce", "0x1");
        var forged = judge("conflux", write("forged.json", header), receipts);
        assertThat(forged.exit()).isEqualTo(WaybillCommand.REFUSED);
        assertThat(forged.out()).contains(" is stated\n");
    }

    @Nested
    class NotEqual {
        private static final String OTHERS = "NOT EQUAL: these are not the receipts of this block.\n";

        @Test
        void whenOneFieldOfOneReceiptIsAnother() {
            var receipts = receipts();
            ((ObjectNode) receipts.get(3)).put("cumulativeGasUsed", "0x1");
            var said = judge("qbft", write("header.json", block()), write("receipts.json", receipts));
            assertThat(said.exit()).isEqualTo(WaybillCommand.REFUSED);
            assertThat(said.out()).endsWith(OTHERS);
        }

        @Test
        void whenTheLastReceiptIsLeftOut() {
            var receipts = receipts();
            receipts.remove(11);
            var said = judge("qbft", write("header.json", block()), write("receipts.json", receipts));
            assertThat(said.exit()).isEqualTo(WaybillCommand.REFUSED);
            assertThat(said.out()).contains("receipts  11\n").endsWith(OTHERS);
        }

        @Test
        void whenThereIsNone() {
            var said = judge("qbft", write("header.json", block()), write("receipts.json", "[]"));
            assertThat(said.exit()).isEqualTo(WaybillCommand.REFUSED);
            assertThat(said.out())
                    .contains("rebuilt   0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421\n");
        }

        @Test
        void whenTheHeaderDoesNotHashToWhatItStates() {
            var said = judge(
                    "qbft", write("header.json", block().put("gasUsed", "0x1")), write("receipts.json", receipts()));
            assertThat(said.exit()).isEqualTo(WaybillCommand.REFUSED);
            assertThat(said.out())
                    .contains(", computed; " + block().path("hash").stringValue() + " is stated\n")
                    .endsWith("NOT EQUAL: the roots are, but the header's fields do not hash to the hash it states.\n");
        }

        @Test
        void underTheOtherSuiteOfALedger() {
            var said =
                    judge("fisco", Files.vector("fisco/sm-block2.json"), Files.vector("fisco/sm-block2-receipts.json"));
            assertThat(said.exit()).isEqualTo(WaybillCommand.REFUSED);
        }
    }

    @Nested
    class CannotUse {
        @Test
        void receiptsWithAGap() {
            var receipts = receipts();
            receipts.remove(4);
            var said = judge("qbft", write("header.json", block()), write("receipts.json", receipts));
            assertThat(said.exit()).isEqualTo(WaybillCommand.WRONG);
            assertThat(said.err())
                    .endsWith(
                            "receipts.json[4].transactionIndex: expected each index from 0 once, next 4, got \"0x5\"\n");
        }

        @Test
        void aHeaderOfAnotherKind() {
            var said = judge("qbft", Files.vector("fisco/std-block2.json"), write("receipts.json", "[]"));
            assertThat(said.exit()).isEqualTo(WaybillCommand.WRONG);
            assertThat(said.err()).contains("std-block2.json.result: expected a header of this kind (");
        }

        @Test
        void aFileThatIsNotThereOrNotJson() {
            var header = write("header.json", block());
            var absent = judge("qbft", header, folder.resolve("none.json"));
            assertThat(absent.exit()).isEqualTo(WaybillCommand.WRONG);
            assertThat(absent.err()).endsWith("none.json: expected a file, found none\n");
            var text = judge("qbft", header, write("receipts.json", "[{]"));
            assertThat(text.exit()).isEqualTo(WaybillCommand.WRONG);
            assertThat(text.err()).contains("receipts.json: expected JSON, got ");
            var object = judge("qbft", header, write("receipts.json", "{\"error\":{\"code\":-32601}}"));
            assertThat(object.exit()).isEqualTo(WaybillCommand.WRONG);
            assertThat(object.err()).contains("receipts.json: expected an array, got {\"error\"");
        }

        @Test
        void aKindThatThereIsNot() {
            var said = judge("aura", write("header.json", block()), write("receipts.json", "[]"));
            assertThat(said.exit()).isEqualTo(WaybillCommand.WRONG);
            assertThat(said.err()).contains("expected one of").contains("fisco_sm");
        }
    }
}
