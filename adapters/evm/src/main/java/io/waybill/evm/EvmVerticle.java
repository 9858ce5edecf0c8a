package io.waybill.evm;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.Signer;
import io.waybill.rpc.JsonRpc;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3j;

/// The life cycle of an EVM chain's adapter: opens its JSON-RPC, makes sure that it is the chain it should be, and
/// closes it.
public final class EvmVerticle extends VerticleBase {
    private final Settings settings;
    private final Signer signer;
    private volatile @Nullable JsonRpc rpc;

    /// Which chain, and how it is spoken to.
    ///
    /// @param chain     `eip155:<chain id>`
    /// @param kind      QBFT or IBFT2
    /// @param endpoints JSON-RPC addresses of its nodes, tried in order
    /// @param form      how transactions are written
    /// @param patience  how long a transaction may take to get into a block
    public record Settings(ChainId chain, ClientKind kind, List<URI> endpoints, TxForm form, Duration patience) {
        public Settings {
            endpoints = List.copyOf(endpoints);
            if (!chain.name().matches("eip155:[1-9][0-9]{0,17}")) {
                throw new IllegalArgumentException("chain: expected eip155:<chain id>, got " + chain);
            }
        }

        long chainId() {
            return Long.parseLong(chain.name().substring("eip155:".length()));
        }
    }

    /// Will speak to a chain once deployed.
    ///
    /// @param signer the account that sends
    public EvmVerticle(Settings settings, Signer signer) {
        this.settings = settings;
        this.signer = signer;
    }

    @Override
    public Future<?> start() {
        var opened = new JsonRpc(vertx, settings.endpoints(), JsonRpc.Limits.DEFAULT);
        rpc = opened;
        return vertx.executeBlocking(() -> {
            long found = new EvmNode(opened, settings.kind()).chainId();
            if (found != settings.chainId()) {
                throw new ChainException.Refused(
                        "chain id: expected %d, the node says %d".formatted(settings.chainId(), found));
            }
            return true;
        });
    }

    @Override
    public Future<?> stop() {
        var opened = rpc;
        if (opened != null) opened.close();
        return Future.succeededFuture();
    }

    /// The chain with the contracts that lanes use on it.
    ///
    /// @throws IllegalStateException before the verticle is started
    public EvmChain chain(EvmChain.Contracts contracts) {
        var node = node();
        return new EvmChain(contracts, node, submitter(node));
    }

    /// What sets up contracts on the chain.
    ///
    /// @throws IllegalStateException before the verticle is started
    public EvmDeployer deployer() {
        var node = node();
        return new EvmDeployer(node, submitter(node));
    }

    private EvmNode node() {
        return new EvmNode(opened(), settings.kind());
    }

    private EvmSubmitter submitter(EvmNode node) {
        var web3j = Web3j.build(new JsonRpcService(opened()));
        var signing = new TxSigner(settings.chainId(), signer);
        return new EvmSubmitter(web3j, node, signing, settings.form(), settings.patience());
    }

    private JsonRpc opened() {
        var opened = rpc;
        if (opened == null) throw new IllegalStateException("chain: expected started, got none");
        return opened;
    }
}
