package io.waybill.evm.verify;

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
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves a [Verifier], and has it come along with its chain once a minute.
///
/// `GET /v1/blocks/{height}?verifier=<chain>&contract=<0x…>&client=<0x…>` answers `{"height":..,"hash":"0x…",
/// "root":"0x…","timestamp":..,"signature":"0x…","verifier":"0x…"}`, or a problem (RFC 9457): 400 when a
/// parameter is none, 404 while the block is not final, 409 when its node's proof does not hold, 503 when its
/// node does not answer or too many ask. `GET /livez` answers 204, and so does `GET /readyz` unless the verifier
/// could not come along the last time: then it is a problem of status 503.
public final class VerifierVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(VerifierVerticle.class);
    private static final int AT_ONCE = 64;
    private static final Duration COME_ALONG = Duration.ofMinutes(1);

    private final Verifier verifier;
    private final String host;
    private final int port;
    private final BiConsumer<Outcome, Long> told;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private volatile @Nullable HttpServer server;
    private volatile @Nullable String behind;

    /// Will serve a verifier on loopback once deployed.
    ///
    /// @param port TCP port on 127.0.0.1, 0 for any free one
    public VerifierVerticle(Verifier verifier, int port) {
        this(verifier, "127.0.0.1", port, (outcome, height) -> {});
    }

    /// Will serve a verifier once deployed.
    ///
    /// @param host address to bind
    /// @param port TCP port, 0 for any free one
    /// @param told how each question ended, with the height asked for, 0 where none was
    public VerifierVerticle(Verifier verifier, String host, int port, BiConsumer<Outcome, Long> told) {
        this.verifier = verifier;
        this.host = host;
        this.port = port;
        this.told = told;
    }

    /// How a question ended: signed, the block is not final, declined, the node did not answer, too many asked at
    /// once, no question at all, or a bug.
    public enum Outcome {
        SIGNED,
        NOT_YET,
        DECLINED,
        UNAVAILABLE,
        BUSY,
        MALFORMED,
        FAILED
    }

    /// Why it could not come along with its chain the last time; null where it did.
    public @Nullable String behind() {
        return behind;
    }

    /// The port it listens on, once started.
    public int port() {
        return Objects.requireNonNull(server, "verifier: not started").actualPort();
    }

    @Override
    public Future<?> start() {
        var router = Router.router(vertx);
        router.get("/livez")
                .handler(context -> context.response().setStatusCode(204).end());
        router.get("/readyz").handler(this::ready);
        router.get("/v1/blocks/:height").handler(this::block);
        vertx.setPeriodic(COME_ALONG.toMillis(), _ -> comeAlong());
        return vertx.createHttpServer(
                        new HttpServerOptions().setHost(host).setPort(port).setIdleTimeout(60))
                .requestHandler(router)
                .listen()
                .onSuccess(listening -> {
                    server = listening;
                    LOG.info("verifier.started address={} port={}", verifier.address(), listening.actualPort());
                });
    }

    private void comeAlong() {
        vertx.executeBlocking(
                        () -> {
                            verifier.follow();
                            return true;
                        },
                        false)
                .onSuccess(_ -> behind = null)
                .onFailure(e -> {
                    behind = e.toString();
                    LOG.warn("verifier.behind why={}", e.toString());
                });
    }

    private void ready(RoutingContext context) {
        var why = behind;
        if (why == null) context.response().setStatusCode(204).end();
        else problem(context, 503, "Behind", why);
    }

    private void block(RoutingContext context) {
        long height;
        ClientRef client;
        try {
            height = height(context);
            client = new ClientRef(
                    new ChainId(once(context, "verifier")),
                    Address.hex(once(context, "contract")),
                    new ClientId(Bytes32.hex(once(context, "client"))));
        } catch (IllegalArgumentException e) {
            told.accept(Outcome.MALFORMED, 0L);
            problem(context, 400, "Not a question", Objects.requireNonNullElse(e.getMessage(), "malformed"));
            return;
        }
        if (!room.tryAcquire()) {
            told.accept(Outcome.BUSY, height);
            problem(context, 503, "Busy", "more than %d questions at once".formatted(AT_ONCE));
            return;
        }
        vertx.executeBlocking(() -> verifier.attest(height, client), false).onComplete(answered -> {
            room.release();
            if (answered.succeeded()) answer(context, height, answered.result());
            else failed(context, height, answered.cause());
        });
    }

    private static long height(RoutingContext context) {
        var height = context.pathParam("height");
        if (height != null && height.matches("[1-9][0-9]{0,17}")) return Long.parseLong(height);
        throw new IllegalArgumentException("height: expected 1 to 18 digits without leading zero");
    }

    private static String once(RoutingContext context, String name) {
        List<String> given = context.queryParam(name);
        if (given.size() != 1) throw new IllegalArgumentException(name + ": expected once, got " + given.size());
        return given.getFirst();
    }

    private void answer(RoutingContext context, long height, Optional<Verifier.Attested> attested) {
        told.accept(attested.isEmpty() ? Outcome.NOT_YET : Outcome.SIGNED, height);
        if (attested.isEmpty()) {
            problem(context, 404, "Not yet", "block %d is not final here".formatted(height));
            return;
        }
        var block = attested.get().block();
        context.json(new JsonObject()
                .put("height", block.height())
                .put("hash", block.hash().toHex())
                .put("root", block.root().toHex())
                .put("timestamp", block.timeMs())
                .put("signature", attested.get().signature().toHex())
                .put("verifier", verifier.address().toHex()));
    }

    private void failed(RoutingContext context, long height, Throwable cause) {
        var why = String.valueOf(cause.getMessage());
        switch (cause) {
            case ChainException.Unavailable _ -> {
                told.accept(Outcome.UNAVAILABLE, height);
                problem(context, 503, "Node unavailable", why);
            }
            case ChainException _ -> {
                told.accept(Outcome.DECLINED, height);
                LOG.error("verifier.declined height={} why={}", height, why);
                problem(context, 409, "Declined", why);
            }
            default -> {
                told.accept(Outcome.FAILED, height);
                LOG.error("verifier.failed height={}", height, cause);
                problem(context, 500, "Failed", "the verifier failed; its log says why");
            }
        }
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
}
