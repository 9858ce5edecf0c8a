package io.waybill.fisco;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
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
import io.waybill.core.ChainId;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.SignedFiscoTransaction;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

/// A real node's answers, as they were captured, and what can happen to them on the way.
final class FiscoNodeIT {
    private static final ChainId GROUP = new ChainId("fisco:chain0-group0");
    private static final Address OUTBOX = Address.hex("0x6849f21d1e455e9f0712b1e99fa4fcd23758e8f1");
    private static final Vertx VERTX = Vertx.vertx();
    private static final WireMockServer PEER = new WireMockServer(WireMockConfiguration.options()
            .bindAddress("127.0.0.1")
            .dynamicPort()
            .globalTemplating(true));

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
        answers("getGroupInfo", Vectors.read("live_std/getGroupInfo.json").at("result"));
        answers("getBlockNumber", number(26));
    }

    private static JsonRpc rpc(Duration deadline) {
        return new JsonRpc(VERTX, List.of(URI.create(PEER.baseUrl() + "/")), new JsonRpc.Limits(deadline, 1 << 20, 4));
    }

    private static FiscoNode node() {
        return new FiscoNode(rpc(Duration.ofSeconds(20)), "group0", FiscoSuite.STANDARD);
    }

    private static FiscoAccount account(Duration call, Duration deadline) {
        return FiscoAccount.open(rpc(call), GROUP, "group0", FiscoSuite.STANDARD, KeyPair.named("account"), deadline);
    }

    private static Json number(long number) {
        return Json.parse("number", Long.toString(number).getBytes(StandardCharsets.UTF_8));
    }

    private static void stub(String method, ResponseDefinitionBuilder response) {
        PEER.stubFor(post(urlEqualTo("/"))
                .withRequestBody(matchingJsonPath("$.method", equalTo(method)))
                .willReturn(response));
    }

    private static ResponseDefinitionBuilder body(String member, String value) {
        return aResponse()
                .withBody("{\"jsonrpc\":\"2.0\",\"id\":{{jsonPath request.body '$.id'}},\"%s\":%s}"
                        .formatted(member, value));
    }

    private static void answers(String method, Json value) {
        stub(method, body("result", value.node().toString()));
    }

    private static void fails(String method, long code, String message) {
        stub(method, body("error", "{\"code\":%d,\"message\":\"%s\"}".formatted(code, message)));
    }

    /// One real block, with the receipts of its transactions.
    private static void shows(int height) {
        answers("getBlockByNumber", Vectors.block(height));
        for (var tx : Vectors.transactions(height)) showsReceipt(tx.at("receipt"));
    }

    private static void showsReceipt(Json receipt) {
        PEER.stubFor(post(urlEqualTo("/"))
                .withRequestBody(matchingJsonPath("$.method", equalTo("getTransactionReceipt")))
                .withRequestBody(matchingJsonPath(
                        "$.params[2]", equalTo(receipt.at("transactionHash").text())))
                .willReturn(body("result", receipt.node().toString())));
    }

    @Nested
    class Blocks {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 13, 17, 26})
        void areReadWithTheirReceipts(int height) {
            shows(height);

            var block = new FiscoBlocks(node()).at(height);

            assertThat(block.receipts()).hasSize(Vectors.transactions(height).size());
            assertThat(block.timeMs())
                    .isEqualTo(Vectors.block(height).at("timestamp").integer());
        }

        @Test
        void areDishonestWithAnAlteredReceipt() {
            shows(2);
            showsReceipt(Vectors.with(Vectors.transactions(2).getFirst().at("receipt"), "gasUsed", "33335"));

            assertThatThrownBy(() -> new FiscoBlocks(node()).at(2))
                    .isInstanceOf(ChainException.Dishonest.class)
                    .hasMessageContaining("receipts root of block 2");
        }

        @Test
        void areDishonestWithTheReceiptOfAnotherTransaction() {
            shows(2);
            var first = Vectors.transactions(2).get(0).at("receipt");
            var second = Vectors.transactions(2).get(1).at("receipt");
            PEER.stubFor(post(urlEqualTo("/"))
                    .withRequestBody(matchingJsonPath("$.method", equalTo("getTransactionReceipt")))
                    .withRequestBody(matchingJsonPath(
                            "$.params[2]", equalTo(first.at("transactionHash").text())))
                    .willReturn(body("result", second.node().toString())));

            assertThatThrownBy(() -> new FiscoBlocks(node()).at(2)).isInstanceOf(ChainException.Dishonest.class);
        }

        @Test
        void areUnavailableOnceATransactionOfTheirsWasExecutedAgain() {
            shows(7);

            assertThatThrownBy(() -> new FiscoBlocks(node()).at(7))
                    .isInstanceOf(ChainException.Unavailable.class)
                    .hasMessageContaining("in block 7: the node shows the one in block 8");
        }

        @Test
        void areDishonestWithATransactionLeftOut() {
            shows(2);
            var hashes = Vectors.block(2).at("transactions").list(Json::text);
            answers("getBlockByNumber", Vectors.with(Vectors.block(2), "transactions", hashes.subList(0, 6)));

            assertThatThrownBy(() -> new FiscoBlocks(node()).at(2))
                    .isInstanceOf(ChainException.Dishonest.class)
                    .hasMessageContaining("transactions root of block 2");
        }

        @Test
        void areDishonestWithAnotherHeaderThanTheirHash() {
            answers("getBlockByNumber", Vectors.with(Vectors.block(2), "receiptsRoot", "0x" + "11".repeat(32)));

            assertThatThrownBy(() -> new FiscoBlocks(node()).header(2))
                    .isInstanceOf(ChainException.Dishonest.class)
                    .hasMessageContaining("hash: node says");
        }

        @Test
        void areDishonestAtAnotherHeight() {
            answers("getBlockByNumber", Vectors.block(3));

            assertThatThrownBy(() -> new FiscoBlocks(node()).header(2)).isInstanceOf(ChainException.Dishonest.class);
        }

        @Test
        void areNotThereYetAboveTheHead() {
            fails("getBlockByNumber", -32_000, "no such block");

            assertThat(node().block(27)).isEmpty();
        }

        @Test
        void areUnavailableWhenTheNodeFailsBelowItsHead() {
            fails("getBlockByNumber", -32_000, "storage");

            assertThatThrownBy(() -> node().block(26)).isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void areUnavailableWhenTheyAreNoBlocks() {
            answers("getBlockByNumber", Vectors.read("live_std/call.json").at("result"));

            assertThatThrownBy(() -> new FiscoBlocks(node()).header(2)).isInstanceOf(ChainException.Unavailable.class);
        }
    }

    @Nested
    class Groups {
        @Test
        void areReadFromARealNode() {
            assertThat(node().groupInfo()).isEqualTo(new GroupInfo("chain0", "group0", false, false));
        }

        @Test
        void areRefusedWithSmCrypto() {
            answers("getGroupInfo", Vectors.read("live_sm/getGroupInfo.json").at("result"));

            assertThatThrownBy(() -> account(Duration.ofSeconds(20), Duration.ofSeconds(5)))
                    .isInstanceOf(ChainException.Refused.class)
                    .hasMessageContaining("standard crypto");
        }
    }

    @Nested
    class Calls {
        @Test
        void answerWhatTheContractReturned() {
            answers("call", Vectors.read("live_std/call.json").at("result"));

            assertThat(account(Duration.ofSeconds(20), Duration.ofSeconds(5)).call(OUTBOX, Bytes.hex("affed0e0")))
                    .isEqualTo(Bytes.concat(Bytes.of(new byte[31]), Bytes.of(7)));
        }

        @Test
        void areRefusedInTheWordsOfTheContract() {
            var reverted = Vectors.read("live_std/revert_response.json").at("result");
            stub(
                    "call",
                    body(
                            "result",
                            "{\"blockNumber\":3,\"status\":16,\"output\":%s}"
                                    .formatted(reverted.at("output").node())));

            assertThatThrownBy(() -> account(Duration.ofSeconds(20), Duration.ofSeconds(5))
                            .call(OUTBOX, Bytes.EMPTY))
                    .isInstanceOf(ChainException.Refused.class)
                    .hasMessage("call: status 16 (reverted): Error(reason=no)");
        }
    }

    @Nested
    class Transactions {
        @Test
        void areRefusedByThePoolInItsWords() {
            fails("sendTransaction", 10_006, "InvalidChainId");
            fails("getTransactionReceipt", -32_000, "none");

            assertThatThrownBy(() -> account(Duration.ofSeconds(20), Duration.ofSeconds(5))
                            .transact(OUTBOX, Bytes.EMPTY))
                    .isInstanceOf(ChainException.Refused.class)
                    .hasMessageContaining("status 10006 (wrong chain id), InvalidChainId");
        }

        @Test
        void areSentAgainOctetForOctetWhileTheirOutcomeIsUnknown() {
            stub("sendTransaction", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
            fails("getTransactionReceipt", -32_000, "none");
            var account = account(Duration.ofSeconds(2), Duration.ofMillis(600));

            for (int turn = 0; turn < 2; turn++) {
                assertThatThrownBy(() -> account.transact(OUTBOX, Bytes.hex("affed0e0")))
                        .isInstanceOf(ChainException.Unavailable.class)
                        .hasMessageContaining("outcome unknown");
            }

            var sent = PEER
                    .findAll(postRequestedFor(urlEqualTo("/"))
                            .withRequestBody(matchingJsonPath("$.method", equalTo("sendTransaction"))))
                    .stream()
                    .map(request -> Json.parse("request", request.getBody())
                            .at("params")
                            .list()
                            .get(2)
                            .bytes())
                    .distinct()
                    .toList();
            assertThat(sent).hasSize(1);
            var read = SignedFiscoTransaction.decode(FiscoSuite.STANDARD, sent.getFirst())
                    .orElseThrow();
            assertThat(read.transaction().chainId()).isEqualTo("chain0");
            assertThat(read.transaction().groupId()).isEqualTo("group0");
            assertThat(read.transaction().blockLimit()).isEqualTo(526);
            assertThat(read.transaction().to()).isEqualTo(OUTBOX.toHex());
            assertThat(read.transaction().input()).isEqualTo(Bytes.hex("affed0e0"));
            assertThat(read.sender(FiscoSuite.STANDARD))
                    .contains(KeyPair.named("account").address());
        }

        @Test
        void areSignedAnewOnceTheChainHasPassedTheirBlockLimit() {
            stub("sendTransaction", aResponse().withFault(Fault.EMPTY_RESPONSE));
            fails("getTransactionReceipt", -32_000, "none");
            var account = account(Duration.ofSeconds(2), Duration.ofMillis(300));
            assertThatThrownBy(() -> account.transact(OUTBOX, Bytes.EMPTY)).isInstanceOf(ChainException.class);
            answers("getBlockNumber", number(527));

            assertThatThrownBy(() -> account.transact(OUTBOX, Bytes.EMPTY)).isInstanceOf(ChainException.class);

            assertThat(PEER
                            .findAll(postRequestedFor(urlEqualTo("/"))
                                    .withRequestBody(matchingJsonPath("$.method", equalTo("sendTransaction"))))
                            .stream()
                            .map(request -> Json.parse("request", request.getBody())
                                    .at("params")
                                    .list()
                                    .get(2)
                                    .bytes())
                            .distinct())
                    .hasSize(2);
        }

        @Test
        void areNotBelievedOfAnotherTransaction() {
            answers(
                    "sendTransaction",
                    Vectors.read("live_std/send_responses.json")
                            .list()
                            .getFirst()
                            .at("result"));
            fails("getTransactionReceipt", -32_000, "none");

            assertThatThrownBy(() -> account(Duration.ofSeconds(20), Duration.ofMillis(300))
                            .transact(OUTBOX, Bytes.EMPTY))
                    .isInstanceOf(ChainException.Unavailable.class)
                    .hasMessageContaining("node answered for 0x43f3d66b");
        }
    }

    @Nested
    class Outages {
        @ParameterizedTest
        @EnumSource(Fault.class)
        void surviveBrokenConnections(Fault fault) {
            stub("getBlockNumber", aResponse().withFault(fault));

            assertThatThrownBy(() -> node().height()).isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void surviveGarbage() {
            stub("getBlockNumber", aResponse().withBody("<html>"));

            assertThatThrownBy(() -> node().height()).isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void surviveDelays() {
            stub("getBlockNumber", body("result", "26").withFixedDelay(5_000));
            var impatient = new FiscoNode(rpc(Duration.ofMillis(300)), "group0", FiscoSuite.STANDARD);

            assertThatThrownBy(impatient::height).isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void surviveAnswersWithoutEnd() {
            stub("getBlockByNumber", body("result", "\"" + "0".repeat(2 << 20) + "\""));

            assertThatThrownBy(() -> node().block(2)).isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void surviveANegativeHeight() {
            answers("getBlockNumber", number(-1));

            assertThatThrownBy(() -> node().height()).isInstanceOf(ChainException.Unavailable.class);
        }
    }
}
