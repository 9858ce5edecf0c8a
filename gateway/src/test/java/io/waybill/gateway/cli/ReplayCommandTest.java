package io.waybill.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ReplayCommandTest {
    @TempDir
    Path folder;

    private static ObjectNode block(String file) {
        return (ObjectNode) Files.read(file).at("/eth_getBlockByNumber/response/result");
    }

    private static ArrayNode array() {
        return JsonMapper.shared().createArrayNode();
    }

    @Test
    void printsOneLineForAHeader() {
        var block = block("besu/qbft-211.json");
        var file = new Files(folder).write("headers.json", array().add(block));
        var said = Said.by("client", "replay", "--kind", "qbft", file);
        assertThat(said.exit()).isEqualTo(WaybillCommand.OK);
        assertThat(said.out())
                .isEqualTo("{\"height\":211,\"hash\":%s,\"verdict\":\"accepted\",\"reason\":\"anchor\"}\n"
                        .formatted(block.path("hash")));
    }

    @Test
    void exitsWithOneWhenAHeaderIsRefused() {
        var forged = block("besu/qbft-211.json").put("gasUsed", "0x1");
        var file = new Files(folder).write("headers.json", array().add(forged));
        var said = Said.by("client", "replay", "--kind", "qbft", file);
        assertThat(said.exit()).isEqualTo(WaybillCommand.REFUSED);
        assertThat(said.out()).contains("\"verdict\":\"refused\",\"reason\":\"HeaderHashMismatch: ");
    }

    @Test
    void exitsWithTwoWhenNoHeaderIsThereOrTheFileIsNone() {
        var files = new Files(folder);
        var empty = Said.by("client", "replay", "--kind", "ibft2", files.write("empty.json", "[]"));
        assertThat(empty.exit()).isEqualTo(WaybillCommand.WRONG);
        assertThat(empty.err()).endsWith("empty.json: expected a header at the anchor, found none\n");
        var text = Said.by("client", "replay", "--kind", "fisco", files.write("text.json", "chain"));
        assertThat(text.exit()).isEqualTo(WaybillCommand.WRONG);
        assertThat(text.err()).contains("text.json: expected JSON, got");
        var folderless = Said.by("client", "replay", "--kind", "beacon", files.write("file.json", "{}"));
        assertThat(folderless.exit()).isEqualTo(WaybillCommand.WRONG);
        assertThat(folderless.err()).endsWith("file.json: expected a folder of REST answers\n");
    }

    @Test
    void followsTheCommitteesOfConflux() {
        var file = Files.vector("conflux/pos-epoch-chain.json");
        var said = Said.by("client", "replay", "--kind", "conflux", file);
        assertThat(said.exit()).isEqualTo(WaybillCommand.OK);
        assertThat(said.out().lines()).hasSize(20).allMatch(line -> line.contains("\"verdict\":\"accepted\""));
        var anchored = Said.by("client", "replay", "--kind", "conflux", "--anchor", "3", file);
        assertThat(anchored.exit()).isEqualTo(WaybillCommand.WRONG);
        assertThat(anchored.err()).startsWith("waybill: --anchor: expected none for conflux");
    }

    @Test
    void namesEveryKind() {
        var said = Said.by("client", "replay", "--help");
        assertThat(said.exit()).isEqualTo(WaybillCommand.OK);
        for (var kind : ReplayCommand.Kind.values()) assertThat(said.out()).contains(kind.toString());
    }
}
