package io.waybill.gateway.demo;

import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.waybill.contracts.Artifacts;
import io.waybill.contracts.ClientCalls;
import io.waybill.contracts.LaneRoles;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.fisco.FiscoAnchor;
import io.waybill.core.client.fisco.FiscoParams;
import io.waybill.core.client.fisco.Watchers;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.devnet.evm.QbftDevnet;
import io.waybill.devnet.fisco.LedgerDevnet;
import io.waybill.evm.EvmChain;
import io.waybill.evm.EvmVerticle;
import io.waybill.evm.TxForm;
import io.waybill.fisco.FiscoChain;
import io.waybill.fisco.FiscoNode;
import io.waybill.fisco.FiscoVerticle;
import io.waybill.fisco.watch.Journal;
import io.waybill.fisco.watch.Watcher;
import io.waybill.fisco.watch.WatcherClient;
import io.waybill.fisco.watch.WatcherVerticle;
import io.waybill.gateway.Network;
import io.waybill.gateway.Network.NamedLane;
import io.waybill.gateway.bundle.Anchor;
import io.waybill.gateway.setup.ContractHost;
import io.waybill.gateway.setup.Site;
import io.waybill.rpc.JsonRpc;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Two local chains with everything between them: an EVM chain sealed as QBFT, and a ledger that answers as FISCO
/// BCOS does, with
/// three watchers beside it.
public final class Demo implements AutoCloseable {
    private static final ChainId EVM = new ChainId("eip155:1337");
    private static final ChainId LEDGER = new ChainId("fisco:chain0-group0");
    private static final Duration TRUSTING = Duration.ofDays(7);
    private static final Duration DRIFT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int VERSION_FLOOR = 0x03060000;
    private static final int WATCHERS = 3;

    private final Vertx vertx;
    private final QbftDevnet evm;
    private final LedgerDevnet ledger;
    private final List<JsonRpc> watched = new ArrayList<>();
    private final List<WatcherClient.Endpoint> watchers = new ArrayList<>();
    private final EvmVerticle evmVerticle;
    private final FiscoVerticle ledgerVerticle;
    private final Site evmSite;
    private final Site ledgerSite;
    private final Network network;

    /// Where the chains and the watchers listen, each 0 for a free port.
    ///
    /// @param watcher     of the first watcher; the others follow
    /// @param blockPeriod of the EVM chain; null for a block at each transaction
    public record Options(
            int evm, int ledger, int watcher, @Nullable Duration blockPeriod) {
        /// Free ports, and blocks as transactions come: for tests.
        public static final Options EPHEMERAL = new Options(0, 0, 0, null);
    }

    private Demo(Vertx vertx, Options options) {
        this.vertx = vertx;
        evm = QbftDevnet.start(vertx, new QbftDevnet.Options(1337, 4, options.evm(), options.blockPeriod()));
        ledger = LedgerDevnet.start(vertx, new LedgerDevnet.Options("chain0", "group0", 4, options.ledger()));
        for (int i = 0; i < WATCHERS; i++) watchers.add(watch(i, options.watcher()));
        evmVerticle = new EvmVerticle(
                new EvmVerticle.Settings(EVM, ClientKind.QBFT, List.of(evm.rpc()), TxForm.LEGACY, PATIENCE),
                DemoKeys.EVM_ACCOUNT.pair());
        ledgerVerticle = new FiscoVerticle(
                new FiscoVerticle.Settings(
                        LEDGER, "group0", FiscoSuite.STANDARD, List.of(ledger.rpc()), watchers, PATIENCE),
                DemoKeys.LEDGER_ACCOUNT.pair());
        deploy(evmVerticle);
        deploy(ledgerVerticle);
        evmSite = site(new EvmHost(EVM, evmVerticle.deployer()), true);
        ledgerSite = site(new LedgerHost(LEDGER, ledgerVerticle.account()), false);
        network = connect();
    }

    /// Starts everything and opens the lanes; takes a few seconds.
    public static Demo start(Vertx vertx, Options options) {
        return new Demo(vertx, options);
    }

    /// The account that sets a chain up has every role there: a demo has one operator.
    private static Site site(ContractHost host, boolean checkpointOnChange) {
        return Site.create(host, checkpointOnChange, LaneRoles.of(host.owner()));
    }

    private void deploy(Deployable verticle) {
        vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().join();
    }

    /// A watcher with a connection and a key of its own; the first is the one that the destination's operators
    /// name.
    private WatcherClient.Endpoint watch(int index, int firstPort) {
        var key = KeyPair.named("watcher-" + (index + 1));
        var rpc = new JsonRpc(vertx, ledger.rpc());
        watched.add(rpc);
        var node = new FiscoNode(rpc, "group0", FiscoSuite.STANDARD);
        var verticle = new WatcherVerticle(
                new Watcher(FiscoSuite.STANDARD, node, key, Journal.inMemory()),
                firstPort == 0 ? 0 : firstPort + index);
        deploy(verticle);
        return new WatcherClient.Endpoint(URI.create("http://127.0.0.1:" + verticle.port()), key.address(), index == 0);
    }

