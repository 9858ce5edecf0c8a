package io.waybill.relayer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.port.Acknowledgement;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.lane.Rig;
import io.waybill.relayer.lease.Grant;
import io.waybill.relayer.lease.Lease;
import io.waybill.relayer.lease.Leases;
import io.waybill.relayer.lease.SoloLeases;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SupervisorTest {
    private static final Duration TERM = Duration.ofMillis(200);
    private static final long PATIENCE_S = 20;

    private final Rig rig = new Rig(3);

    private Supervisor supervisor(Leases leases, CountDownLatch acknowledged) {
        return new Supervisor(
                rig.lanes(),
                leases,
                TERM,
                Rig.PACE,
                event -> {
                    if (event instanceof RelayEvent.Acknowledged(var _, Acknowledgement moved, var _, var _)) {
                        for (long i = moved.from(); i < moved.to(); i++) acknowledged.countDown();
                    }
                },
                rig.clock);
    }

    @Test
    void carriesEveryLaneAlone() throws InterruptedException {
        var acknowledged = new CountDownLatch(6);
        try (var supervisor = supervisor(new SoloLeases("solo", rig.clock, TERM), acknowledged)) {
            supervisor.start();
            rig.world.lanes().forEach(lane -> rig.send(lane.id(), 2));
            assertThat(acknowledged.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
            var status = supervisor.status();
            assertThat(status.lanes())
                    .allSatisfy(lane -> assertThat(lane.isOurs()).isTrue());
            assertThat(status.lanes())
                    .extracting(RelayerStatus.LaneStatus::epoch)
                    .containsOnly(1L);
            assertThat(status.member()).isEqualTo("solo/solo");
        }
    }

    @Test
    void stopsSubmittingWhenItsLeasesAreLostAndGoesOnWhenTheyComeBack() throws InterruptedException {
        var reachable = new AtomicBoolean(true);
        var acknowledged = new CountDownLatch(2);
        try (var supervisor = supervisor(new Cut(new SoloLeases("solo", rig.clock, TERM), reachable), acknowledged)) {
            supervisor.start();
            rig.send(1);
            while (acknowledged.getCount() > 1) Thread.onSpinWait();
            reachable.set(false);
            while (supervisor.status().lanes().stream().anyMatch(RelayerStatus.LaneStatus::isOurs)) {
                Thread.onSpinWait();
            }
            long before = rig.world.destination().transactions();
            rig.send(1);
            supervisor.wake(rig.id());
            assertThat(rig.world.destination().transactions()).isEqualTo(before);
            reachable.set(true);
            assertThat(acknowledged.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void givesItsLeasesBackWhenItIsClosed() {
        var leases = new SoloLeases("solo", rig.clock, TERM);
        var supervisor = supervisor(leases, new CountDownLatch(1));
        supervisor.start();
        while (leases.grants(names()).size() < 3) Thread.onSpinWait();
        supervisor.close();
        assertThat(leases.grants(names())).isEmpty();
        assertThat(supervisor.status().lanes()).noneMatch(RelayerStatus.LaneStatus::isOurs);
    }

    private Set<String> names() {
        return Set.copyOf(
                rig.world.lanes().stream().map(lane -> lane.id().toString()).toList());
    }

    /// Books that can be cut off.
    private record Cut(Leases books, AtomicBoolean reachable) implements Leases {
        @Override
        public String owner() {
            return books.owner();
        }

        @Override
        public Optional<Lease> acquire(String name) {
            return reachable.get() ? books.acquire(name) : Optional.empty();
        }

        @Override
        public void release(Lease lease) {
            books.release(lease);
        }

        @Override
        public Map<String, Grant> grants(Set<String> names) {
            return books.grants(names);
        }

        @Override
        public void announce() {
            books.announce();
        }

        @Override
        public List<String> present() {
            return books.present();
        }

        @Override
        public void close() {
            books.close();
        }
    }
}
