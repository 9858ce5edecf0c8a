package io.waybill.gateway.witness;

import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.evm.conflux.ConfluxFinality;
import io.waybill.evm.verify.ConfluxBlocks;
import io.waybill.evm.verify.Verifier;
import io.waybill.evm.verify.VerifierVerticle;
import io.waybill.fisco.FiscoNode;
import io.waybill.fisco.watch.Journal;
import io.waybill.fisco.watch.Watcher;
import io.waybill.fisco.watch.WatcherVerticle;
import io.waybill.gateway.config.ConfigException;
import io.waybill.gateway.config.Keystore;
import io.waybill.gateway.config.VerifierConfig;
import io.waybill.gateway.config.WatcherConfig;
import io.waybill.gateway.config.WaybillConfig;
import io.waybill.gateway.config.WaybillConfig.Crypto;
import io.waybill.gateway.ops.Readiness;
import io.waybill.rpc.JsonRpc;
import io.waybill.rpc.witness.SignatureVerticle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A watcher or a verifier as a process of its own: it signs what it is asked for and judged.
public final class RunningWitness implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final WitnessOps ops;
    private final SignatureVerticle serving;
    /// In the order in which they are ended.
    private final Deque<Runnable> parts = new ArrayDeque<>();

    /// What a kind of witness is made of.
    ///
    /// @param complaints why it is not ready now
    private record Made(SignatureVerticle serving, Supplier<List<String>> complaints) {}

    private RunningWitness(String name, WaybillConfig.Listen opsAt, Function<RunningWitness, Made> make) {
        ops = new WitnessOps(name);
        parts.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        parts.add(ops::close);
        try {
            var made = make.apply(this);
            serving = made.serving();
            ops.serve(vertx, opsAt, new Readiness(List.of(new Readiness.Check("node", made.complaints()))));
            vertx.deployVerticle(serving)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Starts a watcher beside a node that does not seal.
    ///
    /// @throws ConfigException                              if something the configuration names cannot be used
    /// @throws io.waybill.core.port.ChainException if its node does not answer
    public static RunningWitness watcher(WatcherConfig config) {
        return new RunningWitness("watcher", config.ops(), running -> running.made(config));
    }

    /// Starts a verifier, which follows its chain.
    ///
    /// @throws ConfigException if something the configuration names cannot be used
    public static RunningWitness verifier(VerifierConfig config) {
        return new RunningWitness("verifier", config.ops(), running -> running.made(config));
    }

    private Made made(WatcherConfig config) {
        var suite = config.crypto() == Crypto.SM ? FiscoSuite.SM : FiscoSuite.STANDARD;
        var node = new FiscoNode(open(List.of(config.rpc())), config.group(), suite);
        compare(config, node);
        // Watchers sign with secp256k1 whatever the chain's cryptography is: contracts elsewhere check them.
        var signer = Keystore.open(config.signer());
        var journal = journal(config.journal());
        parts.addLast(journal::close);
        var watcher = new Watcher(suite, node, signer, journal);
        return new Made(new WatcherVerticle(watcher, at(config.http()), ops::answered), () -> {
            node.height();
            return List.of();
        });
    }

    private static void compare(WatcherConfig config, FiscoNode node) {
        var served = node.groupInfo();
        if (!served.caip2().equals(config.chain().name())) {
            throw new ConfigException(
                    "chain: expected %s, the node serves %s".formatted(config.chain(), served.caip2()));
        }
        if (served.smCrypto() != (config.crypto() == Crypto.SM)) {
            throw new ConfigException("crypto: expected %s, the node runs %s"
                    .formatted(config.crypto(), served.smCrypto() ? Crypto.SM : Crypto.STANDARD));
        }
    }

    private static Journal journal(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().normalize().resolveSibling(""));
            return Journal.at(file);
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new ConfigException("%s: expected a watcher's journal that nobody else uses, or none (%s)"
                    .formatted(file, e.getMessage()));
        }
    }

    private Made made(VerifierConfig config) {
        var beginning = Beginning.of(config.anchor(), config.state());
        var anchor = beginning.newest();
        if (!anchor.chain().equals(config.chain())) {
            throw new ConfigException("%s: expected an anchor of %s, found one of %s"
                    .formatted(config.anchor(), config.chain(), anchor.chain()));
        }
        var signer = Keystore.open(config.signer());
        var node = new ConfluxFinality(
                open(config.coreRpc()), open(config.rpc()), anchor.params().minVotes());
        var blocks = new ConfluxBlocks(anchor.client(), anchor.state(), node, InstantSource.system(), beginning::keep);
        var verticle = new VerifierVerticle(new Verifier(blocks, signer), at(config.http()), ops::answered);
        return new Made(verticle, () -> Stream.ofNullable(verticle.behind()).toList());
    }

    private JsonRpc open(List<URI> endpoints) {
        var rpc = new JsonRpc(vertx, endpoints, JsonRpc.Limits.DEFAULT);
        parts.addFirst(rpc::close);
        return rpc;
    }

    private static SignatureVerticle.Listen at(WaybillConfig.Listen listen) {
        return new SignatureVerticle.Listen(listen.host(), listen.port());
    }

    /// The account it signs with.
    public Address address() {
        return serving.address();
    }

    public int port() {
        return serving.port();
    }

    public int opsPort() {
        return ops.port();
    }

    @Override
    public void close() {
        parts.forEach(Runnable::run);
    }
}
