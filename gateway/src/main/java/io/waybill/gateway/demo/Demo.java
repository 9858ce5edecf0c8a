package io.waybill.gateway.demo;

import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.waybill.contracts.LaneContracts;
import io.waybill.core.Address;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.fisco.FiscoAnchor;
import io.waybill.core.client.fisco.HeaderRules;
import io.waybill.core.client.fisco.Watchers;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.devnet.conflux.ConfluxDevnet;
import io.waybill.devnet.evm.QbftDevnet;
import io.waybill.devnet.fisco.LedgerDevnet;
import io.waybill.fisco.FiscoNode;
import io.waybill.fisco.FiscoVerticle;
import io.waybill.fisco.watch.Journal;
import io.waybill.fisco.watch.Watcher;
import io.waybill.fisco.watch.WatcherClient;
import io.waybill.fisco.watch.WatcherVerticle;
import io.waybill.gateway.Network;
import io.waybill.gateway.setup.ContractHost;
import io.waybill.gateway.setup.EvmHost;
import io.waybill.gateway.setup.Followed;
import io.waybill.gateway.setup.LaneSetup;
import io.waybill.gateway.setup.LaneWanted;
import io.waybill.gateway.setup.LedgerHost;
import io.waybill.gateway.setup.Logbook;
import io.waybill.gateway.setup.MemberConfiguration;
import io.waybill.gateway.setup.Opened;
import io.waybill.gateway.setup.Side;
import io.waybill.rpc.JsonRpc;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Two local chains with everything between them: an EVM chain, sealed as QBFT or the eSpace of a real Conflux
/// node, and a ledger that answers as FISCO BCOS does, with three watchers beside it.
public final class Demo implements AutoCloseable {
    private static final ChainId LEDGER = new ChainId("fisco:chain0-group0");
    private static final Followed.Period PERIOD = new Followed.Period(
            Duration.ofDays(7).toMillis(), Duration.ofSeconds(30).toMillis());
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /// Until the PoS chain of Conflux decided on a block, which takes it about twenty seconds here.
    private static final Duration FINALITY = Duration.ofSeconds(90);
    private static final int WATCHERS = 3;

    private final Vertx vertx;
    private final EvmEnd evm;
    private final LedgerDevnet ledger;
    private final List<JsonRpc> watched = new ArrayList<>();
    private final List<WatcherClient.Endpoint> watchers = new ArrayList<>();
    private final FiscoVerticle ledgerVerticle;
    private final Opened opened;
    private final Network network;

    /// Where the chains and the watchers listen, each 0 for a free port.
    ///
    /// @param evm         of the EVM chain; a Conflux node takes free ports
    /// @param watcher     of the first watcher; the others follow
    /// @param blockPeriod of the EVM chain; null for a block at each transaction
    /// @param conflux     of the Conflux network that is the EVM chain; null for one sealed as QBFT
    public record Options(
            int evm, int ledger, int watcher, @Nullable Duration blockPeriod, ConfluxDevnet.@Nullable Options conflux) {
        /// Free ports, and blocks as transactions come: for tests.
        public static final Options EPHEMERAL = new Options(0, 0, 0, null, null);

        /// The same with a Conflux network for the EVM chain.
        public Options with(ConfluxDevnet.Options network) {
            return new Options(evm, ledger, watcher, blockPeriod, network);
        }
    }

    private Demo(Vertx vertx, Options options) {
        this.vertx = vertx;
        var conflux = options.conflux();
        evm = conflux == null
                ? new QbftEnd(vertx, options, PATIENCE)
                : new ConfluxEnd(vertx, conflux, PERIOD, FINALITY);
        ledger = LedgerDevnet.start(vertx, new LedgerDevnet.Options("chain0", "group0", 4, options.ledger()));
        for (int i = 0; i < WATCHERS; i++) watchers.add(watch(i, options.watcher()));
        ledgerVerticle = new FiscoVerticle(
                new FiscoVerticle.Settings(
                        LEDGER, "group0", FiscoSuite.STANDARD, List.of(ledger.rpc()), watchers, PATIENCE),
                DemoKeys.LEDGER_ACCOUNT.pair());
        deploy(evm.verticle());
        deploy(ledgerVerticle);
        opened = new LaneSetup(List.of(evmSide(), ledgerSide()), lanesWanted(), Logbook.inMemory(), _ -> {}).open();
        network = new Network(
                List.of(evm.verticle().chain(evmContracts()), ledgerVerticle.chain(ledgerContracts())),
                opened.clients(),
                opened.lanes());
    }

