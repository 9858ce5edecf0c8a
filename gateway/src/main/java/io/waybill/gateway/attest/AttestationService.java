package io.waybill.gateway.attest;

import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Origin;
import io.waybill.gateway.store.Acceptance;
import io.waybill.gateway.store.AttestationStore;
import io.waybill.gateway.store.Database;
import io.waybill.gateway.store.IdempotencyKey;
import io.waybill.gateway.store.LaneStore;
import io.waybill.gateway.store.NewAttestation;
import io.waybill.gateway.store.Unconfirmed;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.event.RelayListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Accepts attestations and sees them through. For each lane one worker sends and one follows; for each light
/// client one worker looks at it. All of them start with [#start] and end with [#close].
public final class AttestationService implements AutoCloseable {
    private static final Duration CLIENT_REST = Duration.ofSeconds(2);

    private final AttestationStore store;
    private final LaneStore laneStore;
    private final Lanes lanes;
    private final List<KnownClient> clients;
    private final Pace pace;
    private final InstantSource clock;
    private final Map<LaneId, LaneFollower> followers = new LinkedHashMap<>();
    private final Map<KnownClient, ClientFollower> clientFollowers = new LinkedHashMap<>();
    private final Map<LaneId, OriginFollower> originFollowers = new HashMap<>();
    private final List<LaneSender> senders = new ArrayList<>();
    private final Map<LaneId, Worker> sending = new ConcurrentHashMap<>();
    private final Map<LaneId, Worker> following = new ConcurrentHashMap<>();
    private final List<Worker> looking = new ArrayList<>();

    public AttestationService(
            Database database,
            Lanes lanes,
            List<KnownClient> clients,
            Map<LaneId, Origin> origins,
            Pace pace,
            InstantSource clock) {
        this.store = new AttestationStore(database);
        this.laneStore = new LaneStore(database);
        this.lanes = lanes;
        this.clients = List.copyOf(clients);
        this.pace = pace;
        this.clock = clock;
        var unconfirmed = new Unconfirmed(database);
        for (var lane : lanes.all()) followers.put(lane.id(), new LaneFollower(lane, laneStore, unconfirmed, clock));
        for (var client : this.clients) clientFollowers.put(client, new ClientFollower(client, clock));
        origins.forEach((lane, origin) -> originFollowers.put(lane, new OriginFollower(lane, origin, laneStore)));
    }

    /// Starts the workers. What an earlier run accepted and did not send is sent now; what it handed over without
    /// learning the outcome is looked for on the chain first.
    public synchronized void start() {
        for (var lane : lanes.all()) {
            var follower = Objects.requireNonNull(followers.get(lane.id()));
            var sender = new LaneSender(lane, laneStore, pace, clock);
            senders.add(sender);
            sending.put(lane.id(), Worker.start("send-" + lane.name(), sender, pace.poll()));
            following.put(lane.id(), Worker.start("follow-" + lane.name(), follower, pace.poll()));
        }
        clientFollowers.forEach((client, follower) ->
                looking.add(Worker.start("look-" + client.ref().contract(), follower, CLIENT_REST)));
        originFollowers.forEach((lane, follower) -> looking.add(Worker.start("origin-" + lane, follower, pace.poll())));
    }

    public Lanes lanes() {
        return lanes;
    }

    public List<KnownClient> clients() {
        return clients;
    }

    public AttestationStore store() {
        return store;
    }

    /// Stores a request that the door admitted; from then on it will reach its source chain exactly once.
    ///
    /// @param canonical the request as it was received, in canonical JSON
    public Acceptance accept(AttestationRequest request, Bytes canonical, @Nullable IdempotencyKey key) {
        var attestation = new NewAttestation(
                UUID.randomUUID(),
                request.lane().id(),
                canonical,
                request.attestation().encode(),
                request.timeoutMs(),
                Instant.ofEpochMilli(clock.millis()));
        var acceptance = store.accept(attestation, key);
        wake(sending, request.lane().id());
        return acceptance;
    }

    private void proven(LaneId lane, long from, long to, long height, Instant at) {
        var follower = followers.get(lane);
        if (follower == null) return;
        follower.proven(new LaneFollower.Proven(from, to, height, at));
        wake(following, lane);
    }

    /// Listens to the relayer of this process: what it proves becomes a stage, and whatever it sees makes this look
    /// at the lane now rather than at the next turn.
    public RelayListener listener() {
        return event -> {
            if (event instanceof RelayEvent.Verified verified && verified.role() == LogRole.PACKETS) {
                proven(verified.lane(), verified.from(), verified.to(), verified.height(), verified.at());
            } else {
                wake(following, event.lane());
            }
        };
    }

    private static void wake(Map<LaneId, Worker> workers, LaneId lane) {
        var worker = workers.get(lane);
        if (worker != null) worker.wake();
    }

    public LaneSnapshot snapshot(Lane lane) {
        var follower = followers.get(lane.id());
        return follower == null ? LaneSnapshot.UNSEEN : follower.snapshot();
    }

    public ClientSnapshot snapshot(KnownClient client) {
        var follower = clientFollowers.get(client);
        return follower == null ? ClientSnapshot.UNSEEN : follower.snapshot();
    }

    @Override
    public synchronized void close() {
        sending.values().forEach(Worker::close);
        following.values().forEach(Worker::close);
        looking.forEach(Worker::close);
        senders.forEach(LaneSender::close);
        originFollowers.values().forEach(OriginFollower::close);
    }
}
