package io.waybill.gateway.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.client.fisco.WatcherDigest;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.digest.Secp256k1;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.devnet.fisco.LedgerDevnet;
import io.waybill.gateway.config.ConfigException;
import io.waybill.gateway.config.ConfigReader;
import io.waybill.gateway.config.Keystore;
import io.waybill.gateway.config.WaybillConfig.SignerConfig;
import io.waybill.rpc.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A watcher as operators run one: by a file, with a journal that outlives it, and with health and metrics.
class RunningWitnessIT {
    private static final ClientRef CLIENT = new ClientRef(
            new ChainId("eip155:1337"),
            Address.hex("0x00000000000000000000000000000000000000c1"),
            new ClientId(Digests.sha256(Bytes.utf8("client"))));

    private static Vertx vertx;
    private static LedgerDevnet ledger;
    private static HttpClient http;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        ledger = LedgerDevnet.start(vertx, LedgerDevnet.Options.DEFAULT);
        for (int i = 0; i < 3; i++) ledger.mine();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        ledger.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void key() throws IOException {
        Keystore.write(
                new SignerConfig(folder.resolve("key.json"), folder.resolve("key.password")),
                Digests.sha256(Bytes.utf8("waybill/devnet-key/a watcher")),
                "devnet");
    }

    private Path file(String chain, String crypto) throws IOException {
        return Files.writeString(folder.resolve("watcher.yaml"), """
                http: {host: 127.0.0.1, port: 0}
                ops: {host: 127.0.0.1, port: 0}
                chain: %s
                rpc: %s
                group: group0
                crypto: %s
                journal: state/journal.txt
                signer: {keystore: key.json, password-file: key.password}
                """.formatted(chain, ledger.rpc(), crypto));
    }

    private RunningWitness run() throws IOException {
        return RunningWitness.watcher(ConfigReader.watcher(file("fisco:chain0-group0", "standard")));
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:%d%s".formatted(port, path));
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> ask(RunningWitness watcher, long height)
            throws IOException, InterruptedException {
        return get(
                watcher.port(),
                "/v1/headers/%d?verifier=%s&contract=%s&client=%s"
                        .formatted(
                                height,
                                CLIENT.chain(),
                                CLIENT.contract(),
                                CLIENT.id().value()));
    }

    private static void signs(RunningWitness watcher, long height) throws IOException, InterruptedException {
        var answer = Json.parse("watcher", ask(watcher, height).body().getBytes(StandardCharsets.UTF_8));
        var hash = ledger.header(height).hash(FiscoSuite.STANDARD);
        assertThat(answer.at("hash").bytes32()).isEqualTo(hash);
        assertThat(Secp256k1.recover(
                                WatcherDigest.of(CLIENT, height, hash),
                                answer.at("signature").bytes())
                        .map(Secp256k1::address))
                .contains(KeyPair.named("a watcher").address());
    }

    @Test
    void signsNewAndOldHeadersAndSaysHowItFares() throws IOException, InterruptedException {
        try (var watcher = run()) {
            assertThat(watcher.address()).isEqualTo(KeyPair.named("a watcher").address());
            signs(watcher, 3);
            signs(watcher, 1);
            assertThat(ask(watcher, 9999).statusCode()).isEqualTo(404);
            assertThat(get(watcher.port(), "/v1/headers/x").statusCode()).isEqualTo(400);
            assertThat(get(watcher.opsPort(), "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(watcher.opsPort(), "/metrics").body())
                    .contains("waybill_watcher_answers_total{outcome=\"signed\"} 2.0")
                    .contains("waybill_watcher_answers_total{outcome=\"not_yet\"} 1.0")
                    .contains("waybill_watcher_answers_total{outcome=\"malformed\"} 1.0")
                    .contains("waybill_watcher_height 3.0");
        }
    }

    /// What it promised outlives it: with another hash in the journal it declines, whatever its node shows.
    @Test
    void neverContradictsItsJournalAcrossRestarts() throws IOException, InterruptedException {
        var journal = folder.resolve("state/journal.txt");
        try (var watcher = run()) {
            signs(watcher, 2);
        }
        assertThat(Files.readAllLines(journal)).hasSize(1).first().asString().startsWith("2 0x");
        try (var watcher = run()) {
            signs(watcher, 2);
            assertThatThrownBy(this::run)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("journal that nobody else uses");
        }
        Files.write(journal, List.of("2 " + Digests.sha256(Bytes.utf8("another header"))));
        try (var watcher = run()) {
            var declined = ask(watcher, 2);
            assertThat(declined.statusCode()).isEqualTo(409);
            assertThat(declined.body()).contains("journal: signed");
            assertThat(get(watcher.opsPort(), "/metrics").body())
                    .contains("waybill_watcher_answers_total{outcome=\"declined\"} 1.0");
        }
    }

    @Test
    void startsBesideTheChainThatItIsToldAlone() throws IOException {
        var other = file("fisco:chain0-group1", "standard");
        assertThatThrownBy(() -> RunningWitness.watcher(ConfigReader.watcher(other)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("chain: expected fisco:chain0-group1, the node serves fisco:chain0-group0");
        var national = file("fisco:chain0-group0", "sm");
        assertThatThrownBy(() -> RunningWitness.watcher(ConfigReader.watcher(national)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("crypto: expected SM, the node runs STANDARD");
    }
}
