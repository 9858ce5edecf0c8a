package io.waybill.gateway.witness;

import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.fisco.FiscoNode;
import io.waybill.fisco.watch.Journal;
import io.waybill.fisco.watch.Watcher;
import io.waybill.fisco.watch.WatcherVerticle;
import io.waybill.gateway.config.ConfigException;
import io.waybill.gateway.config.Keystore;
import io.waybill.gateway.config.WatcherConfig;
import io.waybill.gateway.config.WaybillConfig.Crypto;
import io.waybill.gateway.ops.Readiness;
import io.waybill.rpc.JsonRpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/// A watcher as a process of its own, beside a node that does not seal.
public final class RunningWatcher implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final JsonRpc rpc;
    private final Journal journal;
    private final Watcher watcher;
    private final WatcherVerticle serving;
    private final WitnessOps ops;

    private RunningWatcher(WatcherConfig config) {
        rpc = new JsonRpc(vertx, config.rpc());
        try {
            var suite = config.crypto() == Crypto.SM ? FiscoSuite.SM : FiscoSuite.STANDARD;
            var node = new FiscoNode(rpc, config.group(), suite);
            compare(config, node);
            // Watchers sign with secp256k1 whatever the chain's cryptography is: contracts elsewhere check them.
            var signer = Keystore.open(config.signer());
            journal = journal(config);
            watcher = new Watcher(suite, node, signer, journal);
            ops = new WitnessOps(vertx, "watcher", config.ops(), List.of(new Readiness.Check("node", () -> {
                long height = node.height();
                return height >= 0 ? List.of() : List.of("the node has no block");
            })));
            serving = new WatcherVerticle(
                    watcher, config.http().host(), config.http().port(), ops::answered);
        } catch (RuntimeException e) {
            rpc.close();
            vertx.close().toCompletionStage().toCompletableFuture().join();
            throw e;
        }
    }

    /// Starts a watcher.
    ///
    /// @throws ConfigException                              if something the configuration names cannot be used
    /// @throws io.waybill.core.port.ChainException if its node does not answer, or serves another chain
    public static RunningWatcher start(WatcherConfig config) {
        var running = new RunningWatcher(config);
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

    private static Journal journal(WatcherConfig config) {
        try {
            Files.createDirectories(
                    config.journal().toAbsolutePath().normalize().resolveSibling(""));
            return Journal.at(config.journal());
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new ConfigException("%s: expected a watcher's journal that nobody else uses, or none (%s)"
                    .formatted(config.journal(), e.getMessage()));
        }
    }

    /// The account it signs with.
    public Address address() {
        return watcher.address();
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
        rpc.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        journal.close();
    }
}
