package io.waybill.gateway.attest;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.Packet;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Chain;
import io.waybill.gateway.store.Acceptance;
import io.waybill.gateway.store.AttestationStore;
import io.waybill.gateway.store.Database;
import io.waybill.gateway.store.Filter;
import io.waybill.gateway.store.LaneStore;
import io.waybill.gateway.store.NewAttestation;
import io.waybill.gateway.store.State;
import io.waybill.gateway.store.StoredAttestation;
import io.waybill.gateway.store.Unconfirmed;
import io.waybill.testkit.FaultScript;
import io.waybill.testkit.Faults;
import io.waybill.testkit.Faults.Call;
import io.waybill.testkit.Faults.Fault;
import io.waybill.testkit.MemoryWorld;
import io.waybill.testkit.Samples;
import io.waybill.testkit.SettableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every accepted request reaches its chain exactly once, whatever is lost or dies on the way.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExactlyOnceIT {
    private static final Duration SETTLE = Duration.ofSeconds(60);
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final Database database = Database.temporary();
    private final AttestationStore store = new AttestationStore(database);
    private final LaneStore laneStore = new LaneStore(database);
    private SettableClock clock = SettableClock.fixed();
    private MemoryWorld world = fresh();
    private LaneSender sender = sender();

    private MemoryWorld fresh() {
        clock = SettableClock.fixed();
        return MemoryWorld.open(clock, Duration.ofDays(30), 1);
    }

    private LaneSender sender() {
        return new LaneSender(lane(), laneStore, new Pace(Duration.ofMillis(1), SETTLE, 100), clock);
    }

    private Lane lane() {
        return new Lane("out", world.lanes().getFirst(), world.source(), world.destination());
    }

    @AfterEach
    void reset() throws Exception {
        sender.close();
        try (var connection = database.source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("truncate attestation cascade");
        }
        world = fresh();
        sender = sender();
    }

    @AfterAll
    void close() {
        sender.close();
        database.close();
    }

    private List<UUID> acceptMany(int count) {
        return LongStream.range(0, count).mapToObj(this::accept).toList();
    }

    private UUID accept(long number) {
        return accept(Samples.attestation(number).encode(), clock.millis() + HOUR);
    }

    private UUID accept(Bytes octets, long timeoutMs) {
        var given = new NewAttestation(UUID.randomUUID(), id(), Bytes.utf8("{}"), octets, timeoutMs, clock.instant());
        return ((Acceptance.Stored) store.accept(given, null)).attestation().id();
    }

    private LaneId id() {
        return world.lane();
    }

    /// The process dies: what it knew in memory and its hold are gone, and another one starts.
    private void restart() {
        sender.close();
        sender = sender();
    }

    private void work() {
        for (int i = 0; i < 20; i++) {
            try {
                while (sender.take()) {}
            } catch (io.waybill.core.port.ChainException e) {
                // The worker would rest and go on.
            }
        }
    }

    private List<Bytes> onChain() {
        var source = world.source();
        return source
                .entries(
                        LogRole.PACKETS,
                        id(),
                        0,
                        source.log(LogRole.PACKETS, id()).size())
                .stream()
                .map(entry -> ((Verdict.Accepted<Packet>) Packet.decode(entry.leaf()))
                        .value()
                        .attestation())
                .toList();
    }

    private List<StoredAttestation> rows() {
        return store.page(Filter.ALL, Long.MAX_VALUE, 1000);
    }

    private void eachIsOnItsChainOnce(int count) {
        assertThat(rows()).hasSize(count).allMatch(row -> row.state() == State.FINAL);
        assertThat(onChain())
                .containsExactlyInAnyOrderElementsOf(
                        rows().stream().map(StoredAttestation::octets).toList());
        assertThat(rows()).extracting(StoredAttestation::index).doesNotHaveDuplicates();
    }

    @Test
    void sendsWhatArrivedTogetherAsOneBatch() {
        acceptMany(10);
        long before = world.source().transactions();
        work();
        eachIsOnItsChainOnce(10);
        assertThat(world.source().transactions() - before).isOne();
    }

    @Test
    void findsABatchWhoseAnswerWasLost() {
        acceptMany(5);
        world.source().faults(new FaultScript().next(Call.SEND, Fault.LOST_ANSWER, 1));
        work();
        eachIsOnItsChainOnce(5);
    }

    @Test
    void findsABatchThatWasSentBeforeItsGatewayDied() {
        var ids = acceptMany(5);
        laneStore.submitting(ids, 0, clock.instant());
        var sends = rows().reversed().stream()
                .map(row -> new Chain.Send(row.octets(), row.timeoutMs()))
                .toList();
        world.source().send(id(), sends);
        restart();
        work();
        eachIsOnItsChainOnce(5);
    }

    @Test
    void sendsABatchThatWasNotSentBeforeItsGatewayDiedButOnlyOnceItIsLate() {
        laneStore.submitting(acceptMany(5), 0, clock.instant());
        restart();
        work();
        assertThat(onChain()).isEmpty();
        clock.advance(SETTLE);
        work();
        eachIsOnItsChainOnce(5);
    }

    @Test
    void givesEqualRequestsALeafEach() {
        var octets = Samples.attestation(7).encode();
        long timeout = clock.millis() + HOUR;
        var ids = List.of(accept(octets, timeout), accept(octets, timeout), accept(octets, timeout));
        laneStore.submitting(ids, 0, clock.instant());
        world.source().send(id(), List.of(new Chain.Send(octets, timeout), new Chain.Send(octets, timeout)));
        restart();
        clock.advance(SETTLE);
        work();
        eachIsOnItsChainOnce(3);
    }

    @Test
    void parksTheOneThatTheChainRefusesAndSendsTheOthers() {
        acceptMany(3);
        var tooLong = accept(Bytes.of(new byte[9000]), clock.millis() + HOUR);
        accept(4L);
        work();
        assertThat(rows().stream().filter(row -> row.state() == State.PARKED))
                .extracting(StoredAttestation::id)
                .containsExactly(tooLong);
        assertThat(onChain()).hasSize(4);
    }

    @Test
    void parksWhatCanNoLongerArriveInTime() {
        var late = accept(Samples.attestation(1).encode(), clock.millis() + 1000);
        clock.advance(Duration.ofSeconds(1));
        work();
        assertThat(store.find(late).orElseThrow().state()).isEqualTo(State.PARKED);
        assertThat(onChain()).isEmpty();
    }

    @Test
    void letsOneGatewayAtATimeSendOnALane() {
        acceptMany(2);
        work();
        accept(3L);
        var other = sender();
        assertThat(other.take()).isFalse();
        sender.close();
        assertThat(other.take()).isTrue();
        other.close();
    }

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    /// Calls fail, answers are lost and the process dies by seed.
    @ParameterizedTest
    @MethodSource("seeds")
    void holdsWhateverFails(long seed) {
        var random = new java.util.SplittableRandom(seed);
        int accepted = 0;
        world.source().faults(withoutLies(Faults.seeded(seed, 30)));
        for (int round = 0; round < 12; round++) {
            int more = random.nextInt(4);
            for (int i = 0; i < more; i++) accept(accepted++ % 5L);
            work();
            if (random.nextInt(3) == 0) restart();
            clock.advance(Duration.ofSeconds(random.nextInt(90)));
        }
        world.source().faults(Faults.none());
        clock.advance(SETTLE);
        work();
        var sent = rows().stream().filter(row -> row.state() == State.FINAL).toList();
        assertThat(rows()).hasSize(accepted).allMatch(row -> row.state() == State.FINAL || row.state() == State.PARKED);
        assertThat(onChain())
                .containsExactlyInAnyOrderElementsOf(
                        sent.stream().map(StoredAttestation::octets).toList());
    }

    /// A node that lies about the log can hide a batch; what it then costs is a duplicate, and no test here is
    /// about that.
    private static Faults withoutLies(Faults faults) {
        return call -> {
            var fault = faults.at(call);
            return fault == Fault.LIE ? Fault.UNAVAILABLE : fault;
        };
    }

    @Test
    void fillsALostStoreFromTheChains() {
        acceptMany(3);
        work();
        var octets = onChain();
        sender.close();
        var lane = lane();
        var follower = new LaneFollower(lane, laneStore, new Unconfirmed(database), InstantSource.system());
        rows().forEach(row -> forget(row.id()));
        follower.take();
        assertThat(rows().reversed()).extracting(StoredAttestation::octets).containsExactlyElementsOf(octets);
        assertThat(rows())
                .allMatch(row -> row.origin() == StoredAttestation.Origin.CHAIN && row.state() == State.FINAL);
    }

    @Test
    void saysThatItIsFinalOnceItsBlockIs() {
        var head = new AtomicLong();
        var lane = new Lane("out", world.lanes().getFirst(), finalUpTo(world.source(), head), world.destination());
        var follower = new LaneFollower(lane, laneStore, new Unconfirmed(database), InstantSource.system());
        sender.close();
        sender = new LaneSender(lane, laneStore, new Pace(Duration.ofMillis(1), SETTLE, 100), clock);
        acceptMany(2);
        work();
        follower.take();
        assertThat(rows()).extracting(StoredAttestation::state).containsOnly(State.INCLUDED);
        head.set(world.source().head());
        follower.take();
        assertThat(rows()).extracting(StoredAttestation::state).containsOnly(State.FINAL);
    }

    /// A chain whose newest final block is told by the test.
    private static Chain finalUpTo(Chain chain, AtomicLong head) {
        return (Chain) Proxy.newProxyInstance(
                Chain.class.getClassLoader(),
                new Class<?>[] {Chain.class},
                (_, method, arguments) ->
                        method.getName().equals("head") ? head.get() : method.invoke(chain, arguments));
    }

    private void forget(UUID id) {
        try (var connection = database.source().getConnection();
                var statement = connection.prepareStatement("delete from attestation where id = ?")) {
            statement.setObject(1, id);
            statement.executeUpdate();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
