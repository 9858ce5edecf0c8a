package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.committee.Committee;
import io.waybill.core.client.conflux.ConfluxClient;
import io.waybill.core.client.conflux.ConfluxParams;
import io.waybill.core.client.conflux.LedgerInfo;
import io.waybill.core.client.fisco.FiscoAnchor;
import io.waybill.core.client.fisco.HeaderRules;
import io.waybill.core.client.fisco.Watchers;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.devnet.conflux.ConfluxDevnet;
import io.waybill.devnet.fisco.LedgerDevnet;
import io.waybill.evm.EvmChain;
import io.waybill.evm.EvmVerticle;
import io.waybill.evm.TxForm;
import io.waybill.evm.conflux.ConfluxFinality;
import io.waybill.evm.verify.ConfluxBlocks;
import io.waybill.evm.verify.Verifier;
import io.waybill.evm.verify.VerifierClient;
import io.waybill.evm.verify.VerifierVerticle;
import io.waybill.fisco.FiscoChain;
import io.waybill.fisco.FiscoNode;
import io.waybill.fisco.FiscoVerticle;
import io.waybill.fisco.watch.Journal;
import io.waybill.fisco.watch.Watcher;
import io.waybill.fisco.watch.WatcherClient;
import io.waybill.fisco.watch.WatcherVerticle;
import io.waybill.gateway.GatewayVerticle.Listen;
import io.waybill.gateway.attest.TrustMode;
import io.waybill.gateway.demo.DemoFiles;
import io.waybill.gateway.demo.FirstCrossing;
import io.waybill.gateway.setup.ContractHost;
import io.waybill.gateway.setup.EvmHost;
import io.waybill.gateway.setup.Followed;
import io.waybill.gateway.setup.LaneProbe;
import io.waybill.gateway.setup.LaneSetup;
import io.waybill.gateway.setup.LaneWanted;
import io.waybill.gateway.setup.LedgerHost;
import io.waybill.gateway.setup.Logbook;
import io.waybill.gateway.setup.Opened;
import io.waybill.gateway.setup.Side;
import io.waybill.gateway.store.Database;
import io.waybill.relayer.lane.Pace;
import io.waybill.relayer.lease.SoloLeases;
import io.waybill.rpc.JsonRpc;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A lane each way between eSpace of a real Conflux node and a ledger: eSpace checks the ledger's headers by
/// contract, and the ledger, whose EVM cannot check BLS, believes verifiers who each judged the epoch by Conflux'
/// light client.
@Timeout(300)
class ConfluxLaneIT {
    private static final ChainId ESPACE = new ChainId("eip155:1235");
    private static final ChainId LEDGER = new ChainId("fisco:chain0-group0");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Followed.Period PERIOD = new Followed.Period(
            Duration.ofDays(7).toMillis(), Duration.ofSeconds(30).toMillis());
    private static final Bytes32 SECRET = Digests.sha256(Bytes.utf8("waybill/devnet-key/conflux lane"));
    private static final Duration TERM = Duration.ofSeconds(5);
    private static final int VOTES = 30;

