package io.waybill.gateway.demo;

import io.vertx.core.Vertx;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.committee.Committee;
import io.waybill.core.client.conflux.ConfluxClient;
import io.waybill.core.client.conflux.ConfluxParams;
import io.waybill.core.client.conflux.LedgerInfo;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.port.ChainException;
import io.waybill.devnet.conflux.ConfluxDevnet;
import io.waybill.evm.EvmVerticle;
import io.waybill.evm.TxForm;
import io.waybill.evm.conflux.ConfluxFinality;
import io.waybill.evm.verify.ConfluxBlocks;
import io.waybill.evm.verify.Verifier;
import io.waybill.evm.verify.VerifierClient;
import io.waybill.evm.verify.VerifierVerticle;
import io.waybill.gateway.setup.Followed;
import io.waybill.gateway.setup.MemberConfiguration;
import io.waybill.rpc.JsonRpc;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// eSpace of a real Conflux network, with three verifiers who judge it by the light client: the ledger's EVM cannot
/// check the committee's BLS signatures.
final class ConfluxEnd implements EvmEnd {
    private static final int VERIFIERS = 3;
    private static final int NEEDED = 2;
    private static final long LOOK_MS = 200;

    private final Vertx vertx;
    private final ConfluxDevnet devnet;
    private final ChainId id;
    private final Duration patience;
    private final List<JsonRpc> connections = new ArrayList<>();
    private final List<String> deployed = new ArrayList<>();
    private final List<VerifierClient.Endpoint> verifiers = new ArrayList<>();
    private final EvmVerticle verticle;

    /// @param options of the network; the account of the demo is funded beside those it names
    ConfluxEnd(Vertx vertx, ConfluxDevnet.Options options, Followed.Period period, Duration patience) {
        this.vertx = vertx;
        this.patience = patience;
        id = new ChainId("eip155:" + options.eSpaceId());
        var funded = Stream.concat(options.funded().stream(), Stream.of(DemoKeys.EVM_ACCOUNT.secret()))
                .toList();
        devnet = ConfluxDevnet.start(vertx, options.withFunded(funded));
        try {
            var anchor = firstEnd(finality(0));
            for (int i = 0; i < VERIFIERS; i++) verifiers.add(verifier(i, i % options.nodes(), anchor, period));
            verticle = made();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private ConfluxFinality finality(int node) {
        return new ConfluxFinality(open(devnet.core(node)), open(devnet.eSpace(node)), ConfluxParams.MIN_VOTES);
    }

    private JsonRpc open(URI uri) {
        var rpc = new JsonRpc(vertx, uri);
        connections.add(rpc);
        return rpc;
    }

    /// The end of the first PoS epoch that ended on a pivot, awaited.
    private LedgerInfo firstEnd(ConfluxFinality node) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return node.latestEnd().info();
            } catch (ChainException.Unavailable e) {
                if (System.nanoTime() > end) throw e;
                rest();
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// A verifier with a key, a light client and connections of its own.
    private VerifierClient.Endpoint verifier(int index, int node, LedgerInfo anchor, Followed.Period period) {
        var key = KeyPair.named("verifier-" + (index + 1));
        var client = new ConfluxClient(ConfluxParams.of(id, anchor, period.trustingMs(), period.driftMs()));
        var state = ConfluxClient.anchor(anchor).orElseThrow();
        var blocks = new ConfluxBlocks(client, state, finality(node), InstantSource.system());
        var serving = new VerifierVerticle(new Verifier(blocks, key), 0);
        deployed.add(vertx.deployVerticle(serving)
                .toCompletionStage()
                .toCompletableFuture()
                .join());
        return new VerifierClient.Endpoint(URI.create("http://127.0.0.1:" + serving.port()), key.address());
    }

    private EvmVerticle made() {
        var attested = new EvmVerticle.Attested(List.of(devnet.core(0)), verifiers, NEEDED, patience);
        return new EvmVerticle(
                new EvmVerticle.Settings(
                        id, ClientKind.CONFLUX, List.of(devnet.eSpace(0)), TxForm.LEGACY, patience, attested),
                DemoKeys.EVM_ACCOUNT.pair());
    }

    ConfluxDevnet devnet() {
        return devnet;
    }

    @Override
    public ChainId id() {
        return id;
    }

    @Override
    public URI rpc() {
        return devnet.eSpace(0);
    }

    @Override
    public EvmVerticle verticle() {
        return verticle;
    }

    @Override
    public Followed followed(Followed.Period period) {
        var accounts = verifiers.stream()
                .map(VerifierClient.Endpoint::verifier)
                .sorted()
                .toList();
        return new Followed.Attested(id, period, new Committee(accounts, NEEDED), () -> {
            var chain = verticle.deployer();
            return chain.block(chain.head());
        });
    }

    @Override
    public MemberConfiguration.Chain member() {
        return new MemberConfiguration.Conflux(
                id,
                List.of(devnet.eSpace(0)),
                List.of(devnet.core(0)),
                verifiers.stream()
                        .map(verifier -> new MemberConfiguration.Witness(verifier.uri(), verifier.verifier()))
                        .toList(),
                DemoFiles.signer("evm"));
    }

    @Override
    public String words() {
        return "eSpace of Conflux, a real node; %d of %d verifiers speak for it".formatted(NEEDED, VERIFIERS);
    }

    @Override
    public void close() {
        for (var id : deployed) {
            vertx.undeploy(id).toCompletionStage().toCompletableFuture().join();
        }
        connections.forEach(JsonRpc::close);
        devnet.close();
    }
}
