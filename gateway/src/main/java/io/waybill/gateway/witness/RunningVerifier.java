package io.waybill.gateway.witness;

import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.evm.conflux.ConfluxFinality;
import io.waybill.evm.verify.ConfluxBlocks;
import io.waybill.evm.verify.Verifier;
import io.waybill.evm.verify.VerifierVerticle;
import io.waybill.gateway.config.ConfigException;
import io.waybill.gateway.config.Keystore;
import io.waybill.gateway.config.VerifierConfig;
import io.waybill.gateway.ops.Readiness;
import io.waybill.rpc.JsonRpc;
import java.time.InstantSource;
import java.util.List;

/// A verifier as a process of its own.
public final class RunningVerifier implements AutoCloseable {
    private final Vertx vertx;
    private final JsonRpc core;
    private final JsonRpc eSpace;
    private final Verifier verifier;
    private final VerifierVerticle serving;
    private final WitnessOps ops;

    private RunningVerifier(VerifierConfig config) {
        var beginning = Beginning.of(config.anchor(), config.state());
        var anchor = beginning.newest();
        if (!anchor.chain().equals(config.chain())) {
            throw new ConfigException("%s: expected an anchor of %s, found one of %s"
                    .formatted(config.anchor(), config.chain(), anchor.chain()));
        }
        var signer = Keystore.open(config.signer());
        vertx = Vertx.vertx();
        core = new JsonRpc(vertx, config.coreRpc(), JsonRpc.Limits.DEFAULT);
        eSpace = new JsonRpc(vertx, config.rpc(), JsonRpc.Limits.DEFAULT);
        var node = new ConfluxFinality(core, eSpace, anchor.params().minVotes());
        var blocks = new ConfluxBlocks(anchor.client(), anchor.state(), node, InstantSource.system(), beginning::keep);
        verifier = new Verifier(blocks, signer);
        ops = new WitnessOps(vertx, "verifier", config.ops(), List.of(new Readiness.Check("chain", this::behind)));
        serving = new VerifierVerticle(
                verifier, config.http().host(), config.http().port(), ops::answered);
    }

    private List<String> behind() {
        var why = serving.behind();
        return why == null ? List.of() : List.of(why);
    }

    /// Starts a verifier: it follows its chain and signs what it is asked for and judged.
    ///
    /// @throws ConfigException if something the configuration names cannot be used
    public static RunningVerifier start(VerifierConfig config) {
        var running = new RunningVerifier(config);
        try {
            running.vertx
                    .deployVerticle(running.serving)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return running;
        } catch (RuntimeException e) {
            running.close();
            throw e;
        }
    }

    /// The account it signs with.
    public Address address() {
        return verifier.address();
    }

    public int port() {
        return serving.port();
    }

    public int opsPort() {
        return ops.port();
    }

    @Override
    public void close() {
        ops.close();
        core.close();
        eSpace.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
