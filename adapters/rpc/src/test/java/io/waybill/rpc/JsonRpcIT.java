package io.waybill.rpc;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.vertx.core.Vertx;
import io.waybill.core.Bytes;
import io.waybill.core.port.ChainException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonRpcIT {
    private static final JsonRpc.Limits SHORT = new JsonRpc.Limits(Duration.ofMillis(700), 4096, 2);
    private static final JsonRpc.Limits LONG = new JsonRpc.Limits(Duration.ofSeconds(20), 4096, 2);
    private static final Vertx VERTX = Vertx.vertx();
    private static final WireMockServer NODE = server();

    private JsonRpc rpc = new JsonRpc(VERTX, List.of(URI.create("http://127.0.0.1:1")), LONG);

    private static WireMockServer server() {
        return new WireMockServer(
                WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    }

    @BeforeAll
    static void start() {
        NODE.start();
    }

    @AfterAll
    static void stop() {
        NODE.stop();
        VERTX.close();
    }

    @BeforeEach
    void connect() {
        NODE.resetAll();
        connect(LONG);
    }

    private void connect(JsonRpc.Limits limits) {
        rpc.close();
        rpc = new JsonRpc(VERTX, List.of(URI.create(NODE.baseUrl() + "/rpc")), limits);
    }

    @AfterEach
    void disconnect() {
        rpc.close();
    }

    private static void answers(ResponseDefinitionBuilder response) {
        NODE.stubFor(post(urlEqualTo("/rpc")).willReturn(response));
    }

    private static void answers(String body) {
        answers(aResponse().withStatus(200).withBody(body));
    }

    private void isUnavailable(String why) {
        assertThatThrownBy(() -> rpc.call("eth_blockNumber"))
                .isInstanceOf(ChainException.Unavailable.class)
                .hasMessageContaining(why);
    }

    @Nested
    class Answers {
        @Test
        void sendsMethodAndParametersAndReadsTheResult() {
            answers("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x539\"}");

            assertThat(rpc.call("eth_getBlockByNumber", "0x1", false).quantity())
                    .isEqualTo(1337);
            NODE.verify(
                    postRequestedFor(urlEqualTo("/rpc"))
                            .withRequestBody(
                                    equalToJson(
                                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBlockByNumber\",\"params\":[\"0x1\",false]}")));
        }

        @Test
        void readsANullResult() {
            answers("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}");

            assertThat(rpc.call("eth_getTransactionReceipt").isNull()).isTrue();
        }

        @Test
        void raisesAnErrorObjectWithItsCodeItsMessageAndItsData() {
            answers(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":3,\"message\":\"Execution reverted\",\"data\":\"0xf988\"}}");

            var error = catchThrowableOfType(RpcError.class, () -> rpc.call("eth_call"));

            assertThat(error.code()).isEqualTo(3);
            assertThat(error.reason()).isEqualTo("Execution reverted");
            assertThat(error.data().bytes()).isEqualTo(Bytes.hex("f988"));
        }

        @Test
        void raisesAnErrorObjectThatCameWithABadRequest() {
            answers(
                    aResponse()
                            .withStatus(400)
                            .withBody(
                                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32600,\"message\":\"Invalid Request\"}}"));

            var error = catchThrowableOfType(RpcError.class, () -> rpc.call("eth_call"));

            assertThat(error.code()).isEqualTo(-32600);
            assertThat(error.data().isNull()).isTrue();
        }
    }

    @Nested
    class Failures {
        @ParameterizedTest
        @ValueSource(ints = {500, 502, 503, 504})
        void takesServerErrorsForOutages(int status) {
            answers(aResponse().withStatus(status).withBody("{\"id\":1,\"error\":{\"code\":1,\"message\":\"x\"}}"));

            isUnavailable("HTTP status " + status);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "<html>busy</html>",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1}}",
                    "{\"id\":1,\"result\":1,\"result\":2}",
                    "[]",
                    "7"
                })
        void takesGarbageForAnOutage(String body) {
            answers(body);

            isUnavailable("eth_blockNumber: expected");
        }

        @Test
        void refusesAnAnswerToAnotherCall() {
            answers("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":\"0x1\"}");

            isUnavailable("eth_blockNumber.id: expected id 1, got 2");
        }

        @Test
        void refusesAnAnswerWithNeitherResultNorError() {
            answers("{\"jsonrpc\":\"2.0\",\"id\":1}");

            isUnavailable("expected a result or an error");
        }

        @ParameterizedTest
        @EnumSource(Fault.class)
        void takesBrokenConnectionsForOutages(Fault fault) {
            answers(aResponse().withFault(fault));

            assertThatThrownBy(() -> rpc.call("eth_blockNumber")).isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void givesUpAtTheDeadline() {
            connect(SHORT);
            answers(aResponse().withFixedDelay(5_000).withBody("{\"id\":1,\"result\":1}"));
            long before = System.nanoTime();

            isUnavailable("no answer in time");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
        }

        @Test
        void givesUpOnABodyThatDribbles() {
            connect(SHORT);
            answers(aResponse().withChunkedDribbleDelay(50, 5_000).withBody("x".repeat(100)));

            isUnavailable("no answer in time");
        }

        @Test
        void readsABodyAsLargeAsTheBoundAndNoLargerOne() {
            var frame = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"\"}";
            answers(frame.replace("\"\"", "\"" + "a".repeat(4096 - frame.length()) + "\""));
            assertThat(rpc.call("eth_blockNumber").text()).hasSize(4096 - frame.length());

            answers("a".repeat(4097));
            isUnavailable("answer larger than 4096 octets");
        }

        @Test
        void nobodyListens() {
            rpc = new JsonRpc(VERTX, List.of(URI.create("http://127.0.0.1:1")), LONG);

            assertThatThrownBy(() -> rpc.call("eth_blockNumber")).isInstanceOf(ChainException.Unavailable.class);
        }
    }

    @Nested
    class Endpoints {
        @Test
        void movesToTheNextAndStaysThere() {
            answers(aResponse().withStatus(200).withBody("{\"id\":2,\"result\":5}"));

            rpc = new JsonRpc(
                    VERTX, List.of(URI.create("http://127.0.0.1:1"), URI.create(NODE.baseUrl() + "/rpc")), LONG);

            assertThat(rpc.call("eth_blockNumber").integer()).isEqualTo(5);
            answers("{\"id\":3,\"result\":6}");
            assertThat(rpc.call("eth_blockNumber").integer()).isEqualTo(6);
        }

        @Test
        void failsWhenAllHaveFailed() {
            answers(aResponse().withStatus(503));
            rpc = new JsonRpc(
                    VERTX, List.of(URI.create("http://127.0.0.1:1"), URI.create(NODE.baseUrl() + "/rpc")), LONG);

            isUnavailable("HTTP status 503");
        }
    }

    /// Two nodes, the second of which answers at once.
    @Nested
    class Slow {
        private void two(JsonRpc.Limits limits) {
            rpc.close();
            var nodes = List.of(URI.create(NODE.baseUrl() + "/slow"), URI.create(NODE.baseUrl() + "/rpc"));
            rpc = new JsonRpc(VERTX, nodes, limits);
            answers("{\"id\":2,\"result\":5}");
        }

        private void first(ResponseDefinitionBuilder response) {
            NODE.stubFor(post(urlEqualTo("/slow")).willReturn(response));
        }

        @Test
        void asksAnotherBesideOneThatDoesNotAnswer() {
            two(LONG);
            first(aResponse().withFixedDelay(15_000));
            assertThat(rpc.call("eth_blockNumber").integer()).isEqualTo(5);
            NODE.verify(1, postRequestedFor(urlEqualTo("/slow")));
        }

        @Test
        void neverHandsSomethingInAtTwoNodesAtOnce() {
            two(SHORT);
            first(aResponse().withFixedDelay(100).withBody("{\"id\":1,\"result\":7}"));
            assertThat(rpc.call("eth_sendRawTransaction", "0x").integer()).isEqualTo(7);
            NODE.verify(0, postRequestedFor(urlEqualTo("/rpc")));
        }

        @Test
        void givesUpAtTheDeadlineWhereNobodyAnswers() {
            two(SHORT);
            first(aResponse().withFixedDelay(15_000));
            answers(aResponse().withFixedDelay(15_000));
            isUnavailable("no answer in time");
        }

        @Test
        void leavesOneAloneThatIsAskedTooMuch() {
            two(LONG);
            first(aResponse().withStatus(429).withHeader("Retry-After", "30"));
            assertThat(rpc.call("eth_blockNumber").integer()).isEqualTo(5);
            answers("{\"id\":3,\"result\":6}");
            assertThat(rpc.call("eth_blockNumber").integer()).isEqualTo(6);
            NODE.verify(1, postRequestedFor(urlEqualTo("/slow")));
        }
    }

    @Nested
    class Threads {
        @Test
        void refusesToBlockAnEventLoop() throws Exception {
            var outcome = new CompletableFuture<Throwable>();
            VERTX.runOnContext(
                    _ -> outcome.complete(catchThrowableOfType(Throwable.class, () -> rpc.call("eth_blockNumber"))));

            assertThat(outcome.get(5, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void stopsWaitingWhenInterrupted() throws Exception {
            answers(aResponse().withFixedDelay(5_000));
            var outcome = new CompletableFuture<Throwable>();
            var caller = Thread.ofVirtual()
                    .start(() ->
                            outcome.complete(catchThrowableOfType(Throwable.class, () -> rpc.call("eth_blockNumber"))));
            caller.interrupt();

            assertThat(outcome.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ChainException.Unavailable.class)
                    .hasMessageContaining("interrupted");
        }
    }
}
