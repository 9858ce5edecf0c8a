package io.waybill.devnet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One anvil process on a free port of loopback, with its JSON-RPC. It ends when closed, and with this JVM.
///
/// Fees are nought: base fee 0, gas price 0 accepted, so that no account needs a balance.
public final class Anvil implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);
    private static final String LISTENING = "Listening on ";

    private final Process process;
    private final Thread hook;
    private final URI rpc;

    /// How the EVM behaves.
    ///
    /// @param hardfork    anvil's name of it: `london`, `paris`, `shanghai`, ...
    /// @param gasLimit    of each block
    /// @param mining      whether each transaction makes a block at once; otherwise `evm_mine` does
    /// @param genesisTime seconds since 1970 of block 0; 0 for the present
    /// @param impersonate whether anyone may send as anyone, unsigned (`eth_sendTransaction`)
    /// @param smallCode   whether contracts are limited to 24 576 octets
    public record Options(
            long chainId,
            String hardfork,
            long gasLimit,
            boolean mining,
            long genesisTime,
            boolean impersonate,
            boolean smallCode) {
        /// Chain 31337, Shanghai, blocks of 30 million gas on each transaction, no impersonation, no limit of code.
        public static final Options DEFAULT = new Options(31337, "shanghai", 30_000_000, true, 0, false, false);

        public Options withChainId(long value) {
            return new Options(value, hardfork, gasLimit, mining, genesisTime, impersonate, smallCode);
        }

        public Options withHardfork(String value) {
            return new Options(chainId, value, gasLimit, mining, genesisTime, impersonate, smallCode);
        }

        public Options withGasLimit(long value) {
            return new Options(chainId, hardfork, value, mining, genesisTime, impersonate, smallCode);
        }

        public Options withoutMining() {
            return new Options(chainId, hardfork, gasLimit, false, genesisTime, impersonate, smallCode);
        }

        public Options withGenesisTime(long seconds) {
            return new Options(chainId, hardfork, gasLimit, mining, seconds, impersonate, smallCode);
        }

        public Options withImpersonation() {
            return new Options(chainId, hardfork, gasLimit, mining, genesisTime, true, smallCode);
        }

        public Options withSmallCode() {
            return new Options(chainId, hardfork, gasLimit, mining, genesisTime, impersonate, true);
        }

        private List<String> command(Path binary) {
            var command = new ArrayList<String>(List.of(binary.toString(), "--host", "127.0.0.1", "--port", "0"));
            command.addAll(List.of("--color", "never", "--accounts", "10", "--order", "fifo"));
            command.addAll(List.of("--chain-id", Long.toString(chainId), "--hardfork", hardfork));
            command.addAll(List.of("--gas-limit", Long.toString(gasLimit)));
            command.addAll(List.of("--block-base-fee-per-gas", "0", "--gas-price", "0", "--disable-min-priority-fee"));
            command.addAll(List.of("--no-request-size-limit", "--disable-console-log"));
            if (!mining) command.add("--no-mining");
            if (genesisTime > 0) command.addAll(List.of("--timestamp", Long.toString(genesisTime)));
            if (impersonate) command.add("--auto-impersonate");
            if (!smallCode) command.add("--disable-code-size-limit");
            return command;
        }
    }

    private Anvil(Process process, Thread hook, URI rpc) {
        this.process = process;
        this.hook = hook;
        this.rpc = rpc;
    }

    public static Anvil start() {
        return start(Options.DEFAULT);
    }

    /// Starts a process and waits until it listens.
    ///
    /// @throws IllegalStateException if there is no anvil, or it does not come up; the message says what it printed
    public static Anvil start(Options options) {
        var command = options.command(AnvilBinary.find());
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IllegalStateException("anvil: cannot be started: " + e.getMessage(), e);
        }
        var hook = new Thread(process::destroyForcibly, "anvil-end");
        Runtime.getRuntime().addShutdownHook(hook);
        var output = new Output();
        Thread.ofVirtual().name("anvil-output").start(() -> output.drain(process));
        return new Anvil(process, hook, output.await(process));
    }

    /// Where it answers: `http://127.0.0.1:PORT`.
    public URI rpc() {
        return rpc;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Ends the process and waits until it is gone; closing twice does nothing.
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // The JVM is ending already: the hook runs or has run.
        }
    }

    /// What the process prints: kept until it listens, then read and dropped, so that it never blocks on a full pipe.
    private static final class Output {
        private final CompletableFuture<URI> listening = new CompletableFuture<>();
        private final Queue<String> printed = new ConcurrentLinkedQueue<>();

        void drain(Process process) {
            try (var lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (listening.isDone()) continue;
                    printed.add(line);
                    if (line.startsWith(LISTENING)) {
                        listening.complete(URI.create(
                                "http://" + line.substring(LISTENING.length()).strip()));
                    }
                }
                listening.completeExceptionally(new IOException("ended"));
            } catch (IOException e) {
                listening.completeExceptionally(e);
            }
        }

        URI await(Process process) {
            try {
                return listening.get(START.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "anvil: did not come up; it printed:\n" + String.join("\n", printed), e);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("anvil: interrupted while starting", e);
            }
        }
    }
}
