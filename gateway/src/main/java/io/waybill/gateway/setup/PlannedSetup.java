package io.waybill.gateway.setup;

import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.waybill.core.Bytes32;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.committee.CommitteeAnchor;
import io.waybill.core.client.fisco.FiscoAnchor;
import io.waybill.core.client.fisco.Watchers;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.evm.EvmVerticle;
import io.waybill.evm.TxForm;
import io.waybill.fisco.FiscoVerticle;
import io.waybill.gateway.bundle.AnchorJson;
import io.waybill.gateway.config.Keystore;
import io.waybill.gateway.config.LanePlan;
import io.waybill.gateway.config.LanePlan.AnchorAt;
import io.waybill.gateway.config.LanePlan.PlannedChain;
import io.waybill.gateway.config.LanePlan.PlannedWatcher;
import io.waybill.gateway.config.WaybillConfig.Crypto;
import io.waybill.gateway.config.WaybillConfig.Finality;
import io.waybill.gateway.config.WaybillConfig.SignerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A plan with the chains it names: what [LaneSetup] is given, and the files that come of it.
public final class PlannedSetup {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final LanePlan plan;
    private final List<Side> sides;

    private PlannedSetup(Vertx vertx, LanePlan plan, UnaryOperator<ContractHost> hosts) {
        this.vertx = vertx;
        this.plan = plan;
        this.sides = plan.chains().stream().map(chain -> side(chain, hosts)).toList();
    }

    /// Connects both chains of a plan.
    ///
    /// @throws io.waybill.gateway.config.ConfigException if a key cannot be read
    /// @throws ChainException                            if a chain does not answer, or is another
    public static PlannedSetup connect(Vertx vertx, LanePlan plan) {
        return connect(vertx, plan, UnaryOperator.identity());
    }

    /// The same, with something between the setup and each chain.
    static PlannedSetup connect(Vertx vertx, LanePlan plan, UnaryOperator<ContractHost> hosts) {
        return new PlannedSetup(vertx, plan, hosts);
    }

    public List<Side> sides() {
        return sides;
    }

    public List<LaneWanted> lanes() {
        return plan.lanes().stream()
                .map(lane -> new LaneWanted(
                        lane.name(),
                        lane.source(),
                        lane.destination(),
                        lane.maxPacket(),
                        lane.window(),
                        lane.maxTimeout().toMillis(),
                        lane.senders(),
                        eas(lane)))
                .toList();
    }

    private @Nullable EasWanted eas(LanePlan.PlannedLane lane) {
        for (var entry : plan.eas()) {
            if (entry.lane().equals(lane.name())) {
                return new EasWanted(entry.contract(), entry.schemas(), entry.attesters());
            }
        }
        return null;
    }

    private Side side(PlannedChain chain, UnaryOperator<ContractHost> hosts) {
        var period = new Followed.Period(
                chain.trust().trustingPeriod().toMillis(),
                chain.trust().maxClockDrift().toMillis());
        var council = switch (chain.council()) {
            case LanePlan.Council.Use(var address) -> new Side.Seat.Use(address);
            case LanePlan.Council.Create(var members, int approvals, var delay) ->
                new Side.Seat.Create(members, approvals, delay.toMillis());
        };
        var contracts = switch (chain.contracts()) {
            case LanePlan.Contracts.Use(var outbox, var inbox) -> new Side.Contracts.Use(outbox, inbox);
            case LanePlan.Contracts.Create() -> new Side.Contracts.Create();
        };
        return switch (chain) {
            case LanePlan.Evm evm -> {
                var host = evm(evm);
                yield new Side(hosts.apply(host), true, council, contracts, evm.pauser(), followed(evm, period, host));
            }
            case LanePlan.Conflux conflux -> {
                var host = eSpace(conflux);
                yield new Side(
                        hosts.apply(host), true, council, contracts, conflux.pauser(), followed(conflux, period, host));
            }
            case LanePlan.Fisco fisco -> {
                var host = ledger(fisco);
                yield new Side(
                        hosts.apply(host), false, council, contracts, fisco.pauser(), followed(fisco, period, host));
            }
        };
    }

    private EvmHost evm(LanePlan.Evm chain) {
        var verticle = started(new EvmVerticle(
                new EvmVerticle.Settings(chain.id(), kind(chain), chain.rpc(), TxForm.LEGACY, PATIENCE),
                Keystore.open(chain.deployer())));
        return new EvmHost(chain.id(), verticle.deployer());
    }

    private static ClientKind kind(LanePlan.Evm chain) {
        return chain.finality() == Finality.QBFT ? ClientKind.QBFT : ClientKind.IBFT2;
    }

    private static Followed followed(LanePlan.Evm chain, Followed.Period period, EvmHost host) {
        var at = chain.trust().anchor();
        return new Followed.Qbft(
                chain.id(),
                kind(chain),
                period,
                () -> header(chain, at, host.deployer()::head, host.deployer()::header, header -> header.hash()));
    }

