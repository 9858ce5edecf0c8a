package io.waybill.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import io.waybill.core.port.ChainException;
import io.waybill.gateway.store.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes routes from the document and binds each to the operation of its id; every operation of the document must
/// have one and the other way round. Whatever fails becomes a problem.
final class ApiRouter {
    private static final Logger LOG = LoggerFactory.getLogger(ApiRouter.class);

    /// Largest body taken, octets.
    static final int BODY = 256 * 1024;

    private static final String EVENTS = "streamEvents";
    private static final int AT_ONCE = 512;

    private final Vertx vertx;
    private final OpenApi document;
    private final MeterRegistry meters;
    private final Semaphore room = new Semaphore(AT_ONCE);

    ApiRouter(Vertx vertx, OpenApi document, MeterRegistry meters) {
        this.vertx = vertx;
        this.document = document;
        this.meters = meters;
    }

    Router router(Map<String, Operation> operations, EventStream events, Consumer<Router> more) {
        var bound = new TreeSet<>(operations.keySet());
        bound.add(EVENTS);
        var described =
                new TreeSet<>(document.routes().stream().map(OpenApi.Route::id).toList());
        if (!bound.equals(described)) {
            throw new IllegalStateException("operations: expected %s, got %s".formatted(described, bound));
        }
        var router = Router.router(vertx);
        router.route().handler(ApiRouter::harden);
        var allowed = new LinkedHashMap<String, TreeSet<String>>();
        for (var route : document.routes()) {
            bind(router, route, operations.get(route.id()), events);
            var methods = allowed.computeIfAbsent(route.path(), _ -> new TreeSet<>());
            methods.add(route.method());
            if (route.method().equals("GET")) methods.add("HEAD");
        }
        router.get("/openapi.yaml")
                .handler(context -> context.response()
                        .putHeader("Content-Type", "application/yaml; charset=utf-8")
                        .end(document.text()));
        allowed.forEach((path, methods) -> router.route(path).handler(context -> refuseMethod(context, methods)));
        more.accept(router);
        router.route().handler(context -> answer(context, "none", Answer.of(nothingHere(), path(context))));
        router.route().failureHandler(this::fail);
        return router;
    }

    private static void harden(RoutingContext context) {
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-store");
        context.put("began", System.nanoTime());
        context.next();
    }

    /// Vert.x Web holds the handlers of one route to an order of its own, so each has a route.
    private void bind(Router router, OpenApi.Route described, @Nullable Operation operation, EventStream events) {
        route(router, described).handler(context -> {
            context.put("operation", described.id());
            context.next();
        });
        if (described.takes()) {
            route(router, described).handler(ApiRouter::requireJson);
            route(router, described).handler(BodyHandler.create(false).setBodyLimit(BODY));
        }
        route(router, described)
                .handler(operation == null ? events::open : context -> run(context, described, operation));
    }

    private static Route route(Router router, OpenApi.Route described) {
        var route = router.route(described.path()).method(HttpMethod.valueOf(described.method()));
        return described.method().equals("GET") ? route.method(HttpMethod.HEAD) : route;
    }

    private static void requireJson(RoutingContext context) {
        var given = context.request().getHeader("Content-Type");
        var type = given == null ? "" : given.split(";", 2)[0].strip();
        if (!type.equalsIgnoreCase("application/json")) {
            throw Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "Content-Type: application/json",
                            type.isEmpty() ? "none" : "another one",
                            "Send the body as JSON with that header.")
                    .thrown();
        }
        context.next();
    }

    /// Runs an operation on a virtual thread, and answers on the event loop.
    private void run(RoutingContext context, OpenApi.Route described, Operation operation) {
        var request = Request.of(context, described.query());
        if (!room.tryAcquire()) {
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "at most %d requests at once".formatted(AT_ONCE),
                            "as many under way",
                            "Send it again shortly, with the same Idempotency-Key.")
                    .thrown();
        }
        var loop = Objects.requireNonNull(Vertx.currentContext());
        Thread.ofVirtual().name(described.id()).start(() -> {
            var answer = answer(operation, request, path(context));
            room.release();
            loop.runOnContext(_ -> answer(context, described.id(), answer));
        });
    }

    private static Answer answer(Operation operation, Request request, String path) {
        try {
            return operation.answer(request);
        } catch (RuntimeException e) {
            return Answer.of(problem(e, path), path);
        }
    }

    private static Problem problem(Throwable failure, String path) {
        return switch (failure) {
            case ProblemException known -> known.problem();
            case StoreException.Unavailable down -> {
                LOG.warn("request.failed path={} cause={}", path, down.getMessage());
                yield unavailable("the gateway's database to answer");
            }
            case ChainException down -> {
                LOG.warn("request.failed path={} cause={}", path, down.getMessage());
                yield unavailable("the chain to answer as its headers say");
            }
            default -> {
                LOG.error("request.failed path={}", path, failure);
                yield Problem.of(
                        ProblemType.INTERNAL,
                        "an answer",
                        "a fault of this gateway",
                        "Send it again with the same Idempotency-Key; if it stays, tell the operator the time of this request.");
            }
        };
    }

    private static Problem unavailable(String expected) {
        return Problem.of(
                ProblemType.UNAVAILABLE,
                expected,
                "no answer in time",
                "Send it again shortly, with the same Idempotency-Key; nothing is half done.");
    }

    private void fail(RoutingContext context) {
        var operation = Objects.requireNonNullElse(context.<String>get("operation"), "none");
        var failure = context.failure();
        var problem = failure == null || failure instanceof HttpException
                ? ofStatus(context.statusCode())
                : problem(failure, path(context));
        answer(context, operation, Answer.of(problem, path(context)));
    }

    private static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> nothingHere();
            case 413 ->
                Problem.of(
                        ProblemType.BODY_TOO_LARGE,
                        "a body of at most %d octets".formatted(BODY),
                        "a larger one",
                        "Keep the document and state its SHA-256 in the claims.");
            case 500 -> problem(new IllegalStateException("no cause given"), "unknown");
            default ->
                Problem.of(
                        ProblemType.INVALID_REQUEST,
                        "an HTTP request that can be read",
                        "another one",
                        "Correct the request; /openapi.yaml describes it.");
        };
    }

    private static Problem nothingHere() {
        return Problem.of(ProblemType.NOT_FOUND, "a path of the API", "another one", "Choose a path of /openapi.yaml.");
    }

    private void refuseMethod(RoutingContext context, Set<String> methods) {
        var allow = String.join(", ", methods);
        var problem = Problem.of(
                ProblemType.METHOD_NOT_ALLOWED,
                allow,
                context.request().method().name(),
                "Use " + allow + " here.");
        answer(context, "none", Answer.of(problem, path(context)).with("Allow", allow));
    }

    private void answer(RoutingContext context, String operation, Answer answer) {
        measure(context, operation, answer.status());
        var response = context.response();
        if (response.ended() || response.closed()) return;
        answer.headers().forEach(response::putHeader);
        response.setStatusCode(answer.status())
                .putHeader("Content-Type", answer.mediaType())
                .end(answer.octets());
    }

    private void measure(RoutingContext context, String operation, int status) {
        var began = context.<Long>get("began");
        if (began == null) return;
        Timer.builder("waybill.http.requests")
                .description("Time from a request's head to its answer")
                .tag("operation", operation)
                .tag("status", status / 100 + "xx")
                .publishPercentileHistogram()
                .register(meters)
                .record(java.time.Duration.ofNanos(System.nanoTime() - began));
    }

    private static String path(RoutingContext context) {
        return context.request().path() == null ? "/" : context.request().path();
    }
}
