package io.waybill.devnet;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.waybill.rpc.Json;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A JSON-RPC 2.0 server on loopback, as a node has one. Requests are answered on virtual threads.
public final class RpcServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);
    private static final int BODY_LIMIT = 16 << 20;

    private final HttpServer http;
    private final Methods methods;
    private volatile Manner manner = Manner.ANSWER;

    /// What answers the methods of a node.
    @FunctionalInterface
    public interface Methods {
        /// Answers one call; JSON null is an answer.
        ///
        /// @throws RpcFault to answer with an error object
        @Nullable
        JsonNode answer(String method, List<Json> params);
    }

    /// How the server treats requests, for tests of its clients.
    public enum Manner {
        /// It answers.
        ANSWER,
        /// It takes requests and never answers.
        HANG,
        /// It closes the connection instead of answering.
        RESET,
        /// It answers with something that is not JSON.
        GARBAGE
    }

    private RpcServer(Vertx vertx, Methods methods) {
        this.methods = methods;
        this.http = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(this::receive);
    }

    /// Starts a server.
    ///
    /// @param port 0 takes a free one
    public static RpcServer start(Vertx vertx, int port, Methods methods) {
        var server = new RpcServer(vertx, methods);
        server.http.listen(port).toCompletionStage().toCompletableFuture().join();
        return server;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + http.actualPort());
    }

    public void behave(Manner other) {
        manner = other;
    }

    private void receive(HttpServerRequest request) {
        switch (manner) {
            case HANG -> request.pause();
            case RESET -> request.connection().close();
            case GARBAGE -> request.response().end("<html>not JSON</html>");
            case ANSWER -> read(request);
        }
    }

    private void read(HttpServerRequest request) {
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() > BODY_LIMIT) {
                request.response().setStatusCode(413).end();
                request.connection().close();
                return;
            }
            body.appendBuffer(chunk);
        });
        request.endHandler(_ -> Thread.ofVirtual().name("devnet-rpc").start(() -> reply(request, body)));
    }

    private void reply(HttpServerRequest request, Buffer body) {
        var answer = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
        try {
            var call = Json.MAPPER.readTree(body.getBytes());
            answer.set("id", call.path("id"));
            var params =
                    call.path("params").isArray() ? new Json("params", call.path("params")).list() : List.<Json>of();
            answer.set("result", methods.answer(call.path("method").asString(), params));
        } catch (JacksonException e) {
            answer.putNull("id").putObject("error").put("code", -32700).put("message", "Parse error");
        } catch (RpcFault e) {
            var error = answer.putObject("error").put("code", e.code()).put("message", e.getMessage());
            if (e.data() != null) error.set("data", e.data());
        } catch (RuntimeException e) {
            LOG.warn("devnet.call-failed cause={}", e.toString(), e);
            answer.putObject("error").put("code", -32603).put("message", "Internal error: " + e.getMessage());
        }
        request.response()
                .putHeader("content-type", "application/json")
                .end(Buffer.buffer(Json.MAPPER.writeValueAsBytes(answer)));
    }

    @Override
    public void close() {
        http.close().toCompletionStage().toCompletableFuture().join();
    }
}
