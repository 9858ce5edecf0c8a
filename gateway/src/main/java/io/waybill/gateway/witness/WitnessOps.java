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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Health and metrics of a watcher or a verifier, on a port of their own.
final class WitnessOps implements AutoCloseable {
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final String name;
    private final AtomicLong highest = new AtomicLong();
    private final HttpServer server;

    /// @param name `watcher` or `verifier`, the first word of its metrics
    WitnessOps(Vertx vertx, String name, Listen at, List<Readiness.Check> checks) {
        this.name = name;
        Gauge.builder("waybill.%s.height".formatted(name), highest, AtomicLong::doubleValue)
                .description("highest block signed since the start")
                .register(meters);
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(at.host())
                        .setPort(at.port())
                        .setIdleTimeout(60))
                .requestHandler(new OpsRouter(new Readiness(checks), meters).router(vertx));
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    int port() {
        return server.actualPort();
    }

    /// One question was answered.
    ///
    /// @param height asked for, 0 where none was
    void answered(Enum<?> outcome, long height) {
        var word = outcome.name().toLowerCase(Locale.ROOT);
        Counter.builder("waybill.%s.answers".formatted(name))
                .description("questions for a signature, by how they ended")
                .tag("outcome", word)
                .register(meters)
                .increment();
        if (word.equals("signed")) highest.accumulateAndGet(height, Math::max);
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
        meters.close();
    }
}