    private EvmHost eSpace(LanePlan.Conflux chain) {
        var verticle = started(new EvmVerticle(
                new EvmVerticle.Settings(chain.id(), ClientKind.CONFLUX, chain.rpc(), TxForm.LEGACY, PATIENCE),
                Keystore.open(chain.deployer())));
        return new EvmHost(chain.id(), verticle.deployer());
    }

    private static Followed followed(LanePlan.Conflux chain, Followed.Period period, EvmHost host) {
        var at = chain.trust().anchor();
        return new Followed.Attested(
                chain.id(),
                period,
                chain.committee(),
                () -> header(chain, at, host.deployer()::head, host.deployer()::block, CommitteeAnchor::hash));
    }

    private LedgerHost ledger(LanePlan.Fisco chain) {
        var verticle = started(new FiscoVerticle(
                new FiscoVerticle.Settings(chain.id(), chain.group(), suite(chain), chain.rpc(), List.of(), PATIENCE),
                Keystore.open(chain.deployer(), suite(chain))));
        return new LedgerHost(chain.id(), suite(chain), verticle.account());
    }

    private static FiscoSuite suite(LanePlan.Fisco chain) {
        return chain.crypto() == Crypto.SM ? FiscoSuite.SM : FiscoSuite.STANDARD;
    }

    private static Followed followed(LanePlan.Fisco chain, Followed.Period period, LedgerHost host) {
        var all =
                chain.watchers().stream().map(PlannedWatcher::address).sorted().toList();
        var named = chain.watchers().stream()
                .filter(PlannedWatcher::destination)
                .map(PlannedWatcher::address)
                .collect(Collectors.toUnmodifiableSet());
        var suite = suite(chain);
        var at = chain.trust().anchor();
        return new Followed.Fisco(
                chain.id(),
                suite == FiscoSuite.SM ? ClientKind.FISCO_SM : ClientKind.FISCO,
                period,
                chain.floor(),
                new Watchers(all, named),
                () -> new FiscoAnchor(
                        header(chain, at, host.account()::head, host.account()::header, header -> header.hash(suite))));
    }

    /// The header to begin with: the newest, or the pinned one, which must have the pinned hash.
    private static <H> H header(
            PlannedChain chain, AnchorAt at, LongSupplier head, LongFunction<H> read, Function<H, Bytes32> hash) {
        return switch (at) {
            case AnchorAt.Latest() -> read.apply(head.getAsLong());
            case AnchorAt.Pinned(long height, var pinned) -> {
                var header = read.apply(height);
                var found = hash.apply(header);
                if (!found.equals(pinned)) {
                    throw new ChainException.Refused("anchor of %s: expected the hash %s at height %d, found %s"
                            .formatted(chain.id(), pinned, height, found));
                }
                yield header;
            }
        };
    }

    private <T extends Deployable> T started(T verticle) {
        vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().join();
        return verticle;
    }

    /// Writes `waybill.yaml`, with which a member serves the lanes, and the anchors it names.
    ///
    /// @return the configuration
    public Path write(Path folder, Opened opened) throws IOException {
        Files.createDirectories(folder);
        for (var client : opened.clients()) {
            var name = MemberConfiguration.anchorName(client.anchor().chain());
            Files.writeString(folder.resolve(name), AnchorJson.write(client.anchor()));
        }
        var chains = plan.chains().stream().map(chain -> member(folder, chain)).toList();
        var text = MemberConfiguration.of("Serves the lanes that ./waybill lane open opened", chains, opened, lanes());
        return Files.writeString(folder.resolve("waybill.yaml"), text);
    }

    private static MemberConfiguration.Chain member(Path folder, PlannedChain chain) {
        var base = folder.toAbsolutePath().normalize();
        var signer = new SignerConfig(
                base.relativize(chain.signer().keystore().toAbsolutePath().normalize()),
                base.relativize(chain.signer().passwordFile().toAbsolutePath().normalize()));
        return switch (chain) {
            case LanePlan.Evm evm ->
                new MemberConfiguration.Evm(
                        evm.id(), evm.rpc(), evm.finality().name().toLowerCase(Locale.ROOT), signer);
            case LanePlan.Conflux conflux ->
                new MemberConfiguration.Conflux(
                        conflux.id(),
                        conflux.rpc(),
                        conflux.coreRpc(),
                        conflux.verifiers().stream()
                                .map(verifier -> new MemberConfiguration.Witness(verifier.uri(), verifier.address()))
                                .toList(),
                        signer);
            case LanePlan.Fisco fisco ->
                new MemberConfiguration.Fisco(
                        fisco.id(),
                        fisco.rpc(),
                        fisco.group(),
                        fisco.crypto().name().toLowerCase(Locale.ROOT),
                        fisco.watchers().stream()
                                .map(watcher -> new MemberConfiguration.Witness(watcher.uri(), watcher.address()))
                                .toList(),
                        signer);
        };
    }
}
