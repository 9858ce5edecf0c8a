package io.waybill.evm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.ClientKind;
import io.waybill.core.port.ChainException;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// A real node's answers, as they were captured, and what can happen to them on the way.
final class EvmNodeIT {
    private static final Address CONTRACT = Address.hex("0x42699a7612a82f1d9c36148af9c77354759b210b");
    private static final Vertx VERTX = Vertx.vertx();
    private static final WireMockServer PEER = new WireMockServer(WireMockConfiguration.options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .globalTemplating(true));

    private SealedNode node = connect(Duration.ofSeconds(20));

    @BeforeAll
    static void start() {
        PEER.start();
    }

    @AfterAll
    static void stop() {
        PEER.stop();
        VERTX.close();
    }

    @BeforeEach
    void reset() {
        PEER.resetAll();
        node = connect(Duration.ofSeconds(20));
    }

    private static SealedNode connect(Duration deadline) {
        var port = PEER.isRunning() ? PEER.port() : 1;
        var limits = new JsonRpc.Limits(deadline, 1 << 20, 2);
        return new SealedNode(
                new JsonRpc(VERTX, List.of(URI.create("http://127.0.0.1:" + port + "/")), limits), ClientKind.QBFT);
    }

    private static void answers(String method, ResponseDefinitionBuilder response) {
        PEER.stubFor(post(urlEqualTo("/"))
                .withRequestBody(matchingJsonPath("$.method", equalTo(method)))
                .willReturn(response));
    }

    private static void answers(String method, String member, Json value) {
        answers(
                method,
                aResponse()
                        .withBody("{\"jsonrpc\":\"2.0\",\"id\":{{jsonPath request.body '$.id'}},\"%s\":%s}"
                                .formatted(member, value.node())));
    }

    private static void shows(long height) {
        answers("eth_getBlockByNumber", "result", Vectors.block(height, "eth_getBlockByNumber"));
        answers("eth_getBlockReceipts", "result", Vectors.block(height, "eth_getBlockReceipts"));
    }

    private static void fails(String method, String captured) {
        answers(
                method,
                "error",
                Vectors.read("errors.json").at(captured).at("response").at("error"));
    }

    @Nested
    class Blocks {
        @ParameterizedTest
        @ValueSource(longs = {206, 207, 208, 209, 211, 212, 354})
        void readsRealBlocksWithTheirReceipts(long height) {
            shows(height);

            assertThat(node.block(height).header().number()).isEqualTo(height);
        }

        @Test
        void tellsEventsByTheirPlaceInTheirReceipt() {
            shows(211);

            var logs = node.logs(211);

            assertThat(logs).hasSizeGreaterThan(10);
            assertThat(logs.getFirst().address()).isEqualTo(CONTRACT);
            assertThat(logs.getFirst().timeMs()).isEqualTo(0x6b036c24L * 1000);
            assertThat(logs).anyMatch(log -> log.logIndex() == 9);
            assertThat(logs).filteredOn(log -> log.txIndex() == 0).hasSize(1);
        }

        @Test
        void isUnavailableWhenTheNodeHasNoSuchBlock() {
            answers(
                    "eth_getBlockByNumber",
                    "result",
                    Vectors.read("errors.json").at("futureBlock").at("response").at("result"));

            assertThatThrownBy(() -> node.header(16_777_215)).isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void callsANodeDishonestThatShowsAnotherHeight() {
            shows(207);

            assertThatThrownBy(() -> node.header(208)).isInstanceOf(ChainException.Dishonest.class);
        }

        @Test
        void callsANodeDishonestThatStatesAnotherHash() {
            var block = Vectors.block(207, "eth_getBlockByNumber");
            ((ObjectNode) block.node()).put("hash", "0x" + "22".repeat(32));
            answers("eth_getBlockByNumber", "result", block);

            assertThatThrownBy(() -> node.header(207)).isInstanceOf(ChainException.Dishonest.class);
        }

        @Test
        void callsANodeDishonestWhoseReceiptsAreNotThoseOfTheHeader() {
            shows(211);
            var receipts = Vectors.block(211, "eth_getBlockReceipts");
            var log = receipts.list().getFirst().at("logs").list().getFirst();
            ((ObjectNode) log.node()).put("data", "0x00");
            answers("eth_getBlockReceipts", "result", receipts);

            assertThatThrownBy(() -> node.block(211))
                    .isInstanceOf(ChainException.Dishonest.class)
                    .hasMessageContaining("expected root");
        }

        @Test
        void callsANodeDishonestThatHidesAReceipt() {
            shows(211);
            var receipts = Vectors.block(211, "eth_getBlockReceipts");
            ((tools.jackson.databind.node.ArrayNode) receipts.node()).remove(11);
            answers("eth_getBlockReceipts", "result", receipts);

            assertThatThrownBy(() -> node.block(211)).isInstanceOf(ChainException.Dishonest.class);
        }
    }

    @Nested
    class Errors {
        @Test
        void readsARevertAsARefusalThatSaysItsData() {
            fails("eth_call", "revertCall");

            assertThatThrownBy(() -> node.call(CONTRACT, Bytes.hex("132e4f3c")))
                    .isInstanceOf(ChainException.Refused.class)
                    .hasMessageContaining("0xf988f737");
        }

        @Test
        void takesAnUnknownMethodForARefusal() {
            fails("eth_call", "unknownMethod");

            assertThatThrownBy(() -> node.call(CONTRACT, Bytes.EMPTY)).isInstanceOf(ChainException.Refused.class);
        }

        @Test
        void takesAnUnknownBlockForAnOutage() {
            fails("eth_getBlockByNumber", "finalized");

            assertThatThrownBy(() -> node.header(7)).isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void missesAContractThatAnswersNothing() {
            answers("eth_call", "result", Json.parse("empty", new byte[] {'"', '0', 'x', '"'}));

            assertThatThrownBy(() -> node.call(CONTRACT, Bytes.EMPTY))
                    .isInstanceOf(ChainException.Refused.class)
                    .hasMessageContaining(CONTRACT.toHex());
        }
    }

    @Nested
    class Outages {
        @ParameterizedTest
        @EnumSource(Fault.class)
        void survivesBrokenConnections(Fault fault) {
            answers("eth_blockNumber", aResponse().withFault(fault));

            assertThatThrownBy(node::head).isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void survivesGarbage() {
            answers("eth_blockNumber", aResponse().withBody("<html>"));

            assertThatThrownBy(node::head).isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void survivesDelays() {
            answers("eth_blockNumber", aResponse().withFixedDelay(5_000).withBody("{}"));
            node = connect(Duration.ofMillis(300));

            assertThatThrownBy(node::head).isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void survivesAReceiptThatIsNotThereYet() {
            answers("eth_getTransactionReceipt", "result", new Json("none", Json.MAPPER.nullNode()));

            assertThat(node.receipt(Bytes32.ZERO)).isEmpty();
        }
    }
}
