package io.waybill.rpc;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.waybill.core.port.ChainException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A JSON-RPC 2.0 client for the nodes of one chain. Calls block their (virtual) thread, end by their deadline, and
/// read no more of an answer than its bound.
///
/// With several endpoints the one that answers well is asked first, see [EndpointPool]; when it fails the call
/// moves on to the next, and a call that changes nothing moves on while it still waits. What they answer is as
/// untrusted as what one of them answers.
public final class JsonRpc implements AutoCloseable {
    /// Methods by which something is handed in; a node that is slow to answer may have taken it.
    private static final Set<String> CHANGING = Set.of("eth_sendRawTransaction", "sendTransaction");

    private final HttpClient http;
    private final List<URI> endpoints;
    private final Limits limits;
    private final EndpointPool pool;
    private final AtomicLong ids = new AtomicLong();

    /// What a call may cost.
    ///
    /// @param deadline    from call to result, all endpoints together; > 0
    /// @param maxResponse octets of one HTTP body; ≥ 1
    /// @param connections at most this many to each endpoint at once; ≥ 1
    public record Limits(Duration deadline, int maxResponse, int connections) {
        /// Ten seconds, 32 MiB, 16 connections.
        public static final Limits DEFAULT = new Limits(Duration.ofSeconds(10), 32 << 20, 16);

        public Limits {
            if (!deadline.isPositive()) throw new IllegalArgumentException("deadline: expected > 0, got " + deadline);
            if (maxResponse < 1) {
                throw new IllegalArgumentException("response bound: expected ≥ 1 octet, got " + maxResponse);
            }
            if (connections < 1) throw new IllegalArgumentException("connections: expected ≥ 1, got " + connections);
        }
    }

