package io.waybill.relayer.lane;

import io.waybill.core.LaneId;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.LogEntry;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.event.RelayListener;
import io.waybill.testkit.MemoryWorld;
import io.waybill.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

/// Two chains in memory and what a relayer needs to carry between them.
public final class Rig {
    public static final Duration TRUSTING = Duration.ofDays(7);
    public static final Pace PACE = new Pace(
            4, 1 << 20, Duration.ofMillis(20), Duration.ofMillis(1), Duration.ofMillis(16), Duration.ofMillis(5), 1);

    public final SettableClock clock = SettableClock.fixed();
    public final MemoryWorld world;
    public final List<RelayEvent> events = new CopyOnWriteArrayList<>();

    public Rig() {
        this(1);
    }

    public Rig(int lanes) {
        world = MemoryWorld.open(clock, TRUSTING, lanes);
    }

    public LaneId id() {
        return world.lane();
    }

    public Lane lane() {
        return lane(world.lanes().getFirst(), "lane");
    }

    public List<Lane> lanes() {
        return world.lanes().stream()
                .map(terms -> lane(terms, "lane-" + world.lanes().indexOf(terms)))
                .toList();
    }

    public Lane lane(LaneTerms terms, String name) {
        return new Lane(
                name,
                terms,
                world.source(),
                world.destination(),
                new FollowedClient(world.sourceClient(), world.sourceRules(), world.sourceAnchor(), TRUSTING),
                new FollowedClient(
                        world.destinationClient(), world.destinationRules(), world.destinationAnchor(), TRUSTING));
    }

    RelayListener listener() {
        return events::add;
    }

    Passage passage(LogRole role) {
        return new Passage(new Route(lane(), role), PACE, listener(), clock, () -> true);
    }

    PassageLoop loop(LogRole role, long seed) {
        return loop(passage(role), seed);
    }

    PassageLoop loop(Passage passage, long seed) {
        return new PassageLoop(passage, PACE, new SplittableRandom(seed), listener(), clock, () -> {});
    }

    public void send(int count) {
        send(id(), count);
    }

    public void send(LaneId lane, int count) {
        long from = world.source().log(LogRole.PACKETS, lane).size();
        world.source().send(lane, world.sends(from, from + count));
    }

    public long sent(LaneId lane) {
        return world.source().log(LogRole.PACKETS, lane).size();
    }

    public long delivered(LaneId lane) {
        return world.destination().log(LogRole.STATUSES, lane).size();
    }

    public long acknowledged(LaneId lane) {
        return world.source().log(LogRole.PACKETS, lane).acknowledged();
    }

    /// The statuses that the Inbox gave, in index order.
    public List<FinalStatus> statuses(LaneId lane) {
        return world.destination().entries(LogRole.STATUSES, lane, 0, delivered(lane)).stream()
                .map(LogEntry::leaf)
                .map(leaf -> PacketStatus.decode(leaf).orElseThrow().status())
                .toList();
    }

    <E extends RelayEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
