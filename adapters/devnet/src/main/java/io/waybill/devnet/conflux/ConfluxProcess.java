package io.waybill.devnet.conflux;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One node: the process `conflux-node.mjs`. It ends when closed, and with this JVM.
final class ConfluxProcess implements AutoCloseable {
    private static final String SCRIPT = "conflux-node.mjs";
    private static final List<String> ROOMS = List.of("", "devnet", "adapters/devnet");
    private static final Path BINARY = Path.of("node_modules", "@xcfx", "node-linux-x64-gnu", "package.json");
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);

    private final Process process;
    private final Thread hook;

    /// Starts a node on the files of a folder, and waits until it says that it is up.
    ///
    /// @throws IllegalStateException if it does not come up; the message says what it printed
    ConfluxProcess(Path folder) {
        var script = script().orElseThrow(() -> new IllegalStateException(
                "Conflux node: run `npm ci --ignore-scripts` in adapters/devnet, on Linux on x64"));
        try {
            process = new ProcessBuilder("node", script.toString(), folder.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("Conflux node: Node.js cannot be started: " + e.getMessage(), e);
        }
        hook = new Thread(process::destroyForcibly, "conflux-node-end");
        Runtime.getRuntime().addShutdownHook(hook);
        var up = new CompletableFuture<Boolean>();
        var printed = new ArrayList<String>();
        Thread.ofVirtual().name("conflux-node-output").start(() -> drain(up, printed));
        await(up, printed);
    }

    /// The script, where the package of the node is beside it; searched for from the working directory upwards.
    static Optional<Path> script() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            for (var room : ROOMS) {
                var candidate = folder.resolve(room).resolve(SCRIPT);
                if (Files.isRegularFile(candidate) && Files.isRegularFile(candidate.resolveSibling(BINARY))) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    private void drain(CompletableFuture<Boolean> up, List<String> printed) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (up.isDone()) continue;
                printed.add(line);
                if (line.equals("started")) up.complete(true);
            }
            up.completeExceptionally(new IOException("ended"));
        } catch (IOException e) {
            up.completeExceptionally(e);
        }
    }

    private void await(CompletableFuture<Boolean> up, List<String> printed) {
        try {
            up.get(START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    "Conflux node: did not come up; it printed:\n" + String.join("\n", printed), e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Conflux node: interrupted while starting", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Ends the node with its data in order; closing twice does nothing.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS))
                process.destroyForcibly().waitFor();
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // The JVM is ending already: the hook runs or has run.
        }
    }
}
