package io.waybill.fisco.watch;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves a [Watcher].
///
/// `GET /v1/headers/{height}?verifier=<chain>&contract=<0x…>&client=<0x…>` answers
/// `{"height":..,"hash":"0x…","signature":"0x…","watcher":"0x…"}`, or a problem (RFC 9457): 400 when a parameter is
/// none, 404 when the node has no such block yet, 409 when the watcher declines, 503 when its node does not answer
/// or too many ask. `GET /livez` answers 204.
public final class WatcherVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(WatcherVerticle.class);
    private static final int AT_ONCE = 64;

    private final Watcher watcher;
    private final String host;
    private final int port;
    private final BiConsumer<Outcome, Long> told;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private volatile @Nullable HttpServer server;

    /// How a question ended: signed, the node has no such block yet, declined, the node did not answer, too many
    /// asked at once, no question at all, or a bug.
    public enum Outcome {
        SIGNED,
        NOT_YET,
        DECLINED,
        UNAVAILABLE,
        BUSY,
        MALFORMED,
        FAILED
    }

    /// Will serve a watcher on loopback once deployed.
    ///
    /// @param port TCP port on 127.0.0.1, 0 for any free one
    public WatcherVerticle(Watcher watcher, int port) {
        this(watcher, "127.0.0.1", port, (outcome, height) -> {});
    }

    /// Will serve a watcher once deployed.
    ///
    /// @param host address to bind
    /// @param port TCP port, 0 for any free one
    /// @param told how each question ended, with the height asked for, 0 where none was
    public WatcherVerticle(Watcher watcher, String host, int port, BiConsumer<Outcome, Long> told) {
        this.watcher = watcher;
        this.host = host;
        this.port = port;
        this.told = told;
    }

    /// The port it listens on, once started.
    public int port() {
        return Objects.requireNonNull(server, "watcher: not started").actualPort();
    }

    @Override
    public Future<?> start() {
        var router = Router.router(vertx);
        router.get("/livez")
                .handler(context -> context.response().setStatusCode(204).end());
        router.get("/v1/headers/:height").handler(this::header);
        return vertx.createHttpServer(
                        new HttpServerOptions().setHost(host).setPort(port).setIdleTimeout(60))
                .requestHandler(router)
                .listen()
                .onSuccess(listening -> {
                    server = listening;
                    LOG.info("watcher.started address={} port={}", watcher.address(), listening.actualPort());
                });
    }

    private void header(RoutingContext context) {
        Question question;
        try {
            question = Question.of(context);
        } catch (IllegalArgumentException e) {
            told.accept(Outcome.MALFORMED, 0L);
            problem(context, 400, "Not a question", Objects.requireNonNullElse(e.getMessage(), "malformed"));
            return;
        }
        if (!room.tryAcquire()) {
            told.accept(Outcome.BUSY, question.height());
            problem(context, 503, "Busy", "more than %d questions at once".formatted(AT_ONCE));
            return;
        }
        vertx.executeBlocking(() -> watcher.sign(question.height(), question.verifier()), false)
                .onComplete(answered -> {
                    room.release();
                    if (answered.succeeded()) answer(context, answered.result());
                    else failed(context, question.height(), answered.cause());
                });
    }

    private void answer(RoutingContext context, Answer answer) {
        switch (answer) {
            case Answer.Signed(var height, var hash, var signature, var address) -> {
                told.accept(Outcome.SIGNED, height);
                context.json(new JsonObject()
                        .put("height", height)
                        .put("hash", hash.toHex())
                        .put("signature", signature.toHex())
                        .put("watcher", address.toHex()));
            }
            case Answer.NotYet(var height) -> {
                told.accept(Outcome.NOT_YET, height);
                problem(context, 404, "Not yet", "no block %d is committed here".formatted(height));
            }
            case Answer.Declined(var height, var why) -> {
                told.accept(Outcome.DECLINED, height);
                LOG.error("watcher.declined height={} why={}", height, why);
                problem(context, 409, "Declined", why);
            }
        }
    }

    private void failed(RoutingContext context, long height, Throwable cause) {
        if (cause instanceof ChainException.Unavailable) {
            told.accept(Outcome.UNAVAILABLE, height);
            problem(context, 503, "Node unavailable", String.valueOf(cause.getMessage()));
            return;
        }
        told.accept(Outcome.FAILED, height);
        LOG.error("watcher.failed", cause);
        problem(context, 500, "Failed", "the watcher failed; its log says why");
    }

    private static void problem(RoutingContext context, int status, String title, String detail) {
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/problem+json")
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .encode());
    }

    /// What is asked: which header, for which client.
    private record Question(long height, ClientRef verifier) {
        /// @throws IllegalArgumentException naming the parameter that is none
        static Question of(RoutingContext context) {
            var height = context.pathParam("height");
            if (height == null || !height.matches("[1-9][0-9]{0,17}")) {
                throw new IllegalArgumentException("height: expected 1 to 18 digits without leading zero");
            }
            return new Question(
                    Long.parseLong(height),
                    new ClientRef(
                            new ChainId(once(context, "verifier")),
                            Address.hex(once(context, "contract")),
                            new ClientId(Bytes32.hex(once(context, "client")))));
        }

        private static String once(RoutingContext context, String name) {
            List<String> given = context.queryParam(name);
            if (given.size() != 1) throw new IllegalArgumentException(name + ": expected once, got " + given.size());
            return given.getFirst();
        }
    }
}
