package io.waybill.fisco.watch;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Collects watcher signatures over HTTP: all watchers are asked at once, each again while its node lags, until
/// enough have signed or the deadline is over.
public final class WatcherClient implements AutoCloseable {
    private final HttpClient http;
    private final List<Endpoint> endpoints;
    private final Duration deadline;

    /// Where a watcher answers, and the key that it must answer with.
    ///
    /// @param uri         `http://host:port`
    /// @param destination whether the destination's operators named it, rule R4.6
    public record Endpoint(URI uri, Address watcher, boolean destination) {}

    /// Talks to watchers that stand somewhere else.
    ///
    /// @param endpoints of `n` watchers, of which `floor(n/2) + 1` must sign; may be empty where nothing is proven
    ///     from this chain
    /// @param deadline  for one header, all watchers together
    public WatcherClient(Vertx vertx, List<Endpoint> endpoints, Duration deadline) {
        this.endpoints = List.copyOf(endpoints);
        this.deadline = deadline;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(2_000).setKeepAliveTimeout(10),
                new PoolOptions().setHttp1MaxSize(8));
    }

    /// How many of the watchers must sign.
    public int needed() {
        return endpoints.size() / 2 + 1;
    }

    /// Signatures over a header hash for one client, ascending by signer, at least [#needed] and one of them from a
    /// watcher that the destination's operators named.
    ///
    /// @throws ChainException.Unavailable if too few signed in time; its message says what each one answered
    /// @throws ChainException.Dishonest   if a watcher signed another hash: a node lies, ours or the watcher's
    public List<Bytes> signatures(ClientRef verifier, long height, Bytes32 hash) {
        long end = System.nanoTime() + deadline.toNanos();
        var collected = new Collected(height, hash);
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("watcher-", 0).factory())) {
            var answers = new ExecutorCompletionService<WatcherCall.Outcome>(threads);
            for (var endpoint : endpoints) {
                answers.submit(() -> new WatcherCall(http, endpoint, verifier, height, hash).until(end));
            }
            collect(answers, collected, end);
            threads.shutdownNow();
        }
        return collected.signatures();
    }

    private void collect(CompletionService<WatcherCall.Outcome> answers, Collected collected, long end) {
        try {
            for (int i = 0; i < endpoints.size() && !collected.enough(); i++) {
                var answer = answers.poll(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (answer == null) return;
                collected.add(answer.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("watcher: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChainException.Unavailable("watchers: interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }

    /// What the watchers answered so far.
    private final class Collected {
        private final long height;
        private final Bytes32 hash;
        private final TreeMap<Address, Bytes> signed = new TreeMap<>();
        private final List<String> others = new ArrayList<>();
        private boolean destination;

        Collected(long height, Bytes32 hash) {
            this.height = height;
            this.hash = hash;
        }

        void add(WatcherCall.Outcome outcome) {
            switch (outcome) {
                case WatcherCall.Outcome.Signed(var endpoint, var signature) -> {
                    signed.put(endpoint.watcher(), signature);
                    destination |= endpoint.destination();
                }
                case WatcherCall.Outcome.OtherHash(var endpoint, var other) ->
                    throw new ChainException.Dishonest("header %d: node says %s, watcher at %s signed %s"
                            .formatted(height, hash, endpoint.uri(), other));
                case WatcherCall.Outcome.Failed(var endpoint, var why) -> others.add(endpoint.uri() + ": " + why);
            }
        }

        boolean enough() {
            return signed.size() >= needed() && destination;
        }

        List<Bytes> signatures() {
            if (enough()) return List.copyOf(signed.values());
            var named = signed.size() >= needed() ? ", one of them named by the destination's operators" : "";
            throw new ChainException.Unavailable("watchers of header %d: expected ≥ %d of %d%s, got %d; %s"
                    .formatted(
                            height,
                            needed(),
                            endpoints.size(),
                            named,
                            signed.size(),
                            others.isEmpty() ? "the others did not answer in time" : String.join("; ", others)));
        }
    }
}