    /// Starts everything and opens the lanes; takes a few seconds.
    public static Demo start(Vertx vertx, Options options) {
        return new Demo(vertx, options);
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

    /// The account that sets a chain up has every role there and stands for its council: a chain of a laptop has no
    /// second operator.
    private Side evmSide() {
        var host = new EvmHost(evm.id(), evm.verticle().deployer());
        return side(host, true, evm.followed(PERIOD));
    }

    private Side ledgerSide() {
        var host = new LedgerHost(LEDGER, FiscoSuite.STANDARD, ledgerVerticle.account());
        var all = addresses(watchers.stream());
        var named = addresses(watchers.stream().filter(WatcherClient.Endpoint::destination));
        var followed = new Followed.Fisco(
                LEDGER,
                ClientKind.FISCO,
                PERIOD,
                HeaderRules.LOWEST_FLOOR,
                new Watchers(all, Set.copyOf(named)),
                () -> new FiscoAnchor(ledger.header(ledger.head())));
        return side(host, false, followed);
    }

    private static Side side(ContractHost host, boolean checkpointOnChange, Followed followed) {
        var owner = host.owner();
        return new Side(
                host, checkpointOnChange, new Side.Seat.Use(owner), new Side.Contracts.Create(), owner, followed);
    }

    private static List<Address> addresses(Stream<WatcherClient.Endpoint> endpoints) {
        return endpoints
                .map(WatcherClient.Endpoint::watcher)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private List<LaneWanted> lanesWanted() {
        return List.of(
                lane("evm-to-ledger", evm.id(), LEDGER, DemoKeys.EVM_ACCOUNT),
                lane("ledger-to-evm", LEDGER, evm.id(), DemoKeys.LEDGER_ACCOUNT));
    }

    private static LaneWanted lane(String name, ChainId source, ChainId destination, DemoKeys sender) {
        var senders = List.of(sender.pair().address());
        return new LaneWanted(
                name, source, destination, 8192, 10_000, Duration.ofDays(7).toMillis(), senders);
    }

    private LaneContracts evmContracts() {
        var site = opened.site(evm.id());
        var client = opened.client(LEDGER, evm.id()).ref().contract();
        return new LaneContracts(evm.id(), site.outbox(), site.inbox(), Set.of(client));
    }

    private LaneContracts ledgerContracts() {
        var site = opened.site(LEDGER);
        var client = opened.client(evm.id(), LEDGER).ref().contract();
        return new LaneContracts(LEDGER, site.outbox(), site.inbox(), Set.of(client));
    }

    /// What a member needs to carry the demo's lanes.
    public Network network() {
        return network;
    }

    /// A configuration by which another member joins, with ports of its own and keys beside it.
    String configuration() {
        var ledgerChain = new MemberConfiguration.Fisco(
                LEDGER,
                List.of(ledger.rpc()),
                "group0",
                "standard",
                watchers.stream()
                        .map(watcher -> new MemberConfiguration.Witness(watcher.uri(), watcher.watcher()))
                        .toList(),
                DemoFiles.signer("ledger"));
        return MemberConfiguration.of(
                "Joins the demo that wrote it", List.of(evm.member(), ledgerChain), opened, lanesWanted());
    }

    /// The EVM chain, which can be told to misbehave.
    ///
    /// @throws IllegalStateException if it is a real Conflux node
    public QbftDevnet evm() {
        if (evm instanceof QbftEnd end) return end.devnet();
        throw new IllegalStateException("demo: expected a chain sealed as QBFT, found " + evm.words());
    }

    /// The Conflux network.
    ///
    /// @throws IllegalStateException if the EVM chain is another
    public ConfluxDevnet conflux() {
        if (evm instanceof ConfluxEnd end) return end.devnet();
        throw new IllegalStateException("demo: expected a Conflux network, found " + evm.words());
    }

    /// What the EVM chain is and where it answers, in one line.
    public String evmInWords() {
        return "%s (%s)".formatted(evm.rpc(), evm.words());
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
