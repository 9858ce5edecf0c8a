package io.waybill.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.waybill.gateway.attest.AttestationService;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/// The API: its operations and its event stream, on a router made from the OpenAPI document.
public final class Api implements AutoCloseable {
    private final AttestationService service;
    private final AttestationOperations attestations;
    private final Supplier<RelayView> relay;
    private final EventStream events;
    private final MeterRegistry meters;
    private final InstantSource clock;

    /// Makes the API of a gateway.
    ///
    /// @param proofs makes proof bundles
    /// @param relay  says who relays now
    public Api(
            AttestationService service,
            Proofs proofs,
            Supplier<RelayView> relay,
            MeterRegistry meters,
            InstantSource clock) {
        this.service = service;
        this.attestations = new AttestationOperations(service, proofs, clock);
        this.relay = relay;
        this.events = new EventStream(service);
        this.meters = meters;
        this.clock = clock;
    }

    /// A router with all routes of the API, and a problem for everything else. Routes mounted by `more` come after
    /// those of the API.
    public Router router(Vertx vertx, java.util.function.Consumer<Router> more) {
        return new ApiRouter(vertx, OpenApi.load(), meters).router(operations(), events, more);
    }

    /// Every operation of the document but the event stream, by its id.
    private Map<String, Operation> operations() {
        return Map.of(
                "submitAttestation", attestations::submit,
                "readAttestation", attestations::read,
                "listAttestations", attestations::list,
                "readProof", attestations::proof,
                "listLanes", _ -> Answer.ok(Map.of("lanes", lanes())),
                "listClients", _ -> Answer.ok(Map.of("clients", clients())),
                "readStatus", _ -> Answer.ok(status()));
    }

    private java.util.List<Views.LaneView> lanes() {
        return service.lanes().all().stream()
                .map(lane -> Views.LaneView.of(lane, service))
                .toList();
    }

    private java.util.List<Views.ClientViewJson> clients() {
        return service.clients().stream()
                .map(client -> Views.ClientViewJson.of(client, service.snapshot(client)))
                .toList();
    }

    private Views.Status status() {
        var view = relay.get();
        var version = Api.class.getPackage().getImplementationVersion();
        return new Views.Status(
                version == null ? "development" : version, Json.time(clock.instant()), view.members(), view.leases());
    }

    @Override
    public void close() {
        events.close();
    }
}