    private Network connect() {
        var evmAnchor = new Anchor.Qbft(EVM, TRUSTING.toMillis(), DRIFT.toMillis(), evm.header(evm.head()));
        var evmClient = ledgerSite.createClient(
                Artifacts.QBFT_CLIENT,
                ClientCalls.deployQbft(
                        EVM,
                        ClientKind.QBFT,
                        trust(ledgerSite),
                        evmAnchor.header().encode()),
                evmAnchor.id());
        var header = new FiscoAnchor(ledger.header(ledger.head()));
        var ledgerClient = evmSite.createClient(
                Artifacts.FISCO_CLIENT,
                ClientCalls.deployFisco(
                        LEDGER,
                        EVM,
                        trust(evmSite),
                        VERSION_FLOOR,
                        new ClientCalls.Watchers(addresses(watchers.stream()), named()),
                        header.encode()),
                ledgerAnchor(header, Address.ZERO).id());
        var ledgerAnchor = ledgerAnchor(header, ledgerClient);
        var there = new Network.Client(new ClientRef(LEDGER, evmClient, evmAnchor.id()), evmAnchor);
        var here = new Network.Client(new ClientRef(EVM, ledgerClient, ledgerAnchor.id()), ledgerAnchor);
        var lanes = List.of(
                open("evm-to-ledger", evmSite, here, ledgerSite, there),
                open("ledger-to-evm", ledgerSite, there, evmSite, here));
        return new Network(
                List.of(
                        evmVerticle.chain(
                                new EvmChain.Contracts(EVM, evmSite.outbox(), evmSite.inbox(), Set.of(ledgerClient))),
                        ledgerVerticle.chain(new FiscoChain.Contracts(
                                LEDGER, ledgerSite.outbox(), ledgerSite.inbox(), Set.of(evmClient)))),
                List.of(here, there),
                lanes);
    }

    private Anchor.Fisco ledgerAnchor(FiscoAnchor header, Address contract) {
        return new Anchor.Fisco(new FiscoParams(
                LEDGER,
                ClientKind.FISCO,
                EVM,
                contract,
                new Watchers(addresses(watchers.stream()), Set.copyOf(named())),
                VERSION_FLOOR,
                TRUSTING.toMillis(),
                DRIFT.toMillis(),
                header));
    }

    /// The demo's own account is the council: a chain of a laptop has no second operator.
    private static ClientCalls.Trust trust(Site site) {
        return new ClientCalls.Trust(
                TRUSTING.toMillis(), DRIFT.toMillis(), site.host().owner());
    }

    private List<Address> named() {
        return addresses(watchers.stream().filter(WatcherClient.Endpoint::destination));
    }

    private static List<Address> addresses(Stream<WatcherClient.Endpoint> endpoints) {
        return endpoints
                .map(WatcherClient.Endpoint::watcher)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static NamedLane open(
            String name, Site source, Network.Client atSource, Site destination, Network.Client atDestination) {
        var senders = List.of(source.host().owner());
        var terms = new LaneTerms(
                source.host().chain(),
                atDestination.ref().id(),
                source.outbox(),
                destination.host().chain(),
                atSource.ref().id(),
                destination.inbox(),
                salt(),
                new LaneTerms.Terms(
                        8192, 10_000, Duration.ofDays(7).toMillis(), sendersRoot(senders), TokenPolicy.HASH));
        Site.open(
                terms,
                source,
                atSource.ref().contract(),
                destination,
                atDestination.ref().contract(),
                senders);
        return new NamedLane(name, terms);
    }

    private static Bytes32 sendersRoot(List<Address> senders) {
        return LaneLog.of(senders.stream().map(Address::value).toList()).root();
    }

    private static Bytes32 salt() {
        var octets = new byte[32];
        new SecureRandom().nextBytes(octets);
        return new Bytes32(Bytes.of(octets));
    }

    /// What a member needs to carry the demo's lanes.
    public Network network() {
        return network;
    }

    /// A configuration by which another member joins, with ports of its own and keys beside it.
    String configuration() {
        return DemoConfiguration.of(evm.rpc(), ledger.rpc(), watchers, network, evmSite, ledgerSite);
    }

    /// The EVM chain, which can be told to misbehave.
    public QbftDevnet evm() {
        return evm;
    }

    /// The ledger, which can be told to misbehave.
    public LedgerDevnet ledger() {
        return ledger;
    }

    /// Where the watchers answer.
    public List<URI> watchers() {
        return watchers.stream().map(WatcherClient.Endpoint::uri).toList();
    }

    @Override
    public void close() {
        watched.forEach(JsonRpc::close);
        ledger.close();
        evm.close();
    }
}
