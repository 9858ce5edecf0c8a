package io.waybill.evm;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.waybill.contracts.LaneContracts;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.Signer;
import io.waybill.evm.conflux.ConfluxFinality;
import io.waybill.evm.verify.VerifierClient;
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
    private volatile @Nullable JsonRpc core;
    private volatile @Nullable VerifierClient verifiers;
    private @Nullable EvmSubmitter submitter;

    /// Which chain, and how it is spoken to.
    ///
    /// @param chain     `eip155:<chain id>`
    /// @param kind      QBFT, IBFT2 or CONFLUX: what makes its blocks final
    /// @param endpoints JSON-RPC addresses of its nodes, tried in order
    /// @param form      how transactions are written
    /// @param patience  how long a transaction may take to get into a block
    /// @param attested  who speaks for a Conflux chain where its own proofs cannot be checked; null where nothing
    ///     is proven
    ///     from it, and for other kinds
    public record Settings(
            ChainId chain,
            ClientKind kind,
            List<URI> endpoints,
            TxForm form,
            Duration patience,
            @Nullable Attested attested) {
        /// Settings of a chain that no committee speaks for.
        public Settings(ChainId chain, ClientKind kind, List<URI> endpoints, TxForm form, Duration patience) {
            this(chain, kind, endpoints, form, patience, null);
        }

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

    /// The committee that speaks for a Conflux chain.
    ///
    /// @param core      JSON-RPC addresses of the Core space of its nodes
    /// @param verifiers all of the committee
    /// @param needed    how many must say the same
    /// @param patience  how long they may take for one block, finality included
    public record Attested(List<URI> core, List<VerifierClient.Endpoint> verifiers, int needed, Duration patience) {
        public Attested {
            core = List.copyOf(core);
            verifiers = List.copyOf(verifiers);
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
        var attested = settings.attested();
        if (attested != null) {
            core = new JsonRpc(vertx, attested.core(), JsonRpc.Limits.DEFAULT);
            verifiers = new VerifierClient(attested.verifiers(), attested.needed(), attested.patience());
        }
        return vertx.executeBlocking(() -> {
            long found = node(opened).chainId();
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
        var told = core;
        var asked = verifiers;
        if (opened != null) opened.close();
        if (told != null) told.close();
        if (asked != null) asked.close();
        return Future.succeededFuture();
    }

    /// The chain with the contracts that lanes use on it.
    ///
    /// @throws IllegalStateException before the verticle is started
    public EvmChain chain(LaneContracts contracts) {
        var node = node();
        return new EvmChain(contracts, node, proofs(node), submitter(node));
    }

    /// What sets up contracts on the chain.
    ///
    /// @throws IllegalStateException before the verticle is started
    public EvmDeployer deployer() {
        var node = node();
        return new EvmDeployer(node, submitter(node));
    }

    /// What people attest at an EAS of this chain, as a source of a lane.
    ///
    /// @throws IllegalStateException before the verticle is started
    public EasOrigin eas(EasOrigin.Contracts contracts) {
        var node = node();
        return new EasOrigin(node, submitter(node), contracts);
    }

    private EvmNode node() {
        return node(opened());
    }

    private EvmNode node(JsonRpc opened) {
        return settings.kind() == ClientKind.CONFLUX ? new EspaceNode(opened) : new SealedNode(opened, settings.kind());
    }

    private EventProofs proofs(EvmNode node) {
        if (node instanceof SealedNode sealed) return new SealedProofs(sealed);
        var asked = verifiers;
        var told = core;
        if (asked == null || told == null) return new NoProofs();
        // What the records of a block are takes no votes to read: who signs them has counted.
        return new CommitteeProofs(asked, new ConfluxFinality(told, opened(), 1)::logs);
    }

    /// The one that brings this account's transactions onto the chain: it alone takes nonces.
    private synchronized EvmSubmitter submitter(EvmNode node) {
        var made = submitter;
        if (made == null) {
            var web3j = Web3j.build(new JsonRpcService(opened()));
            var signing = new TxSigner(settings.chainId(), signer);
            made = new EvmSubmitter(web3j, node, signing, settings.form(), settings.patience());
            submitter = made;
        }
        return made;
    }

    private JsonRpc opened() {
        var opened = rpc;
        if (opened == null) throw new IllegalStateException("chain: expected started, got none");
        return opened;
    }
}