    /// @param endpoints absolute `http` or `https` addresses of nodes of one chain, at least one
    public JsonRpc(Vertx vertx, List<URI> endpoints, Limits limits) {
        if (endpoints.isEmpty()) throw new IllegalArgumentException("endpoints: expected ≥ 1, got none");
        this.endpoints = List.copyOf(endpoints);
        this.limits = limits;
        this.pool = new EndpointPool(endpoints.size());
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setKeepAliveTimeout(10).setConnectTimeout((int)
                        Math.min(5_000, limits.deadline().toMillis())),
                new PoolOptions().setHttp1MaxSize(limits.connections()));
    }

    public JsonRpc(Vertx vertx, URI endpoint) {
        this(vertx, List.of(endpoint), Limits.DEFAULT);
    }

    public List<URI> endpoints() {
        return endpoints;
    }

    /// Calls a method and waits for its result, which may be JSON null.
    ///
    /// @param params what JSON can be made of: text, numbers, booleans, lists, maps, null
    /// @throws ChainException.Unavailable if no endpoint gave a readable answer to this very call in time
    /// @throws RpcError                   if a node answered with an error object
    /// @throws IllegalStateException      on an event loop, which must not wait
    public Json call(String method, @Nullable Object... params) {
        if (Context.isOnEventLoopThread()) throw new IllegalStateException(method + ": called on an event loop");
        return new Race(method, params).run(pool.order(System.nanoTime()));
    }

    /// How one endpoint answered a call.
    private sealed interface Outcome {
        int at();

        record Result(int at, Json json) implements Outcome {}

        record Objected(int at, RpcError error) implements Outcome {}

        record Failed(int at, ChainException.Unavailable why) implements Outcome {}
    }

    /// One call: the endpoints in their order, each asked when the one before failed or is slow. The first that
    /// answers wins. What changes something on a node is never asked of two at once.
    private final class Race {
        private final String method;
        private final @Nullable Object[] params;
        private final boolean hedged;
        private final long end = System.nanoTime() + limits.deadline().toNanos();
        private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        private final Map<Integer, Exchange> running = new ConcurrentHashMap<>();

        Race(String method, @Nullable Object[] params) {
            this.method = method;
            this.params = params;
            this.hedged = !CHANGING.contains(method);
        }

        Json run(List<Integer> order) {
            try {
                return won(order);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ChainException.Unavailable(method + ": interrupted", e);
            } finally {
                running.values().forEach(Exchange::stop);
            }
        }

        private Json won(List<Integer> order) throws InterruptedException {
            var left = new ArrayDeque<>(order);
            int last = left.removeFirst();
            start(last);
            while (true) {
                var outcome = outcomes.poll(patience(last, left.size()), TimeUnit.NANOSECONDS);
                if (outcome == null && left.isEmpty()) throw overdue();
                if (outcome == null && !hedged) giveUp(last);
                if (outcome != null) {
                    // One that was given up may still tell how it ended.
                    if (running.remove(outcome.at()) == null) continue;
                    switch (outcome) {
                        case Outcome.Result(int _, var json) -> {
                            return json;
                        }
                        case Outcome.Objected(int _, var error) -> throw error;
                        case Outcome.Failed(int _, var why) -> {
                            if (left.isEmpty() && running.isEmpty()) throw why;
                        }
                    }
                }
                if (!left.isEmpty()) {
                    last = left.removeFirst();
                    start(last);
                }
            }
        }

        /// How long to wait before the next endpoint is asked; the whole rest where there is none.
        private long patience(int at, int others) {
            long rest = end - System.nanoTime();
            if (others == 0) return Math.max(1, rest);
            long share = rest / (others + 1);
            return Math.max(1, hedged ? Math.min(pool.hedge(at), share) : share);
        }

        private ChainException.Unavailable overdue() {
            var slow = List.copyOf(running.keySet());
            slow.forEach(this::giveUp);
            return new ChainException.Unavailable("%s at %s: no answer in time"
                    .formatted(method, endpoints.get(slow.getFirst()).getAuthority()));
        }

        private void giveUp(int at) {
            var slow = running.remove(at);
            if (slow == null) return;
            slow.stop();
            pool.failed(at, System.nanoTime());
        }

        private void start(int at) {
            long id = ids.incrementAndGet();
            var body = Json.MAPPER
                    .createObjectNode()
                    .put("jsonrpc", "2.0")
                    .put("id", id)
                    .put("method", method)
                    .set("params", Json.MAPPER.valueToTree(params));
            var exchange =
                    new Exchange(http, endpoints.get(at), limits.maxResponse(), Json.MAPPER.writeValueAsBytes(body));
            running.put(at, exchange);
            long began = System.nanoTime();
            exchange.start().onComplete(ended -> outcomes.add(outcome(at, id, began, ended)));
        }

        private Outcome outcome(int at, long id, long began, AsyncResult<Exchange.Answer> ended) {
            long now = System.nanoTime();
            try {
                if (ended.failed()) {
                    var cause = ended.cause();
                    throw unavailable(endpoints.get(at), method, String.valueOf(cause.getMessage()), cause);
                }
                var answer = ended.result();
                var rest = answer.rest();
                if (rest != null) {
                    pool.limited(at, now, rest);
                    var why = "%s: HTTP status %d, for %s".formatted(method, answer.status(), rest);
                    return new Outcome.Failed(at, new ChainException.Unavailable(why));
                }
                var result = new Outcome.Result(at, result(method, id, answer));
                pool.answered(at, now - began);
                return result;
            } catch (RpcError e) {
                pool.answered(at, now - began);
                return new Outcome.Objected(at, e);
            } catch (ChainException.Unavailable e) {
                if (running.containsKey(at)) pool.failed(at, now);
                return new Outcome.Failed(at, e);
            }
        }
    }

    private static ChainException.Unavailable unavailable(URI endpoint, String method, String why, Throwable cause) {
        return new ChainException.Unavailable("%s at %s: %s".formatted(method, endpoint.getAuthority(), why), cause);
    }

    private static Json result(String method, long id, Exchange.Answer answer) {
        if (answer.status() >= 500) throw new ChainException.Unavailable(method + ": HTTP status " + answer.status());
        var envelope = Json.parse(method, answer.body().getBytes());
        var stated = envelope.at("id");
        if (!stated.node().isIntegralNumber() || stated.integer() != id) throw stated.unreadable("id " + id);
        var error = envelope.at("error");
        if (!error.isNull()) {
            var data = error.at("data");
            throw new RpcError(
                    method, error.at("code").integer(), error.at("message").text(), new Json(method, data.node()));
        }
        if (answer.status() != 200) throw new ChainException.Unavailable(method + ": HTTP status " + answer.status());
        if (envelope.at("result").node().isMissingNode()) throw envelope.unreadable("a result or an error");
        return new Json(method, envelope.at("result").node());
    }

    @Override
    public void close() {
        http.close();
    }
}
