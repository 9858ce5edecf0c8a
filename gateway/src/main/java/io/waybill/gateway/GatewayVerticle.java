package io.waybill.gateway;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.waybill.gateway.console.Console;
import io.waybill.gateway.http.Api;
import io.waybill.gateway.ops.OpsRouter;
import org.jspecify.annotations.Nullable;

/// The gateway's two servers: the API with the console, and operations on a port of its own. Starts and stops them,
/// and nothing else.
///
/// What it needs is made before: a `Database`, an `AttestationService` (started by its maker), an [Api] over both, an
/// [OpsRouter].
public final class GatewayVerticle extends VerticleBase {
    private static final int IDLE_SECONDS = 75;

    /// Where a server listens.
    ///
    /// @param port 0 takes a free one
    public record Listen(String host, int port) {}

    private final Api api;
    private final OpsRouter ops;
    private final Listen apiAt;
    private final Listen opsAt;
    private volatile @Nullable HttpServer apiServer;
    private volatile @Nullable HttpServer opsServer;

    public GatewayVerticle(Api api, OpsRouter ops, Listen apiAt, Listen opsAt) {
        this.api = api;
        this.ops = ops;
        this.apiAt = apiAt;
        this.opsAt = opsAt;
    }

    @Override
    public Future<?> start() {
        var served = vertx.createHttpServer(options(apiAt)).requestHandler(api.router(vertx, Console::mount));
        var operated = vertx.createHttpServer(options(opsAt)).requestHandler(ops.router(vertx));
        apiServer = served;
        opsServer = operated;
        return Future.all(served.listen(), operated.listen());
    }

    private static HttpServerOptions options(Listen at) {
        return new HttpServerOptions()
                .setHost(at.host())
                .setPort(at.port())
                .setIdleTimeout(IDLE_SECONDS)
                .setHandle100ContinueAutomatically(true);
    }

    /// The port the API is bound to.
    ///
    /// @throws IllegalStateException before it is
    public int apiPort() {
        return port(apiServer);
    }

    /// The port of operations.
    ///
    /// @throws IllegalStateException before it is bound
    public int opsPort() {
        return port(opsServer);
    }

    private static int port(@Nullable HttpServer server) {
        if (server == null) throw new IllegalStateException("server: expected started, got none");
        return server.actualPort();
    }

    /// Ends the event streams. The servers end with the verticle.
    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(() -> {
            api.close();
            return true;
        });
    }
}
