package io.waybill.devnet.conflux;

import io.vertx.core.Vertx;
import io.waybill.core.Bytes32;
import io.waybill.core.port.ChainException;
import io.waybill.devnet.conflux.NodeFiles.Ports;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import io.waybill.rpc.RpcError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A local Conflux network: one real node or several, each a validator of its own PoS chain. The first makes
/// blocks, by itself or when told to.
public final class ConfluxDevnet implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final long LOOK_MS = 100;

    private final Path folder;
    private final List<Ports> ports;
    private final List<@Nullable ConfluxProcess> processes;
    private final List<JsonRpc> rpcs;

    /// How the network is.
    ///
    /// @param nodes         1 to 4, each a validator
    /// @param coreId        chain id of the Core space
    /// @param eSpaceId      chain id of the eSpace
    /// @param blocks        time between blocks of the first node; zero where blocks are made by [#mine] only
    /// @param round         time of a PoS round that fails
    /// @param roundsPerTerm even; a PoS epoch is that many rounds
    /// @param funded        secrets of accounts that have 10,000 CFX in each space to begin with
    public record Options(
            int nodes,
            long coreId,
            long eSpaceId,
            Duration blocks,
            Duration round,
            int roundsPerTerm,
            List<Bytes32> funded) {
        /// One node, blocks every 100 ms, rounds of 200 ms, twenty a term.
        public static final Options DEFAULT =
                new Options(1, 1234, 1235, Duration.ofMillis(100), Duration.ofMillis(200), 20, List.of());

        public Options {
            funded = List.copyOf(funded);
        }

        public Options withNodes(int value) {
            return new Options(value, coreId, eSpaceId, blocks, round, roundsPerTerm, funded);
        }

        public Options withFunded(List<Bytes32> secrets) {
            return new Options(nodes, coreId, eSpaceId, blocks, round, roundsPerTerm, secrets);
        }

        /// Blocks are made by [#mine] only.
        public Options withoutBlocks() {
            return new Options(nodes, coreId, eSpaceId, Duration.ZERO, round, roundsPerTerm, funded);
        }

        public Options withRoundsPerTerm(int value) {
            return new Options(nodes, coreId, eSpaceId, blocks, round, value, funded);
        }
    }

    private ConfluxDevnet(Vertx vertx, Options options) {
        this.ports = ports(options.nodes());
        this.processes = new ArrayList<>();
        this.rpcs = ports.stream()
                .map(port -> new JsonRpc(vertx, http(port.core())))
                .toList();
        var validators = IntStream.range(0, options.nodes())
                .mapToObj(i -> new PosValidator("conflux validator " + i))
                .toList();
        var genesis = new PosGenesis(validators, options.coreId());
        try {
            folder = Files.createTempDirectory("waybill-conflux").toRealPath();
            for (int i = 0; i < options.nodes(); i++) {
                var own = Files.createDirectory(folder.resolve("node" + i));
                new NodeFiles(genesis, options, ports, i).write(own);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Conflux devnet: its files cannot be written", e);
        }
        for (int i = 0; i < options.nodes(); i++) processes.add(new ConfluxProcess(folder(i)));
    }

    /// Whether there is a node to run on this machine: the package exists for Linux on x64 only.
    public static boolean isAvailable() {
        return ConfluxProcess.script().isPresent();
    }

    /// Starts the network and waits until every node serves.
    ///
    /// @throws IllegalStateException if a node does not come up
    public static ConfluxDevnet start(Vertx vertx, Options options) {
        var devnet = new ConfluxDevnet(vertx, options);
        try {
            for (int i = 0; i < options.nodes(); i++) devnet.awaitReady(i);
            return devnet;
        } catch (RuntimeException e) {
            devnet.close();
            throw e;
        }
    }

    private static List<Ports> ports(int nodes) {
        // All are held until all are known, so that no two are the same.
        var held = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < 3 * nodes; i++) held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            return IntStream.range(0, nodes)
                    .mapToObj(i -> new Ports(
                            held.get(3 * i).getLocalPort(),
                            held.get(3 * i + 1).getLocalPort(),
                            held.get(3 * i + 2).getLocalPort()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Conflux devnet: no free port", e);
        } finally {
            for (var socket : held) close(socket);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI http(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private Path folder(int node) {
        return folder.resolve("node" + node);
    }

    private void awaitReady(int node) {
        long end = System.nanoTime() + READY.toNanos();
        while (!isReady(node)) {
            if (System.nanoTime() > end) throw new IllegalStateException("Conflux node %d: not ready".formatted(node));
            rest();
        }
    }

    private boolean isReady(int node) {
        try {
            return rpcs.get(node).call("debug_currentSyncPhase").text().contains("Normal");
        } catch (RpcError | ChainException e) {
            return false;
        }
    }

    private static void rest() {
        try {
            Thread.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Conflux devnet: interrupted", e);
        }
    }

    /// JSON-RPC of a node's Core space and of the PoS chain.
    public URI core(int node) {
        return http(ports.get(node).core());
    }

    /// JSON-RPC of a node's eSpace.
    public URI eSpace(int node) {
        return http(ports.get(node).eSpace());
    }

    /// Makes blocks at the first node, without transactions.
    public void mine(int blocks) {
        rpcs.getFirst().call("test_generateEmptyBlocks", blocks);
    }

    /// Makes one block at the first node, with up to `transactions` of those that wait.
    public void mineWith(int transactions) {
        rpcs.getFirst().call("test_generateOneBlock", transactions, 300_000);
    }

    /// Calls a method of a node's Core space, the tests' own among them.
    public Json ask(int node, String method, Object... params) {
        return rpcs.get(node).call(method, params);
    }

    /// Ends a node; its data stay.
    public void stop(int node) {
        var process = processes.get(node);
        if (process != null) process.close();
        processes.set(node, null);
    }

    /// Starts a node again on the data it left, and waits until it serves.
    public void restart(int node) {
        stop(node);
        processes.set(node, new ConfluxProcess(folder(node)));
        awaitReady(node);
    }

    @Override
    public void close() {
        rpcs.forEach(JsonRpc::close);
        for (int i = 0; i < processes.size(); i++) stop(i);
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Conflux devnet: its files cannot be removed", e);
        }
    }
}
