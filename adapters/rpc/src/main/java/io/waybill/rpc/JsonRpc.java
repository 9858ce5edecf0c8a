package io.waybill.rpc;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.waybill.core.port.ChainException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A JSON-RPC 2.0 client for the nodes of one chain. Calls block their (virtual) thread, end by their deadline, and
/// read no more of an answer than its bound.
///
/// With several endpoints the one that answered last is asked first; when it fails, the call moves to the next and
/// stays there. What they answer is as untrusted as what one of them answers.
public final class JsonRpc implements AutoCloseable {
    private final HttpClient http;
    private final List<URI> endpoints;
    private final Limits limits;
    private final AtomicInteger current = new AtomicInteger();
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
        long end = System.nanoTime() + limits.deadline().toNanos();
        for (int tried = 1; ; tried++) {
            int at = Math.floorMod(current.get(), endpoints.size());
            long share = (end - System.nanoTime()) / (endpoints.size() - tried + 1);
            try {
                return attempt(endpoints.get(at), method, params, share);
            } catch (ChainException.Unavailable e) {
                current.compareAndSet(at, (at + 1) % endpoints.size());
                if (tried == endpoints.size() || Thread.currentThread().isInterrupted()) throw e;
            }
        }
    }

    private Json attempt(URI endpoint, String method, @Nullable Object[] params, long nanos) {
        long id = ids.incrementAndGet();
        var body = Json.MAPPER
                .createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("method", method)
                .set("params", Json.MAPPER.valueToTree(params));
        var exchange = new Exchange(endpoint, Json.MAPPER.writeValueAsBytes(body));
        try {
            var answer = exchange.start().toCompletionStage().toCompletableFuture();
            return result(method, id, answer.get(Math.max(1, nanos), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw unavailable(endpoint, method, "no answer in time", e);
        } catch (ExecutionException e) {
            var cause = Objects.requireNonNullElse(e.getCause(), e);
            throw unavailable(endpoint, method, String.valueOf(cause.getMessage()), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(endpoint, method, "interrupted", e);
        } finally {
            exchange.stop();
        }
    }

    private static ChainException.Unavailable unavailable(URI endpoint, String method, String why, Throwable cause) {
        return new ChainException.Unavailable("%s at %s: %s".formatted(method, endpoint.getAuthority(), why), cause);
    }

    private static Json result(String method, long id, Answer answer) {
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

    private record Answer(int status, Buffer body) {}

    /// One HTTP request with its response; stopping it twice, or after its end, does nothing.
    private final class Exchange {
        private final URI endpoint;
        private final byte[] body;
        private final Promise<Answer> answer = Promise.promise();
        private volatile @Nullable HttpClientRequest request;

        Exchange(URI endpoint, byte[] body) {
            this.endpoint = endpoint;
            this.body = body;
        }

        Future<Answer> start() {
            http.request(new RequestOptions()
                            .setMethod(HttpMethod.POST)
                            .setAbsoluteURI(endpoint.toString())
                            .putHeader("content-type", "application/json")
                            .putHeader("accept", "application/json"))
                    .compose(made -> {
                        request = made;
                        made.exceptionHandler(answer::tryFail);
                        if (answer.future().isComplete()) made.reset();
                        // Listened to here, on the request's own thread: attached later, it could miss the body.
                        return made.send(Buffer.buffer(body)).onSuccess(this::receive);
                    })
                    .onFailure(answer::tryFail);
            return answer.future();
        }

        private void receive(HttpClientResponse response) {
            var received = Buffer.buffer();
            response.exceptionHandler(answer::tryFail);
            response.handler(chunk -> {
                if (received.length() + chunk.length() <= limits.maxResponse()) {
                    received.appendBuffer(chunk);
                } else if (answer.tryFail("answer larger than %d octets".formatted(limits.maxResponse()))) {
                    response.request().reset();
                }
            });
            response.endHandler(_ -> answer.tryComplete(new Answer(response.statusCode(), received)));
        }

        void stop() {
            if (!answer.tryFail("stopped")) return;
            var made = request;
            if (made != null) made.reset();
        }
    }
}
