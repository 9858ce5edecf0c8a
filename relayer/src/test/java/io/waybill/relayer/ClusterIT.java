package io.waybill.relayer;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.relayer.RelayerStatus.LaneStatus;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.lane.Rig;
import io.waybill.relayer.lease.Members;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two real members share the lanes of two chains in memory.
class ClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Rig rig = new Rig(4);
    private final Members members = new Members(2);
    private final List<Supervisor> supervisors = new ArrayList<>();
    private final List<RelayEvent.Submitted> submitted = new CopyOnWriteArrayList<>();

    private Supervisor join(HazelcastInstance instance, int member) {
        var supervisor = new Supervisor(
                rig.lanes(),
                members.leases(instance, member),
                Members.TERM,
                Rig.PACE,
                event -> {
                    if (event instanceof RelayEvent.Submitted done) submitted.add(done);
                },
                rig.clock);
        supervisors.add(supervisor);
        supervisor.start();
        return supervisor;
    }

    @AfterEach
    void close() {
        supervisors.forEach(Supervisor::close);
        members.close();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static long held(Supervisor supervisor) {
        return supervisor.status().lanes().stream().filter(LaneStatus::isOurs).count();
    }

    private void sendOnAll(int count) {
        rig.world.lanes().forEach(lane -> rig.send(lane.id(), count));
    }

    private void awaitAllAcknowledged() {
        await(
                "all acknowledged",
                () -> rig.world.lanes().stream().allMatch(lane -> rig.acknowledged(lane.id()) == rig.sent(lane.id())));
    }

    private void requireOneStatusEach() {
        for (var lane : rig.world.lanes()) {
            assertThat(rig.statuses(lane.id()))
                    .hasSize((int) rig.sent(lane.id()))
                    .containsOnly(FinalStatus.DELIVERED);
        }
    }

    @Test
    void spreadsLanesEvenlyWhenAMemberJoinsAndDoesNothingTwice() {
        var one = join(members.start(0), 0);
        await("one holds all", () -> held(one) == 4);
        var other = join(members.start(1), 1);
        await("two each", () -> held(one) == 2 && held(other) == 2);
        for (int i = 0; i < 5; i++) sendOnAll(5);
        awaitAllAcknowledged();
        requireOneStatusEach();
        assertThat(submitted).extracting(RelayEvent.Submitted::moved).doesNotContain(0L);
    }

    @Test
    void finishesWhatAKilledMemberBegan() {
        var victim = members.start(0);
        var one = join(victim, 0);
        var other = join(members.start(1), 1);
        await("two each", () -> held(one) == 2 && held(other) == 2);
        var before = epochs(other);
        sendOnAll(20);
        long killed = System.nanoTime();
        members.kill(victim);
        sendOnAll(20);
        await("the other holds all", () -> held(other) == 4);
        assertThat(Duration.ofNanos(System.nanoTime() - killed)).as("takeover").isLessThan(Members.TERM.plusSeconds(5));
        awaitAllAcknowledged();
        requireOneStatusEach();
        var after = epochs(other);
        for (int i = 0; i < before.size(); i++) assertThat(after.get(i)).isGreaterThanOrEqualTo(before.get(i));
        assertThat(after.stream().mapToLong(epoch -> epoch).sum())
                .isGreaterThan(before.stream().mapToLong(epoch -> epoch).sum());
    }

    @Test
    void handsLanesOverAtOnceWhenAMemberLeaves() {
        var one = join(members.start(0), 0);
        var other = join(members.start(1), 1);
        await("two each", () -> held(one) == 2 && held(other) == 2);
        long began = System.nanoTime();
        one.close();
        await("the other holds all", () -> held(other) == 4);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Members.TERM.multipliedBy(4));
        sendOnAll(3);
        awaitAllAcknowledged();
        requireOneStatusEach();
    }

    private static List<Long> epochs(Supervisor supervisor) {
        return supervisor.status().lanes().stream().map(LaneStatus::epoch).toList();
    }
}
