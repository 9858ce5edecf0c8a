package io.waybill.gateway;

import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.waybill.contracts.LaneContracts;
import io.waybill.core.Address;
import io.waybill.core.ChainId;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.committee.Committee;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.port.Chain;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.evm.EasOrigin;
import io.waybill.evm.EvmVerticle;
import io.waybill.evm.TxForm;
import io.waybill.evm.verify.VerifierClient;
import io.waybill.fisco.FiscoVerticle;
import io.waybill.fisco.watch.WatcherClient;
import io.waybill.gateway.bundle.Anchor;
import io.waybill.gateway.config.AnchorFiles;
import io.waybill.gateway.config.ConfigException;
import io.waybill.gateway.config.Keystore;
import io.waybill.gateway.config.WaybillConfig;
import io.waybill.gateway.config.WaybillConfig.ChainConfig;
import io.waybill.gateway.config.WaybillConfig.ClientEntry;
import io.waybill.gateway.config.WaybillConfig.EasEntry;
import io.waybill.gateway.config.WaybillConfig.LaneEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes a network out of a configuration: adapters started, anchors read, lanes named.
final class Wiring {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// For one block, finality included: a PoS epoch at the most.
    private static final Duration VERIFIERS = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final WaybillConfig config;
    private final List<Network.Client> clients = new ArrayList<>();
    private final Map<ChainId, EvmVerticle> evms = new HashMap<>();

    private Wiring(Vertx vertx, WaybillConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /// Starts the adapters of every configured chain.
    ///
    /// @throws ConfigException if an anchor or a key cannot be read
    static Network connect(Vertx vertx, WaybillConfig config) {
        var wiring = new Wiring(vertx, config);
        for (var chain : config.chains()) chain.clients().forEach(entry -> wiring.clients.add(client(chain, entry)));
        var chains = config.chains().stream().map(wiring::chain).toList();
        var network = new Network(chains, wiring.clients, List.of());
        var lanes = config.lanes().stream()
                .map(lane -> new Network.NamedLane(lane.name(), wiring.terms(network, lane)))
                .toList();
        var origins = config.eas().stream().map(wiring::origin).toList();
        return new Network(chains, wiring.clients, lanes, origins);
    }

    private Network.NamedOrigin origin(EasEntry entry) {
        var lane = config.lanes().stream()
                .filter(each -> each.name().equals(entry.lane()))
                .findFirst()
                .orElseThrow();
        var verticle = evms.get(lane.source());
        if (verticle == null) {
            throw new ConfigException("eas.lane: expected a lane whose source is an EVM, found %s from %s"
                    .formatted(lane.name(), lane.source()));
        }
        if (!lane.senders().contains(entry.source())) {
            throw new ConfigException("eas.source: expected one of the senders of lane %s, found %s"
                    .formatted(lane.name(), entry.source()));
        }
        var contracts = new EasOrigin.Contracts(entry.contract(), entry.source(), entry.from());
        return new Network.NamedOrigin(lane.name(), verticle.eas(contracts));
    }

    private static Network.Client client(ChainConfig home, ClientEntry entry) {
        var anchor = AnchorFiles.read(entry.anchor());
        if (!anchor.chain().equals(entry.follows())) {
            throw new ConfigException("%s: expected an anchor of %s, found one of %s"
                    .formatted(entry.anchor(), entry.follows(), anchor.chain()));
        }
        return new Network.Client(new ClientRef(home.id(), entry.contract(), anchor.id()), anchor);
    }

    private Chain chain(ChainConfig chain) {
        var clients = chain.clients().stream().map(ClientEntry::contract).collect(Collectors.toUnmodifiableSet());
        var contracts = new LaneContracts(chain.id(), chain.outbox(), chain.inbox(), clients);
        return switch (chain) {
            case WaybillConfig.Evm evm -> {
                var kind = evm.finality() == WaybillConfig.Finality.QBFT ? ClientKind.QBFT : ClientKind.IBFT2;
                yield evm(evm, kind, null).chain(contracts);
            }
            case WaybillConfig.Conflux conflux ->
                evm(conflux, ClientKind.CONFLUX, attested(conflux)).chain(contracts);
            case WaybillConfig.Fisco fisco -> {
                var suite = fisco.crypto() == WaybillConfig.Crypto.SM ? FiscoSuite.SM : FiscoSuite.STANDARD;
                var verticle = started(new FiscoVerticle(
                        new FiscoVerticle.Settings(
                                fisco.id(), fisco.group(), suite, fisco.rpc(), watchers(fisco), PATIENCE),
                        Keystore.open(fisco.signer(), suite)));
                yield verticle.chain(contracts);
            }
        };
    }

    private EvmVerticle evm(ChainConfig chain, ClientKind kind, EvmVerticle.@Nullable Attested attested) {
        var verticle = started(new EvmVerticle(
                new EvmVerticle.Settings(chain.id(), kind, chain.rpc(), TxForm.LEGACY, PATIENCE, attested),
                Keystore.open(chain.signer())));
        evms.put(chain.id(), verticle);
        return verticle;
    }

    private <T extends Deployable> T started(T verticle) {
        vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().join();
        return verticle;
    }

    /// The watchers of a ledger; which of them the destination's operators named stands in the anchors of its
    /// clients.
    private List<WatcherClient.Endpoint> watchers(WaybillConfig.Fisco ledger) {
        return ledger.watchers().stream()
                .map(watcher -> new WatcherClient.Endpoint(
                        watcher.uri(), watcher.address(), isNamed(ledger.id(), watcher.address())))
                .toList();
    }

    /// The verifiers of a chain; how many of them must say the same stands in the anchor of its client.
    private EvmVerticle.@Nullable Attested attested(WaybillConfig.Conflux chain) {
        if (chain.verifiers().isEmpty()) return null;
        int needed = clients.stream()
                .map(Network.Client::anchor)
                .filter(anchor -> anchor.chain().equals(chain.id()))
                .mapMulti(Wiring::committee)
                .mapToInt(Committee::needed)
                .max()
                .orElseThrow(() -> new ConfigException(("chains: %s names verifiers: expected a client of it on another"
                                + " chain, with the anchor of a committee, found none")
                        .formatted(chain.id())));
        var endpoints = chain.verifiers().stream()
                .map(verifier -> new VerifierClient.Endpoint(verifier.uri(), verifier.address()))
                .toList();
        return new EvmVerticle.Attested(chain.coreRpc(), endpoints, needed, VERIFIERS);
    }

    private static void committee(Anchor anchor, Consumer<Committee> found) {
        if (anchor instanceof Anchor.Committee(var params)) found.accept(params.committee());
    }

    private boolean isNamed(ChainId ledger, Address watcher) {
        return clients.stream()
                .map(Network.Client::anchor)
                .anyMatch(anchor -> anchor instanceof Anchor.Fisco(var params)
                        && params.chain().equals(ledger)
                        && params.watchers().destination().contains(watcher));
    }

    private LaneTerms terms(Network network, LaneEntry lane) {
        var source = config.chain(lane.source());
        var destination = config.chain(lane.destination());
        var senders = lane.senders().stream().sorted().map(Address::value).toList();
        return new LaneTerms(
                source.id(),
                network.client(source.id(), destination.id()).ref().id(),
                source.outbox(),
                destination.id(),
                network.client(destination.id(), source.id()).ref().id(),
                destination.inbox(),
                lane.salt(),
                new LaneTerms.Terms(
                        lane.maxPacket(),
                        lane.window(),
                        lane.maxTimeout().toMillis(),
                        LaneLog.of(senders).root(),
                        TokenPolicy.HASH));
    }
}
