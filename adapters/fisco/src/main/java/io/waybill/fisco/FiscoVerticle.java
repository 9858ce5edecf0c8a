package io.waybill.fisco;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.waybill.contracts.LaneContracts;
import io.waybill.core.ChainId;
import io.waybill.core.port.Signer;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.fisco.watch.WatcherClient;
import io.waybill.rpc.JsonRpc;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The life cycle of a ledger's adapter: opens its JSON-RPC and its watchers' HTTP, makes sure that it is the group
/// it should be, and closes both.
public final class FiscoVerticle extends VerticleBase {
    private final Settings settings;
    private final Signer signer;
    private volatile @Nullable JsonRpc rpc;
    private volatile @Nullable WatcherClient watchers;
    private volatile @Nullable FiscoAccount account;

    /// Which ledger, and how it is spoken to.
    ///
    /// @param chain     `fisco:<chain>-<group>`
    /// @param group     such as `group0`
    /// @param suite     the cryptography it was made with
    /// @param endpoints JSON-RPC addresses of its nodes, tried in order
    /// @param watchers  those who corroborate its headers; none where nothing is proven from this ledger
    /// @param patience  how long a transaction may take to get into a block, and watchers to sign a header
    public record Settings(
            ChainId chain,
            String group,
            FiscoSuite suite,
            List<URI> endpoints,
            List<WatcherClient.Endpoint> watchers,
            Duration patience) {
        public Settings {
            endpoints = List.copyOf(endpoints);
            watchers = List.copyOf(watchers);
        }
    }

    /// Will speak to a ledger once deployed.
    ///
    /// @param signer the account that sends
    public FiscoVerticle(Settings settings, Signer signer) {
        this.settings = settings;
        this.signer = signer;
    }

    @Override
    public Future<?> start() {
        var opened = new JsonRpc(vertx, settings.endpoints(), JsonRpc.Limits.DEFAULT);
        rpc = opened;
        watchers = new WatcherClient(vertx, settings.watchers(), settings.patience());
        return vertx.executeBlocking(() -> {
            account = FiscoAccount.open(
                    opened, settings.chain(), settings.group(), settings.suite(), signer, settings.patience());
            return true;
        });
    }

    @Override
    public Future<?> stop() {
        var opened = rpc;
        var asked = watchers;
        if (opened != null) opened.close();
        if (asked != null) asked.close();
        return Future.succeededFuture();
    }

    /// The ledger with the contracts that lanes use on it.
    ///
    /// @throws IllegalStateException before the verticle is started
    public FiscoChain chain(LaneContracts contracts) {
        var asked = watchers;
        if (asked == null) throw new IllegalStateException("ledger: expected started, got none");
        return new FiscoChain(contracts, account(), asked);
    }

    /// What sets up contracts on the ledger, and sends.
    ///
    /// @throws IllegalStateException before the verticle is started
    public FiscoAccount account() {
        var opened = account;
        if (opened == null) throw new IllegalStateException("ledger: expected started, got none");
        return opened;
    }
}
