package io.waybill.gateway.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.gateway.GatewayVerticle;
import io.waybill.gateway.attest.AttestationService;
import io.waybill.gateway.attest.KnownClient;
import io.waybill.gateway.attest.Lane;
import io.waybill.gateway.attest.Lanes;
import io.waybill.gateway.attest.Pace;
import io.waybill.gateway.attest.TrustMode;
import io.waybill.gateway.bundle.BundleBuilder;
import io.waybill.gateway.bundle.LaneProofs;
import io.waybill.gateway.ops.OpsRouter;
import io.waybill.gateway.ops.Readiness;
import io.waybill.gateway.store.Database;
import io.waybill.testkit.MemoryWorld;
import io.waybill.testkit.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A gateway on a real database and two chains in memory, served over loopback.
public final class Gateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public final SettableClock clock = SettableClock.fixed();
    public final MemoryWorld world = MemoryWorld.open(clock, Duration.ofDays(30), 1);
    public final Database database = Database.temporary();
    public final AttestationService service;
    public final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final GatewayVerticle verticle;

    /// @param started whether the service's workers run
    public Gateway(boolean started) {
        var terms = world.lanes().getFirst();
        var lane = new Lane("out", terms, world.source(), world.destination());
        var clients = List.of(
                new KnownClient(
                        world.sourceClient(),
                        world.destination(),
                        world.source(),
                        ClientKind.QBFT,
                        world.trustingPeriod().toMillis(),
                        new TrustMode.HeaderProof()),
                new KnownClient(
                        world.destinationClient(),
                        world.source(),
                        world.destination(),
                        ClientKind.QBFT,
                        world.trustingPeriod().toMillis(),
                        new TrustMode.Corroborated(2, 3)));
        var pace = new Pace(Duration.ofMillis(20), Duration.ofSeconds(60), 100);
        service = new AttestationService(database, new Lanes(List.of(lane)), clients, Map.of(), pace, clock);
        if (started) service.start();
        var builder = new BundleBuilder(
                lane, world.sourceRules(), ClientState.anchoredAt(world.sourceAnchor()), world.sourceClient());
        var api = new Api(
                service,
                new LaneProofs(List.of(builder)),
                () -> new RelayView(
                        List.of(new RelayView.Member("a/1", true)),
                        List.of(new RelayView.Lease("out", "a/1", 1, "2026-01-01T00:00:10Z"))),
                meters,
                clock);
        var readiness = new Readiness(List.of(Readiness.store(database), Readiness.chains(service, clock, PATIENCE)));
        var anywhere = new GatewayVerticle.Listen("127.0.0.1", 0);
        verticle = new GatewayVerticle(api, new OpsRouter(readiness, meters), anywhere, anywhere);
        vertx.deployVerticle(verticle).await();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(verticle.apiPort(), path));
    }

    public URI ops(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(verticle.opsPort(), path));
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> read(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    public HttpResponse<String> post(String body, String... headers) {
        return send(request(headers).POST(BodyPublishers.ofString(body)).build());
    }

    public HttpRequest.Builder request(String... headers) {
        var request = HttpRequest.newBuilder(uri("/v1/attestations")).header("Content-Type", "application/json");
        return headers.length == 0 ? request : request.headers(headers);
    }

    /// A body that is right in every way.
    public static String body() {
        return body("\"result\": \"passed\"", "PT1H");
    }

    public static String body(String claims, String timeout) {
        return """
                {"lane": "out", "schema": "inspection/1", "issuer": "did:web:inspector.example", "subject": "lot 42",
                 "claims": {%s}, "timeout": "%s"}""".formatted(claims, timeout);
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /// How many attestations are stored.
    public int stored() {
        return json(read("/v1/attestations?limit=200")).path("attestations").size();
    }

    /// Asks again and again until an attestation has reached a state.
    public JsonNode await(String path, String state) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var found = json(read(path));
            if (found.path("state").stringValue("").equals(state)) return found;
            if (System.nanoTime() > deadline) throw new AssertionError("expected " + state + ", found " + found);
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        vertx.close().await();
        http.close();
        service.close();
        database.close();
    }
}
