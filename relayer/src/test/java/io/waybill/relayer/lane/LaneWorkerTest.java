package io.waybill.relayer.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.port.Acknowledgement;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.event.RelayListener;
import io.waybill.testkit.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneWorkerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Rig rig = new Rig();
    private final AtomicBoolean held = new AtomicBoolean(true);
    private final List<LaneWorker> workers = new ArrayList<>();

    private LaneWorker worker(Pace pace, RelayListener listener) {
        var worker = new LaneWorker(rig.lane(), pace, listener, rig.clock, held::get);
        workers.add(worker);
        worker.start();
        return worker;
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (var worker : workers) worker.stop(PATIENCE);
    }

    private static RelayListener until(long acknowledged, CountDownLatch done) {
        return event -> {
            if (event instanceof RelayEvent.Acknowledged(var _, Acknowledgement moved, var _, var _)
                    && moved.to() >= acknowledged) {
                done.countDown();
            }
        };
    }

    @Test
    void carriesOutAndBackAtOnceWhenItIsWoken() throws InterruptedException {
        var done = new CountDownLatch(1);
        var slow = new Pace(
                100, 1 << 20, Duration.ofHours(1), Duration.ofMillis(1), Duration.ofMillis(16), Duration.ofHours(1), 1);
        var worker = worker(slow, until(5, done));
        rig.send(5);
        worker.wake();
        assertThat(done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        assertThat(rig.statuses(rig.id())).hasSize(5).containsOnly(FinalStatus.DELIVERED);
    }

    @Test
    void worksBesideAnotherOneWithoutDoingAnythingTwice() throws InterruptedException {
        var done = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) worker(Rig.PACE, until(40, done));
        for (int i = 0; i < 10; i++) rig.send(4);
        assertThat(done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        assertThat(rig.statuses(rig.id())).hasSize(40).containsOnly(FinalStatus.DELIVERED);
        assertThat(rig.acknowledged(rig.id())).isEqualTo(40);
    }

    @Test
    void outlivesChainsThatFailAndLie() throws InterruptedException {
        var done = new CountDownLatch(1);
        rig.send(20);
        rig.world.source().faults(seeded(3));
        rig.world.destination().faults(seeded(4));
        worker(Rig.PACE, until(20, done));
        assertThat(done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }

    /// Everything but a false view of the client, which would rightly halt the lane in the end.
    private static Faults seeded(long seed) {
        var faults = Faults.seeded(seed, 20);
        return call -> call == Faults.Call.CLIENT ? Faults.Fault.NONE : faults.at(call);
    }

    @Test
    void endsByItselfWhenTheLaneIsLost() throws InterruptedException {
        var worker = worker(Rig.PACE, _ -> {});
        held.set(false);
        worker.wake();
        worker.stop(PATIENCE);
        assertThat(worker.isRunning()).isFalse();
    }

    @Test
    void isNotStoppedByAListenerThatThrows() throws InterruptedException {
        var done = new CountDownLatch(1);
        var until = until(2, done);
        worker(Rig.PACE, event -> {
            until.on(event);
            throw new IllegalStateException("a listener's bug");
        });
        rig.send(2);
        assertThat(done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }
}
