package io.waybill.gateway;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.waybill.gateway.attest.AttestationService;
import io.waybill.gateway.attest.KnownClient;
import io.waybill.gateway.attest.Lanes;
import io.waybill.gateway.bundle.BundleBuilder;
import io.waybill.gateway.bundle.LaneProofs;
import io.waybill.gateway.http.Api;
import io.waybill.gateway.http.RelayView;
import io.waybill.gateway.ops.OpsRouter;
import io.waybill.gateway.ops.Readiness;
import io.waybill.gateway.store.Database;
import io.waybill.relayer.RelayerStatus;
import io.waybill.relayer.RelayerVerticle;
import io.waybill.relayer.Supervisor;
import io.waybill.relayer.event.RelayListener;
import io.waybill.relayer.lane.FollowedClient;
import io.waybill.relayer.lane.Lane;
import io.waybill.relayer.lane.Pace;
import io.waybill.relayer.lease.Leases;
import io.waybill.relayer.metrics.RelayMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/// One running member: a relayer, the API with the console, and operations, over a network and a store.
/// Everything is made here and handed on; nothing is looked up.
public final class Member implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final AttestationService service;
    private final Supervisor supervisor;
    private final GatewayVerticle gateway;
    private final PrometheusMeterRegistry meters;
    private final List<String> deployed;

    /// How a member works.
    ///
    /// @param term how long a lease lasts unless renewed
    /// @param pace of the relayer
    public record Manner(GatewayVerticle.Listen http, GatewayVerticle.Listen ops, Duration term, Pace pace) {}

    private Member(
            Vertx vertx,
            AttestationService service,
            Supervisor supervisor,
            GatewayVerticle gateway,
            PrometheusMeterRegistry meters,
            List<String> deployed) {
        this.vertx = vertx;
        this.service = service;
        this.supervisor = supervisor;
        this.gateway = gateway;
        this.meters = meters;
        this.deployed = deployed;
    }

    /// Starts a member and waits until its servers listen.
    ///
    /// @param leases   who carries which lane
    /// @param listener is told what the relayer of this member does, beside the gateway and the metrics
    public static Member start(
            Vertx vertx, Network network, Database database, Leases leases, Manner manner, RelayListener listener) {
        var clock = InstantSource.system();
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var service = service(network, database, clock);
        var lanes = network.lanes().stream().map(lane -> relayed(network, lane)).toList();
        var metrics = new RelayMetrics(meters, lanes, clock);
        var supervisor = new Supervisor(
                lanes,
                leases,
                manner.term(),
                manner.pace(),
                RelayListener.all(metrics, service.listener(), listener),
                clock);
        metrics.watch(supervisor::status);
        var api = new Api(service, proofs(network, service), () -> RelayView.of(supervisor.status()), meters, clock);
        var readiness = new Readiness(List.of(
                Readiness.store(database),
                Readiness.chains(service, clock, PATIENCE),
                Readiness.relaying(supervisor::status, clock, PATIENCE)));
        var gateway = new GatewayVerticle(api, new OpsRouter(readiness, meters), manner.http(), manner.ops());
        service.start();
        var deployed = List.of(deploy(vertx, new RelayerVerticle(supervisor)), deploy(vertx, gateway));
        return new Member(vertx, service, supervisor, gateway, meters, deployed);
    }

    private static String deploy(Vertx vertx, io.vertx.core.VerticleBase verticle) {
        return vertx.deployVerticle(verticle)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static AttestationService service(Network network, Database database, InstantSource clock) {
        var lanes = network.lanes().stream()
                .map(lane -> new io.waybill.gateway.attest.Lane(
                        lane.name(),
                        lane.terms(),
                        network.chain(lane.terms().source()),
                        network.chain(lane.terms().destination())))
                .toList();
        var clients = network.clients().stream()
                .map(client -> new KnownClient(
                        client.ref(),
                        network.chain(client.ref().chain()),
                        network.chain(client.anchor().chain()),
                        client.anchor().kind(),
                        client.anchor().trustingPeriodMs(),
                        client.anchor().trust()))
                .toList();
        var named = new Lanes(lanes);
        var origins = network.origins().stream()
                .collect(Collectors.toMap(
                        origin -> named.find(origin.lane()).orElseThrow().id(), Network.NamedOrigin::origin));
        return new AttestationService(database, named, clients, origins, io.waybill.gateway.attest.Pace.DEFAULT, clock);
    }

    private static LaneProofs proofs(Network network, AttestationService service) {
        return new LaneProofs(service.lanes().all().stream()
                .map(lane -> {
                    var client =
                            network.client(lane.terms().source(), lane.terms().destination());
                    return new BundleBuilder(lane, client.anchor(), client.ref());
                })
                .toList());
    }

    private static Lane relayed(Network network, Network.NamedLane lane) {
        var terms = lane.terms();
        return new Lane(
                lane.name(),
                terms,
                network.chain(terms.source()),
                network.chain(terms.destination()),
                followed(network.client(terms.source(), terms.destination())),
                followed(network.client(terms.destination(), terms.source())));
    }

    private static FollowedClient followed(Network.Client client) {
        var anchor = client.anchor();
        return new FollowedClient(
                client.ref(), anchor.client(), anchor.state().latest(), Duration.ofMillis(anchor.trustingPeriodMs()));
    }

    /// The port of the API and the console.
    public int apiPort() {
        return gateway.apiPort();
    }

    /// The port of health and metrics.
    public int opsPort() {
        return gateway.opsPort();
    }

    /// Where the relayer stands.
    public RelayerStatus relayer() {
        return supervisor.status();
    }

    /// Hands the lanes over, ends the servers and the workers. The network and the store are their maker's to
    /// close.
    @Override
    public void close() {
        for (var id : deployed) {
            vertx.undeploy(id).toCompletionStage().toCompletableFuture().join();
        }
        service.close();
        meters.close();
    }
}
