package io.waybill.fisco;

import io.vertx.core.Vertx;
import io.waybill.contracts.ClientCalls;
import io.waybill.contracts.Host;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneContracts;
import io.waybill.contracts.LaneParams;
import io.waybill.contracts.LaneRoles;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.fisco.FiscoAnchor;
import io.waybill.core.client.fisco.FiscoClient;
import io.waybill.core.client.fisco.FiscoParams;
import io.waybill.core.client.fisco.HeaderRules;
import io.waybill.core.client.fisco.Watchers;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.digest.SigningKey;
import io.waybill.core.digest.Sm2KeyPair;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.devnet.fisco.LedgerDevnet;
import io.waybill.fisco.watch.Journal;
import io.waybill.fisco.watch.Watcher;
import io.waybill.fisco.watch.WatcherClient;
import io.waybill.fisco.watch.WatcherVerticle;
import io.waybill.rpc.JsonRpc;
import io.waybill.testkit.ContractSetting;
import io.waybill.testkit.ContractSetting.Followed;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Two ledgers, each with three watchers, the real contracts of its host and an open lane between them.
final class TwoLedgers implements AutoCloseable {
    private static final Duration TRUST = Duration.ofDays(7);
    private static final Duration DRIFT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Vertx vertx = Vertx.vertx();
    final Side from;
    final Side to;
    final LaneTerms terms;
    final ContractSetting setting;

    /// One ledger, with its watchers and the adapter that speaks to it.
    final class Side {
        final LedgerDevnet ledger;
        final ChainId id;
        final FiscoSuite suite;
        final Host host;
        final ClientKind kind;
        final SigningKey key;
        final List<KeyPair> watchers;
        final FiscoVerticle verticle;
        final FiscoAccount account;
        final FiscoAnchor anchor;
        final Address outbox;
        final Address inbox;

        Side(LedgerDevnet.Options options) {
            var chain = options.chain();
            suite = options.suite();
            host = suite == FiscoSuite.SM ? Host.FISCO_SM : options.precompiled() ? Host.FISCO : Host.EVM;
            kind = suite == FiscoSuite.SM ? ClientKind.FISCO_SM : ClientKind.FISCO;
            key = suite == FiscoSuite.SM ? Sm2KeyPair.named("sender") : KeyPair.named("sender");
            ledger = LedgerDevnet.start(vertx, options);
            id = new ChainId("fisco:" + chain + "-group0");
            watchers = IntStream.range(0, 3)
                    .mapToObj(i -> KeyPair.named(chain + " watcher " + i))
                    .sorted(Comparator.comparing(KeyPair::address))
                    .toList();
            var endpoints = watchers.stream().map(this::watch).toList();
            verticle = deployed(new FiscoVerticle(
                    new FiscoVerticle.Settings(id, "group0", suite, List.of(ledger.rpc()), endpoints, PATIENCE), key));
            account = verticle.account();
            outbox = account.deploy(LaneCalls.deployOutbox(host, id, false, LaneRoles.of(account.address())));
            inbox = account.deploy(LaneCalls.deployInbox(host, id, false, LaneRoles.of(account.address())));
            anchor = new FiscoAnchor(ledger.header(ledger.head()));
        }

        private WatcherClient.Endpoint watch(KeyPair watcher) {
            var node = new FiscoNode(new JsonRpc(vertx, ledger.rpc()), "group0", suite);
            var serving = new WatcherVerticle(new Watcher(suite, node, watcher, Journal.inMemory()), 0);
            vertx.deployVerticle(serving)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            var uri = URI.create("http://127.0.0.1:" + serving.port());
            return new WatcherClient.Endpoint(uri, watcher.address(), watcher.equals(watchers.getFirst()));
        }

        ClientId clientId() {
            var header = anchor.header();
            return ClientId.of(id, kind, header.number(), header.hash(suite));
        }

        private List<Address> watching() {
            return watchers.stream().map(KeyPair::address).toList();
        }

        /// A client of the other ledger, here.
        Address clientOf(Side other) {
            return account.deploy(ClientCalls.deployFisco(
                    host,
                    other.kind,
                    other.id,
                    id,
                    new ClientCalls.Trust(TRUST.toMillis(), DRIFT.toMillis(), account.address()),
                    HeaderRules.LOWEST_FLOOR,
                    new ClientCalls.Watchers(
                            other.watching(), List.of(other.watching().getFirst())),
                    other.anchor.encode()));
        }

        FiscoChain chain(Address client) {
            return verticle.chain(new LaneContracts(id, outbox, inbox, Set.of(client)));
        }

        /// This ledger's client on the other one.
        Followed followed(Side holder, Address contract) {
            var rules = new FiscoClient(new FiscoParams(
                    id,
                    kind,
                    holder.id,
                    contract,
                    new Watchers(watching(), Set.of(watching().getFirst())),
                    HeaderRules.LOWEST_FLOOR,
                    TRUST.toMillis(),
                    DRIFT.toMillis(),
                    anchor));
            return new Followed(
                    new ClientRef(holder.id, contract, rules.id()),
                    rules,
                    rules.anchored().latest());
        }
    }

    /// Two ledgers of standard cryptography on EVMs that know nothing of FISCO BCOS.
    TwoLedgers() {
        this(options("chain0"), options("chain1"));
    }

    /// The options of a ledger of four sealers.
    static LedgerDevnet.Options options(String chain) {
        return new LedgerDevnet.Options(chain, "group0", 4, 0);
    }

    TwoLedgers(LedgerDevnet.Options source, LedgerDevnet.Options destination) {
        from = new Side(source);
        to = new Side(destination);
        var clientOfTo = from.clientOf(to);
        var clientOfFrom = to.clientOf(from);
        terms = new LaneTerms(
                from.id,
                from.clientId(),
                from.outbox,
                to.id,
                to.clientId(),
                to.inbox,
                Digests.sha256(Bytes.utf8("salt")),
                new LaneTerms.Terms(
                        8192, 10_000, Duration.ofDays(7).toMillis(), sendersRoot(from.key), TokenPolicy.HASH));
        from.account.transact(
                from.outbox,
                LaneCalls.openOutboxLane(LaneParams.atOutbox(terms, clientOfTo), List.of(from.key.address())));
        to.account.transact(to.inbox, LaneCalls.openInboxLane(LaneParams.atInbox(terms, clientOfFrom)));
        setting = new ContractSetting(
                from.chain(clientOfTo),
                to.chain(clientOfFrom),
                terms,
                from.followed(to, clientOfFrom),
                to.followed(from, clientOfTo),
                InstantSource.system());
    }

    private FiscoVerticle deployed(FiscoVerticle made) {
        vertx.deployVerticle(made).toCompletionStage().toCompletableFuture().join();
        return made;
    }

    private static Bytes32 sendersRoot(SigningKey only) {
        return Digests.sha256(Bytes.concat(Bytes.of(0), only.address().value()));
    }

    @Override
    public void close() {
        from.ledger.close();
        to.ledger.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
