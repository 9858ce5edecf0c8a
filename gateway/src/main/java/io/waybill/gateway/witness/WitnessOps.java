package io.waybill.gateway.witness;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.waybill.gateway.config.WaybillConfig.Listen;
import io.waybill.gateway.ops.OpsRouter;
import io.waybill.gateway.ops.Readiness;
import io.waybill.rpc.witness.Outcome;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Health and metrics of a watcher or a verifier, on a port of their own. The server ends with its Vert.x.
final class WitnessOps implements AutoCloseable {
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final String name;
    private final AtomicLong highest = new AtomicLong();
    private @Nullable HttpServer server;

    /// @param name `watcher` or `verifier`, the first word of its metrics
    WitnessOps(String name) {
        this.name = name;
        Gauge.builder("waybill.%s.height".formatted(name), highest, AtomicLong::doubleValue)
                .description("highest block signed since the start")
                .register(meters);
    }

    void serve(Vertx vertx, Listen at, Readiness readiness) {
        var made = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(at.host())
                        .setPort(at.port())
                        .setIdleTimeout(60))
                .requestHandler(new OpsRouter(readiness, meters).router(vertx));
        made.listen().toCompletionStage().toCompletableFuture().join();
        server = made;
    }

    int port() {
        return Objects.requireNonNull(server, "operations: not started").actualPort();
    }

    /// One question was answered.
    ///
    /// @param height asked for, 0 where none was
    void answered(Outcome outcome, long height) {
        var word = outcome.name().toLowerCase(Locale.ROOT);
        Counter.builder("waybill.%s.answers".formatted(name))
                .description("questions for a signature, by how they ended")
                .tag("outcome", word)
                .register(meters)
                .increment();
        if (outcome == Outcome.SIGNED) highest.accumulateAndGet(height, Math::max);
    }

    @Override
    public void close() {
        meters.close();
    }
}
