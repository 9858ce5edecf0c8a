package io.waybill.rpc.witness;

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

/// Serves the signatures of one witness.
///
/// `GET /v1/<blocks>/{height}?verifier=<chain>&contract=<0x…>&client=<0x…>` answers the statement, or a problem (RFC
/// 9457): 400 when a parameter is none, 404 when there is no such block yet, 409 when the witness declines, 503
/// when its node does not answer or too many ask. `GET /livez` answers 204.
public abstract class SignatureVerticle extends VerticleBase {
    private static final int AT_ONCE = 64;
    private static final int IDLE_SECONDS = 60;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String name;
    private final String blocks;
    private final Listen at;
    private final BiConsumer<Outcome, Long> told;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private volatile @Nullable HttpServer server;

    /// Where it listens.
    ///
    /// @param port TCP port, 0 for any free one
    public record Listen(String host, int port) {
        public static Listen loopback(int port) {
            return new Listen("127.0.0.1", port);
        }
    }

    /// @param name   of such a witness, the first word of its log
    /// @param blocks what it calls the blocks that it signs, in the path
    /// @param told   how each question ended, with the height asked for, 0 where none was
    protected SignatureVerticle(String name, String blocks, Listen at, BiConsumer<Outcome, Long> told) {
        this.name = name;
        this.blocks = blocks;
        this.at = at;
        this.told = told;
    }

    /// Judges a block and signs it for a client; may block.
    ///
    /// @throws ChainException.Unavailable if the node does not answer
    protected abstract Reply judge(long height, ClientRef client);

    /// The account that signs.
    public abstract Address address();

    /// The port it listens on, once started.
    public int port() {
        return Objects.requireNonNull(server, "witness: not started").actualPort();
    }

    @Override
    public Future<?> start() {
        var router = Router.router(vertx);
        router.get("/livez")
                .handler(context -> context.response().setStatusCode(204).end());
        router.get("/v1/%s/:height".formatted(blocks)).handler(this::asked);
        return vertx.createHttpServer(new HttpServerOptions()
                        .setHost(at.host())
                        .setPort(at.port())
                        .setIdleTimeout(IDLE_SECONDS))
                .requestHandler(router)
                .listen()
                .onSuccess(listening -> {
                    server = listening;
                    log.info("{}.started address={} port={}", name, address(), listening.actualPort());
                });
    }

    private void asked(RoutingContext context) {
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
        vertx.executeBlocking(() -> judge(question.height(), question.client()), false)
                .onComplete(answered -> {
                    room.release();
                    if (answered.succeeded()) answer(context, question.height(), answered.result());
                    else failed(context, question.height(), answered.cause());
                });
    }

    private void answer(RoutingContext context, long height, Reply reply) {
        switch (reply) {
            case Reply.Signed(var statement) -> {
                told.accept(Outcome.SIGNED, height);
                context.json(statement);
            }
            case Reply.NotYet(var detail) -> {
                told.accept(Outcome.NOT_YET, height);
                problem(context, 404, "Not yet", detail);
            }
            case Reply.Declined(var why) -> {
                told.accept(Outcome.DECLINED, height);
                log.error("{}.declined height={} why={}", name, height, why);
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
        log.error("{}.failed height={}", name, height, cause);
        problem(context, 500, "Failed", "the %s failed; its log says why".formatted(name));
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

    /// What is asked: which block, for which client.
    private record Question(long height, ClientRef client) {
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
