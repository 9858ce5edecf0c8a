package io.waybill.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.devnet.conflux.ConfluxDevnet;
import io.waybill.gateway.RunningMember;
import io.waybill.gateway.bundle.Anchor;
import io.waybill.gateway.bundle.AnchorJson;
import io.waybill.gateway.bundle.FormatException;
import io.waybill.gateway.config.ConfigException;
import io.waybill.gateway.config.ConfigReader;
import io.waybill.gateway.config.Keystore;
import io.waybill.gateway.config.WaybillConfig.SignerConfig;
import io.waybill.gateway.demo.Demo;
import io.waybill.gateway.demo.DemoFiles;
import io.waybill.gateway.demo.FirstCrossing;
import io.waybill.gateway.witness.RunningWitness;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import io.waybill.testkit.TestEas;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What operators do who bring a Conflux chain to a ledger, by the commands and files that they are given: an
/// anchor, a verifier each, a plan, a member.
@Timeout(300)
class ConfluxOperatorsIT {
    private static final List<String> ACCOUNTS =
            List.of("evm-deployer", "evm-signer", "ledger-deployer", "ledger-signer");

    private static final String SCHEMA = "string lot,bool passed";

    private static Vertx vertx;
    private static Demo demo;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        assumeTrue(ConfluxDevnet.isAvailable(), "the Conflux node exists for Linux on x64 only");
        vertx = Vertx.vertx();
        var network = ConfluxDevnet.Options.DEFAULT.withFunded(Stream.concat(ACCOUNTS.stream(), Stream.of("attester"))
                .map(ConfluxOperatorsIT::secret)
                .toList());
        demo = Demo.start(vertx, Demo.Options.EPHEMERAL.with(network));
    }

    @AfterAll
    static void stop() {
        if (vertx == null) return;
        demo.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Bytes32 secret(String role) {
        return Digests.sha256(Bytes.utf8("waybill/devnet-key/operators " + role));
    }

    private void key(String role) throws IOException {
        Keystore.write(
                new SignerConfig(folder.resolve(role + ".json"), folder.resolve(role + ".password")),
                secret(role),
                "devnet");
    }

    private static String account(String role) {
        return KeyPair.of(secret(role)).address().toHex();
    }

    private static String eSpace() {
        return demo.conflux().eSpace(0).toString();
    }

    private static String core() {
        return demo.conflux().core(0).toString();
    }

    private Path anchor(String name, Object... more) {
        var file = folder.resolve(name);
        var words = new ArrayList<Object>(
                List.of("client", "anchor", "--chain", "eip155:1235", "--rpc", eSpace(), "--core-rpc", core()));
        words.addAll(List.of("--out", file));
        words.addAll(List.of(more));
        var said = Said.by(words.toArray());
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).contains("compare this hash");
        return file;
    }

    private Path verifier(int number, Path anchor) throws IOException {
        key("verifier-" + number);
        return Files.writeString(folder.resolve("verifier-%d.yaml".formatted(number)), """
                http: {host: 127.0.0.1, port: 0}
                ops: {host: 127.0.0.1, port: 0}
                chain: eip155:1235
                rpc: ["%s"]
                core-rpc: ["%s"]
                anchor: %s
                state: state/verifier-%d.json
                signer: {keystore: verifier-%d.json, password-file: verifier-%d.password}
                """.formatted(
                        eSpace(), core(), anchor, number, number, number));
    }

    private static RunningWitness run(Path config) {
        return RunningWitness.verifier(ConfigReader.verifier(config));
    }

    private Path plan(List<RunningWitness> verifiers, Address eas) throws IOException {
        for (var role : ACCOUNTS) key(role);
        var speak = verifiers.stream()
                .map(verifier -> "{uri: \"http://127.0.0.1:%d\", address: \"%s\"}"
                        .formatted(verifier.port(), verifier.address()))
                .toList();
        var watch = IntStream.range(0, 3)
                .mapToObj(i -> "{uri: \"%s\", address: \"%s\", destination: %s}"
                        .formatted(
                                demo.watchers().get(i),
                                KeyPair.named("watcher-" + (i + 1)).address(),
                                i == 0))
                .toList();
        return Files.writeString(folder.resolve("plan.yaml"), """
                chains:
                  - kind: conflux
                    id: eip155:1235
                    rpc: ["%s"]
                    core-rpc: ["%s"]
                    verifiers: %s
                    needed: 2
                %s
                  - kind: fisco
                    id: fisco:chain0-group0
                    rpc: ["%s"]
                    group: group0
                    crypto: standard
                    version-floor: 3.6.0
                    watchers: %s
                %s
                lanes:
                  - {name: evm-to-ledger, source: "eip155:1235", destination: "fisco:chain0-group0", max-packet: 8192,
                     window: 100, max-timeout: P7D, senders: ["%s"]}
                  - {name: ledger-to-evm, source: "fisco:chain0-group0", destination: "eip155:1235", max-packet: 8192,
                     window: 100, max-timeout: P7D, senders: ["%s"]}
                eas:
                  - {lane: evm-to-ledger, contract: "%s", schemas: ["%s"], attesters: ["%s"]}
                """.formatted(
                        eSpace(),
                        core(),
                        speak,
                        side("evm"),
                        demo.ledger().rpc(),
                        watch,
                        side("ledger"),
                        account("evm-signer"),
                        account("ledger-signer"),
                        eas,
                        TestEas.schemaUid(SCHEMA, Address.ZERO),
                        account("attester")));
    }

    private static String side(String chain) {
        return """
                deployer: {keystore: %1$s-deployer.json, password-file: %1$s-deployer.password}
                signer: {keystore: %1$s-signer.json, password-file: %1$s-signer.password}
                council: {kind: use, address: "%2$s"}
                contracts: {kind: create}
                pauser: "%2$s"
                trust: {trusting-period: P7D, max-clock-drift: PT30S, anchor: {kind: latest}}""".formatted(chain, KeyPair.named("council").address())
                .indent(4)
                .stripTrailing();
    }

    /// Somebody who attests at an EAS of the chain, and knows nothing of lanes.
    private static TestAccount attester() {
        return new TestAccount(new JsonRpc(vertx, demo.conflux().eSpace(0)), 1235, secret("attester"));
    }

    private static Address eas(TestAccount account) throws InterruptedException {
        var registry = account.create(TestEas.deployRegistry(), 3_000_000);
        account.call(registry, TestEas.register(SCHEMA, Address.ZERO));
        return account.create(TestEas.deploy(registry), 14_500_000);
    }

    @Test
    void opensALaneAndServesItByFilesAlone() throws IOException, InterruptedException {
        var anchor = anchor("anchor.json");
        var account = attester();
        var eas = eas(account);
        var running = new ArrayList<RunningWitness>();
        try {
            for (int i = 1; i <= 3; i++) running.add(run(verifier(i, anchor)));
            var lanes = folder.resolve("lanes");
            var opened = Said.by("lane", "open", "--plan", plan(running, eas), "--folder", lanes);
            assertThat(opened.exit()).as(opened.out() + opened.err()).isZero();
            assertThat(opened.out())
                    .contains("fisco:chain0-group0 believes eip155:1235 by the word of 2 of 3 verifiers")
                    .contains("EAS source of evm-to-ledger");

            // One of three may be away, and comes back where it left off.
            running.removeFirst().close();
            var configuration = lanes.resolve("waybill.yaml");
            try (var member = RunningMember.start(ConfigReader.read(configuration))) {
                var api = URI.create("http://127.0.0.1:" + member.apiPort());
                var uid = attests(account, eas);
                var said = new StringWriter();
                boolean crossed = new FirstCrossing(api, new DemoFiles(folder), new PrintWriter(said, true)).run();
                assertThat(crossed).as(said.toString()).isTrue();
                mirrorsWhatIsAttestedAndRevoked(account, eas, uid, api);
            }
            running.add(run(folder.resolve("verifier-1.yaml")));
            assertThat(ready(running.getLast())).isEqualTo(200);
            comesBackWhereItLeftOff(running.getFirst(), anchor);
        } finally {
            running.forEach(RunningWitness::close);
        }
    }

    private static Bytes32 attests(TestAccount account, Address eas) throws InterruptedException {
        var schema = TestEas.schemaUid(SCHEMA, Address.ZERO);
        var receipt = account.call(eas, TestEas.attest(schema, account.address(), 0, Bytes.utf8("lot 42 passed")));
        return receipt.at("logs").list().getFirst().at("data").bytes32();
    }

    /// An attestation made at EAS arrives on the ledger with its attester as the issuer, and its revocation after
    /// it.
    private static void mirrorsWhatIsAttestedAndRevoked(TestAccount account, Address eas, Bytes32 uid, URI api)
            throws IOException, InterruptedException {
        var schema = TestEas.schemaUid(SCHEMA, Address.ZERO);
        var made = delivered(api, "attest");
        var did = "did:pkh:eip155:1235:" + account.address();
        assertThat(made.at("issuer").text()).isEqualTo(did);
        assertThat(made.at("subject").text()).isEqualTo(did);
        assertThat(made.at("schema").text()).isEqualTo("eas/" + schema);
        assertThat(made.at("claims").at("uid").bytes32()).isEqualTo(uid);
        assertThat(made.at("claims").at("data").bytes()).isEqualTo(Bytes.utf8("lot 42 passed"));
        account.call(eas, TestEas.revoke(schema, uid));
        var revoked = delivered(api, "revoke");
        assertThat(revoked.at("reference").bytes32()).isEqualTo(made.at("uid").bytes32());
    }

    /// The attestation of a kind that the chain brought, once the ledger has it.
    private static Json delivered(URI api, String kind) throws IOException, InterruptedException {
        while (true) {
            for (var found :
                    get(api.resolve("/v1/attestations")).at("attestations").list()) {
                boolean theirs = found.at("origin").text().equals("chain")
                        && found.at("kind").text().equals(kind);
                var outcome = found.at("outcome");
                if (!theirs || outcome.isNull()) continue;
                assertThat(outcome.text()).isEqualTo("delivered");
                return found;
            }
            new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
        }
    }

    private static Json get(URI uri) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
            return Json.parse(uri.toString(), answer.body());
        }
    }

    /// A verifier that judged keeps the end of a later PoS epoch than it was anchored at, and takes no state that
    /// was kept for a client made otherwise.
    private void comesBackWhereItLeftOff(RunningWitness asked, Path anchor) throws IOException {
        assertThat(asked.address().toHex()).isEqualTo(account("verifier-2"));
        var kept = read(folder.resolve("state/verifier-2.json"));
        assertThat(kept.params().anchorHeight())
                .isGreaterThan(read(anchor).params().anchorHeight());
        var other = anchor("other.json", "--min-votes", 12);
        var config = folder.resolve("verifier-2.yaml");
        Files.writeString(config, Files.readString(config).replace(anchor.toString(), other.toString()));
        assertThatThrownBy(() -> run(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("if the anchor is new, remove the state");
    }

    private static Anchor.Conflux read(Path file) throws IOException {
        try {
            return (Anchor.Conflux) AnchorJson.read(Bytes.of(Files.readAllBytes(file)));
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }

    private static int ready(RunningWitness verifier) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:%d/readyz".formatted(verifier.opsPort()));
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void refusesAnAnchorOfAnotherChainOrAnEpochThatIsNotOver() {
        var missing = Said.by(
                "client",
                "anchor",
                "--chain",
                "eip155:1235",
                "--rpc",
                eSpace(),
                "--core-rpc",
                core(),
                "--epoch",
                9999,
                "--out",
                folder.resolve("none.json"));
        assertThat(missing.exit()).isEqualTo(WaybillCommand.WRONG);
        assertThat(missing.err()).contains("PoS epoch 9999 did not end on a pivot");
        var another = Said.by(
                "client",
                "anchor",
                "--chain",
                "eip155:1",
                "--rpc",
                eSpace(),
                "--core-rpc",
                core(),
                "--out",
                folder.resolve("none.json"));
        assertThat(another.exit()).isEqualTo(WaybillCommand.WRONG);
        assertThat(another.err()).contains("chain id: expected 1, the node says 1235");
        assertThat(folder.resolve("none.json")).doesNotExist();
    }
}
