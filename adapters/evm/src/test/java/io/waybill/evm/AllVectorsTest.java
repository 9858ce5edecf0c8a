package io.waybill.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ReplayLine;
import io.waybill.rpc.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every capture in the vectors folder that `-Dwaybill.vectors` names; skipped without it.
final class AllVectorsTest {
    private static List<Path> files(String folder, String pattern) {
        var root = System.getProperty("waybill.vectors");
        assumeTrue(root != null, "skipped: -Dwaybill.vectors names no folder");
        var base = Path.of(String.valueOf(root), folder);
        try (Stream<Path> found = Files.walk(base)) {
            return found.filter(file -> base.relativize(file).toString().matches(pattern))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Json read(Path file) {
        try {
            return Json.parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClientKind kind(Path file) {
        return file.toString().contains("ibft2") ? ClientKind.IBFT2 : ClientKind.QBFT;
    }

    @TestFactory
    Stream<DynamicTest> everyRecordedChainIsAccepted() {
        return files("own/besu", ".*/(headers|rawHeaders)\\.json|bft-local/.*\\.json").stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    var lines = QbftReplay.of(kind(file), read(file), null);
                    assertThat(ReplayLine.allAccepted(lines)).isTrue();
                    assertThat(lines).hasSizeGreaterThanOrEqualTo(20);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyBlocksReceiptsHaveTheRootOfItsHeader() {
        return files("own/besu", ".*/blocks/\\d+\\.json").stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    var calls = read(file);
                    var block = calls.at("eth_getBlockByNumber").at("response").at("result");
                    var receipts =
                            calls.at("eth_getBlockReceipts").at("response").at("result");
                    var header = BlockJson.read(kind(file), block).orElseThrow();
                    assertThat(EvmReceipts.root(receipts.list())).isEqualTo(header.receiptsRoot());
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyExecutionBlocksReceiptsHaveTheRootOfItsHeader() {
        return Stream.concat(
                        files("own/evm", "anvil/anvil-block\\.json").stream(),
                        files("third-party/mpt", "helios/block\\.json").stream())
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    var json = read(file);
                    boolean whole = json.node().has("block");
                    var block = whole ? json.at("block") : json;
                    var receipts = whole ? json.at("receipts") : read(file.resolveSibling("receipts.json"));
                    var header = BlockJson.execution(block).orElseThrow();
                    assertThat(header.hash()).isEqualTo(block.at("hash").bytes32());
                    assertThat(EvmReceipts.root(receipts.list())).isEqualTo(header.receiptsRoot());
                }));
    }
}
