package io.waybill.evm.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.client.committee.AttestedBlock;
import io.waybill.core.client.committee.Committee;
import io.waybill.core.client.committee.CommitteeAnchor;
import io.waybill.core.client.committee.CommitteeClient;
import io.waybill.core.client.committee.CommitteeParams;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Verifiers over HTTP, and who collects what they say: enough that say the same, each by its own key.
@Timeout(60)
class VerifierClientIT {
    private static final long HEIGHT = 11;
    private static final CommitteeAnchor ANCHOR = new CommitteeAnchor(10, word("block 10"), 1_800_000_000_000L);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final List<KeyPair> KEYS = Stream.of("a", "b", "c")
            .map(name -> KeyPair.named("verifier " + name))
            .toList();
    private static final CommitteeClient CLIENT = new CommitteeClient(new CommitteeParams(
            new ChainId("eip155:1030"),
            new ChainId("fisco:chain0-group0"),
            KeyPair.named("contract").address(),
            new Committee(KEYS.stream().map(KeyPair::address).sorted().toList(), 2),
            86_400_000,
            0,
            ANCHOR));

    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Bytes32 word(String name) {
        return Digests.sha256(Bytes.utf8(name));
    }

    private static AttestedBlock block(String root) {
        return new AttestedBlock(HEIGHT, word("block 11"), word(root), ANCHOR.timeMs());
    }

    private static BlockSource says(String root) {
        return _ -> Optional.of(block(root));
    }

    private static URI serve(BlockSource source, KeyPair key) {
        var verticle = new VerifierVerticle(new Verifier(source, key), 0);
        vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().join();
        return URI.create("http://127.0.0.1:" + verticle.port());
    }

    /// Asks three verifiers, of which each says what its source does.
    private static Bytes asked(BlockSource first, BlockSource second, BlockSource third) {
        var sources = List.of(first, second, third);
        var endpoints = Stream.of(0, 1, 2)
                .map(i -> new VerifierClient.Endpoint(
                        serve(sources.get(i), KEYS.get(i)), KEYS.get(i).address()))
                .toList();
        return collected(endpoints);
    }

    private static Bytes collected(List<VerifierClient.Endpoint> endpoints) {
        try (var client = new VerifierClient(endpoints, 2, SOON)) {
            return client.update(CLIENT.params().verifier(), HEIGHT).encode();
        }
    }

    @Test
    void collectsWhatItsClientBelieves() {
        var update = asked(says("root"), says("root"), says("root"));
        var state = CLIENT.update(CLIENT.anchored(), update, ANCHOR.timeMs()).orElseThrow();
        assertThat(state.latest().receiptsRoot()).isEqualTo(word("root"));
    }

    @Test
    void doesWithoutOneThatLiesOrLags() {
        assertThat(CLIENT.update(CLIENT.anchored(), asked(says("a lie"), says("root"), says("root")), ANCHOR.timeMs())
                        .orElseThrow()
                        .latest()
                        .receiptsRoot())
                .isEqualTo(word("root"));
        assertThat(asked(says("root"), _ -> Optional.empty(), says("root"))).isNotEqualTo(Bytes.EMPTY);
    }

    @Test
    void saysWhatEachAnsweredWhenTooFewSayTheSame() {
        assertThatThrownBy(() -> asked(says("one"), says("another"), _ -> Optional.empty()))
                .isInstanceOf(ChainException.Unavailable.class)
                .hasMessageContaining("expected ≥ 2 of 3 to say the same, got [1, 1]")
                .hasMessageContaining("answered 404");
    }

    @Test
    void countsNoStatementByAnotherKey() {
        var impostor = new VerifierClient.Endpoint(
                serve(says("root"), KeyPair.named("impostor")), KEYS.get(0).address());
        var honest = new VerifierClient.Endpoint(
                serve(says("root"), KEYS.get(1)), KEYS.get(1).address());
        assertThatThrownBy(() -> collected(List.of(impostor, honest)))
                .isInstanceOf(ChainException.Unavailable.class)
                .hasMessageContaining("signed by " + KEYS.get(0).address());
    }

    @Test
    void countsNoStatementOfAnotherBlock() {
        BlockSource another = _ -> Optional.of(new AttestedBlock(12, word("12"), word("root"), ANCHOR.timeMs()));
        assertThatThrownBy(() -> asked(another, another, another))
                .isInstanceOf(ChainException.Unavailable.class)
                .hasMessageContaining("expected a statement of block 11");
    }

    @Test
    void saysThatAVerifierDeclinedWhenItsNodeLies() {
        BlockSource lied = _ -> {
            throw new ChainException.Dishonest("epoch 11: receipts root");
        };
        assertThatThrownBy(() -> asked(lied, lied, says("root")))
                .isInstanceOf(ChainException.Unavailable.class)
                .hasMessageContaining("answered 409");
    }

    @Test
    void refusesQuestionsThatAreNone() throws Exception {
        var uri = serve(says("root"), KEYS.getFirst());
        var ref = CLIENT.params().verifier();
        try (var http = HttpClient.newHttpClient()) {
            for (var path : List.of(
                    "/v1/blocks/0" + query(ref),
                    "/v1/blocks/011" + query(ref),
                    "/v1/blocks/11",
                    "/v1/blocks/11?verifier=x&contract=0x&client=0x")) {
                var request = HttpRequest.newBuilder(uri.resolve(path)).build();
                assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                        .as(path)
                        .isEqualTo(400);
            }
        }
    }

    private static String query(ClientRef ref) {
        return "?verifier=%s&contract=%s&client=%s"
                .formatted(ref.chain(), ref.contract(), ref.id().value());
    }
}
