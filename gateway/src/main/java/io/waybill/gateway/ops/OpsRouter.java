package io.waybill.gateway.ops;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/// `/livez`, `/readyz` and `/metrics`.
public final class OpsRouter {
    private final Readiness readiness;
    private final PrometheusMeterRegistry meters;

    public OpsRouter(Readiness readiness, PrometheusMeterRegistry meters) {
        this.readiness = readiness;
        this.meters = meters;
    }

    public Router router(Vertx vertx) {
        var router = Router.router(vertx);
        router.get("/livez").handler(OpsRouter::live);
        router.get("/readyz")
                .handler(context -> vertx.executeBlocking(readiness::complaints, false)
                        .onSuccess(complaints -> ready(context, complaints))
                        .onFailure(context::fail));
        router.get("/metrics")
                .handler(context -> vertx.executeBlocking(() -> meters.scrape(), false)
                        .onSuccess(text -> context.response()
                                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                                .end(text))
                        .onFailure(context::fail));
        return router;
    }

    /// The event loop answers, so the process lives.
    private static void live(RoutingContext context) {
        context.json(new JsonObject().put("live", true));
    }

    private static void ready(RoutingContext context, List<Readiness.Complaint> complaints) {
        var reasons = new JsonArray();
        complaints.forEach(complaint ->
                reasons.add(new JsonObject().put("check", complaint.check()).put("reason", complaint.reason())));
        context.response().setStatusCode(complaints.isEmpty() ? 200 : 503);
        context.json(new JsonObject().put("ready", complaints.isEmpty()).put("reasons", reasons));
    }
}
