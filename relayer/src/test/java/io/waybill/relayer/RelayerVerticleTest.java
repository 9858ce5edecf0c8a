package io.waybill.relayer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.waybill.core.port.Acknowledgement;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.lane.Rig;
import io.waybill.relayer.lease.SoloLeases;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RelayerVerticleTest {
    private static final Duration TERM = Duration.ofMillis(200);

    @Test
    void takesPartWhileItIsDeployedAndHandsOverWhenUndeployed() throws InterruptedException {
        var rig = new Rig();
        var done = new CountDownLatch(1);
        var leases = new SoloLeases("solo", rig.clock, TERM);
        var supervisor = new Supervisor(
                rig.lanes(),
                leases,
                TERM,
                Rig.PACE,
                event -> {
                    if (event instanceof RelayEvent.Acknowledged(var _, Acknowledgement _, var _, var _)) {
                        done.countDown();
                    }
                },
                rig.clock);
        var vertx = Vertx.vertx();
        var deployment = vertx.deployVerticle(new RelayerVerticle(supervisor)).await();
        rig.send(1);
        supervisor.wake(rig.id());
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        vertx.undeploy(deployment).await();
        assertThat(supervisor.status().lanes()).noneMatch(RelayerStatus.LaneStatus::isOurs);
        vertx.close().await();
    }
}