    private static Vertx vertx;
    private static ConfluxDevnet conflux;
    private static LedgerDevnet ledger;
    private static final List<JsonRpc> OPENED = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        assumeTrue(ConfluxDevnet.isAvailable(), "the Conflux node exists for Linux on x64 only");
        vertx = Vertx.vertx();
        conflux = ConfluxDevnet.start(vertx, ConfluxDevnet.Options.DEFAULT.withFunded(List.of(SECRET)));
        ledger = LedgerDevnet.start(vertx, new LedgerDevnet.Options("chain0", "group0", 4, 0));
    }

    @AfterAll
    static void stop() {
        if (vertx == null) return;
        OPENED.forEach(JsonRpc::close);
        ledger.close();
        conflux.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static <T extends Deployable> T deployed(T verticle) {
        vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().join();
        return verticle;
    }

    private static JsonRpc open(URI uri) {
        var rpc = new JsonRpc(vertx, uri);
        OPENED.add(rpc);
        return rpc;
    }

    private static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static ConfluxFinality finality() {
        return new ConfluxFinality(open(conflux.core(0)), open(conflux.eSpace(0)), VOTES);
    }

    private static LedgerInfo firstEnd(ConfluxFinality node) throws InterruptedException {
        while (true) {
            try {
                return node.latestEnd().info();
            } catch (ChainException.Unavailable e) {
                new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
            }
        }
    }

    /// Three verifiers, each with a client and connections of its own.
    private static List<VerifierClient.Endpoint> verifiers() throws InterruptedException {
        var anchor = firstEnd(finality());
        var endpoints = new ArrayList<VerifierClient.Endpoint>();
        for (int i = 0; i < 3; i++) {
            var key = KeyPair.named("conflux verifier " + i);
            var client = new ConfluxClient(ConfluxParams.of(ESPACE, anchor, PERIOD.trustingMs(), PERIOD.driftMs()));
            var blocks = new ConfluxBlocks(
                    client, ConfluxClient.anchor(anchor).orElseThrow(), finality(), InstantSource.system());
            var verticle = deployed(new VerifierVerticle(new Verifier(blocks, key), 0));
            endpoints.add(new VerifierClient.Endpoint(loopback(verticle.port()), key.address()));
        }
        return endpoints;
    }

    private static List<WatcherClient.Endpoint> watchers() {
        return IntStream.range(0, 3)
                .mapToObj(i -> {
                    var key = KeyPair.named("watcher-" + i);
                    var node = new FiscoNode(open(ledger.rpc()), "group0", FiscoSuite.STANDARD);
                    var watcher = new Watcher(FiscoSuite.STANDARD, node, key, Journal.inMemory());
                    var verticle = deployed(new WatcherVerticle(watcher, 0));
                    return new WatcherClient.Endpoint(loopback(verticle.port()), key.address(), i == 0);
                })
                .toList();
    }

    private static Side side(ContractHost host, boolean checkpointOnChange, Followed followed) {
        var owner = host.owner();
        return new Side(
                host, checkpointOnChange, new Side.Seat.Use(owner), new Side.Contracts.Create(), owner, followed);
    }

    private static LaneWanted lane(String name, ContractHost source, ContractHost destination) {
        return new LaneWanted(
                name,
                source.chain(),
                destination.chain(),
                8192,
                100,
                Duration.ofDays(7).toMillis(),
                List.of(source.owner()));
    }

    @Test
    void crossesBothWaysToAcknowledged() throws InterruptedException {
        var verifiers = verifiers();
        var watchers = watchers();
        var eSpace = deployed(new EvmVerticle(
                new EvmVerticle.Settings(
                        ESPACE,
                        ClientKind.CONFLUX,
                        List.of(conflux.eSpace(0)),
                        TxForm.LEGACY,
                        PATIENCE,
                        new EvmVerticle.Attested(List.of(conflux.core(0)), verifiers, 2, PATIENCE)),
                KeyPair.of(SECRET)));
        var account = deployed(new FiscoVerticle(
                new FiscoVerticle.Settings(
                        LEDGER, "group0", FiscoSuite.STANDARD, List.of(ledger.rpc()), watchers, PATIENCE),
                KeyPair.named("ledger account")));
        var here = new EvmHost(ESPACE, eSpace.deployer());
        var there = new LedgerHost(LEDGER, FiscoSuite.STANDARD, account.account());
        var accounts = verifiers.stream()
                .map(VerifierClient.Endpoint::verifier)
                .sorted()
                .toList();
        var all =
                watchers.stream().map(WatcherClient.Endpoint::watcher).sorted().toList();
        var wanted = List.of(lane("evm-to-ledger", here, there), lane("ledger-to-evm", there, here));
        var opened = new LaneSetup(
                        List.of(
                                side(
                                        here,
                                        true,
                                        new Followed.Attested(
                                                ESPACE,
                                                PERIOD,
                                                new Committee(accounts, 2),
                                                () -> here.deployer().finalBlock())),
                                side(
                                        there,
                                        false,
                                        new Followed.Fisco(
                                                LEDGER,
                                                ClientKind.FISCO,
                                                PERIOD,
                                                HeaderRules.LOWEST_FLOOR,
                                                new Watchers(
                                                        all,
                                                        Set.of(watchers.getFirst()
                                                                .watcher())),
                                                () -> new FiscoAnchor(ledger.header(ledger.head()))))),
                        wanted,
                        Logbook.inMemory(),
                        _ -> {})
                .open();
        assertThat(LaneProbe.probe(opened, wanted)).allMatch(LaneProbe.Finding::right);
        assertThat(opened.client(ESPACE, LEDGER).anchor().trust()).isEqualTo(new TrustMode.Committee(2, 3));
        crosses(network(opened, eSpace, account));
    }

    private static Network network(Opened opened, EvmVerticle eSpace, FiscoVerticle account) {
        var here = opened.site(ESPACE);
        var there = opened.site(LEDGER);
        return new Network(
                List.of(
                        eSpace.chain(new EvmChain.Contracts(
                                ESPACE,
                                here.outbox(),
                                here.inbox(),
                                Set.of(opened.client(LEDGER, ESPACE).ref().contract()))),
                        account.chain(new FiscoChain.Contracts(
                                LEDGER,
                                there.outbox(),
                                there.inbox(),
                                Set.of(opened.client(ESPACE, LEDGER).ref().contract())))),
                opened.clients(),
                opened.lanes());
    }

    private void crosses(Network network) {
        var said = new StringWriter();
        var manner = new Member.Manner(
                new Listen("127.0.0.1", 0), new Listen("127.0.0.1", 0), TERM, Pace.of(Duration.ofMillis(250), 100, 1));
        try (var database = Database.temporary();
                var member = Member.start(
                        vertx,
                        network,
                        database,
                        new SoloLeases("one", InstantSource.system(), TERM),
                        manner,
                        event -> {})) {
            var api = loopback(member.apiPort());
            boolean crossed = new FirstCrossing(api, new DemoFiles(folder), new PrintWriter(said, true)).run();
            assertThat(crossed).as(said.toString()).isTrue();
            System.out.println(said);
        }
    }
}
