package io.waybill.fisco.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.client.fisco.WatcherDigest;
import io.waybill.core.client.fisco.Watchers;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.fisco.FiscoBlock;
import io.waybill.fisco.FiscoBlockJson;
import io.waybill.fisco.Vectors;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WatcherIT {
    private static final ClientRef VERIFIER = new ClientRef(
            new ChainId("eip155:1337"),
            Address.hex("0x42699a7612a82f1d9c36148af9c77354759b210b"),
            new ClientId(Digests.sha256(Bytes.utf8("client"))));
    private static final List<KeyPair> KEYS = IntStream.range(0, 3)
            .mapToObj(i -> KeyPair.named("watcher " + i))
            .sorted(Comparator.comparing(KeyPair::address))
            .toList();

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong head = new AtomicLong(26);
    private final List<WatcherClient.Endpoint> endpoints = new ArrayList<>();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static FiscoHeader header(long height) {
        return FiscoBlockJson.read(FiscoSuite.STANDARD, Vectors.block((int) height))
                .map(FiscoBlock::header)
                .orElseThrow();
    }

    private static Bytes32 hash(long height) {
        return header(height).hash(FiscoSuite.STANDARD);
    }

    private Optional<Verdict<FiscoHeader>> committed(long height) {
        return height > head.get() ? Optional.empty() : Optional.of(Verdict.accept(header(height)));
    }

    private URI watch(KeyPair key, CommittedHeaders node, boolean destination) {
        var verticle = new WatcherVerticle(new Watcher(FiscoSuite.STANDARD, node, key, Journal.inMemory()), 0);
        vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().join();
        var uri = URI.create("http://127.0.0.1:" + verticle.port());
        endpoints.add(new WatcherClient.Endpoint(uri, key.address(), destination));
        return uri;
    }

    private void away(KeyPair key) {
        endpoints.add(new WatcherClient.Endpoint(URI.create("http://127.0.0.1:1"), key.address(), false));
    }

    private WatcherClient client(Duration deadline) {
        return new WatcherClient(vertx, endpoints, deadline);
    }

    private static HttpResponse<String> get(URI watcher, String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(watcher + path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String question(long height) {
        return "/v1/headers/%d?verifier=%s&contract=%s&client=%s"
                .formatted(height, VERIFIER.chain(), VERIFIER.contract(), VERIFIER.id());
    }

    @Nested
    class Serving {
        @Test
        void answersItsSignature() throws Exception {
            var watcher = watch(KEYS.getFirst(), WatcherIT.this::committed, true);

            var answer = get(watcher, question(7));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .isEqualTo("{\"height\":7,\"hash\":\"%s\",\"signature\":\"%s\",\"watcher\":\"%s\"}"
                            .formatted(
                                    hash(7),
                                    KEYS.getFirst().sign(WatcherDigest.of(VERIFIER, 7, hash(7))),
                                    KEYS.getFirst().address()));
        }

        @Test
        void saysThatABlockIsNotThereYet() throws Exception {
            var watcher = watch(KEYS.getFirst(), WatcherIT.this::committed, true);

            assertThat(get(watcher, question(27)).statusCode()).isEqualTo(404);
        }

        @Test
        void declinesAConflict() throws Exception {
            var shown = new AtomicLong(7);
            var watcher = watch(KEYS.getFirst(), _ -> Optional.of(Verdict.accept(header(shown.get()))), true);

            assertThat(get(watcher, question(8)).statusCode()).isEqualTo(409);
        }

        @Test
        void saysThatItsNodeIsAway() throws Exception {
            var watcher = watch(
                    KEYS.getFirst(),
                    _ -> {
                        throw new ChainException.Unavailable("away");
                    },
                    true);

            assertThat(get(watcher, question(7)).statusCode()).isEqualTo(503);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/v1/headers/7",
                    "/v1/headers/0?verifier=eip155:1&contract=0x00&client=0x00",
                    "/v1/headers/x?verifier=eip155:1&contract=0x00&client=0x00",
                    "/v1/headers/7?verifier=eip155:1&contract=0x00&client=0x00",
                    "/v1/headers/7?verifier=nonsense&contract=0x42699a7612a82f1d9c36148af9c77354759b210b&client=0x00"
                })
        void refusesWhatIsNoQuestion(String path) throws Exception {
            var watcher = watch(KEYS.getFirst(), WatcherIT.this::committed, true);

            assertThat(get(watcher, path).statusCode()).isEqualTo(400);
        }

        @Test
        void saysThatItLives() throws Exception {
            assertThat(get(watch(KEYS.getFirst(), WatcherIT.this::committed, true), "/livez")
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    @Nested
    class Collecting {
        private final Watchers rules = new Watchers(
                KEYS.stream().map(KeyPair::address).toList(), Set.of(KEYS.get(1).address()));

        @Test
        void givesWhatTheClientAsksFor() {
            for (int i = 0; i < 3; i++) watch(KEYS.get(i), WatcherIT.this::committed, i == 1);

            var signatures = client(Duration.ofSeconds(20)).signatures(VERIFIER, 7, hash(7));

            assertThat(rules.corroborate(WatcherDigest.of(VERIFIER, 7, hash(7)), signatures)
                            .isAccepted())
                    .isTrue();
        }

        @Test
        void doesWithoutOneThatIsAway() {
            away(KEYS.get(0));
            watch(KEYS.get(1), WatcherIT.this::committed, true);
            watch(KEYS.get(2), WatcherIT.this::committed, false);

            assertThat(client(Duration.ofSeconds(20)).signatures(VERIFIER, 7, hash(7)))
                    .hasSize(2);
        }

        @Test
        void waitsForWatchersThatLag() throws Exception {
            for (int i = 0; i < 3; i++) watch(KEYS.get(i), WatcherIT.this::committed, i == 1);
            head.set(6);
            var asking = Thread.ofVirtual().start(() -> head.set(7));

            assertThat(client(Duration.ofSeconds(20)).signatures(VERIFIER, 7, hash(7)))
                    .hasSizeGreaterThanOrEqualTo(2);
            asking.join();
        }

        @Test
        void saysWhoDidNotSign() {
            away(KEYS.get(0));
            away(KEYS.get(1));
            watch(KEYS.get(2), WatcherIT.this::committed, true);

            assertThatThrownBy(() -> client(Duration.ofSeconds(5)).signatures(VERIFIER, 7, hash(7)))
                    .isInstanceOf(ChainException.Unavailable.class)
                    .hasMessageStartingWith("watchers of header 7: expected ≥ 2 of 3, got 1; http://127.0.0.1:1: ");
        }

        @Test
        void needsOneThatTheDestinationNamed() {
            watch(KEYS.get(0), WatcherIT.this::committed, false);
            watch(KEYS.get(2), WatcherIT.this::committed, false);
            away(KEYS.get(1));

            assertThatThrownBy(() -> client(Duration.ofSeconds(2)).signatures(VERIFIER, 7, hash(7)))
                    .isInstanceOf(ChainException.Unavailable.class)
                    .hasMessageContaining("one of them named by the destination's operators");
        }

        @Test
        void doesNotCountASignatureByAnotherKey() {
            watch(KEYS.get(0), WatcherIT.this::committed, true);
            var uri = watch(KeyPair.named("stranger"), WatcherIT.this::committed, true);
            endpoints.set(1, new WatcherClient.Endpoint(uri, KEYS.get(1).address(), true));

            assertThatThrownBy(() -> client(Duration.ofSeconds(5)).signatures(VERIFIER, 7, hash(7)))
                    .isInstanceOf(ChainException.Unavailable.class)
                    .hasMessageContaining("not a signature by " + KEYS.get(1).address());
        }

        @Test
        void isDishonestWhenAWatcherSignedAnotherHash() {
            for (int i = 0; i < 3; i++) watch(KEYS.get(i), WatcherIT.this::committed, i == 1);

            assertThatThrownBy(() -> client(Duration.ofSeconds(20)).signatures(VERIFIER, 7, hash(8)))
                    .isInstanceOf(ChainException.Dishonest.class);
        }

        @Test
        void hasNoneWhereNoneIsConfigured() {
            assertThatThrownBy(() -> client(Duration.ofSeconds(1)).signatures(VERIFIER, 7, hash(7)))
                    .isInstanceOf(ChainException.Unavailable.class);
        }
    }
}
