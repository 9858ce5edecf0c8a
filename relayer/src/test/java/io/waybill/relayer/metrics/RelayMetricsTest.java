package io.waybill.relayer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.core.Bytes32;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Acknowledgement;
import io.waybill.core.port.LogEntry;
import io.waybill.relayer.RelayerStatus;
import io.waybill.relayer.RelayerStatus.LaneStatus;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.lane.PassageStatus;
import io.waybill.relayer.lane.PassageStatus.State;
import io.waybill.relayer.lane.Rig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RelayMetricsTest {
    private final Rig rig = new Rig();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RelayMetrics metrics = new RelayMetrics(registry, List.of(rig.lane()), rig.clock);

    private LogEntry status(long index, FinalStatus status) {
        var leaf = new PacketStatus(rig.id(), index, Bytes32.ZERO, status, 1).encode();
        return new LogEntry(index, leaf, 2, 2000, Bytes32.ZERO);
    }

    private double packets(String outcome) {
        var counter = registry.find("waybill.packets").tag("outcome", outcome).counter();
        return counter == null ? 0 : counter.count();
    }

    @Nested
    class Events {
        @Test
        void countPacketsByTheStatusTheyGotButNotThoseOfThePast() {
            var now = rig.clock.instant();
            metrics.on(new RelayEvent.Delivered(rig.id(), List.of(status(0, FinalStatus.DELIVERED)), true, now));
            metrics.on(new RelayEvent.Delivered(
                    rig.id(),
                    Stream.of(FinalStatus.values())
                            .map(each -> status(each.code(), each))
                            .toList(),
                    false,
                    now));
            assertThat(packets("delivered")).isEqualTo(1);
            assertThat(packets("expired")).isEqualTo(1);
            assertThat(packets("refused")).isEqualTo(1);
        }

        @Test
        void timeAPacketFromSendToAcknowledgementByTheSourcesClock() {
            var now = rig.clock.instant();
            var packet = new LogEntry(0, status(0, FinalStatus.DELIVERED).leaf(), 1, 1_000, Bytes32.ZERO);
            metrics.on(new RelayEvent.Observed(rig.id(), List.of(packet), false, now));
            metrics.on(new RelayEvent.Acknowledged(
                    rig.id(), new Acknowledgement(0, 1, 5, 3_500, Bytes32.ZERO), false, now));
            var timer =
                    registry.get("waybill.packet.latency").tag("lane", "lane").timer();
            assertThat(timer.count()).isEqualTo(1);
            assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2_500);
        }

        @Test
        void countSubmissionsThatMovedNothingApart() {
            var now = rig.clock.instant();
            for (long moved : new long[] {3, 0}) {
                metrics.on(new RelayEvent.Submitted(
                        rig.id(), LogRole.PACKETS, 0, 3, moved, Bytes32.ZERO, 9, 21_000, Duration.ofMillis(5), now));
            }
            assertThat(registry.get("waybill.submissions.redundant")
                            .tag("role", "packets")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("waybill.stage")
                            .tag("stage", "deliver")
                            .timer()
                            .count())
                    .isEqualTo(2);
        }

        @Test
        void countWhatOurOwnRulesRefusedByReason() {
            metrics.on(new RelayEvent.ProofRejected(
                    rig.id(), LogRole.PACKETS, "TooFewSeals", "seals: expected 3, got 2", rig.clock.instant()));
            assertThat(registry.get("waybill.proofs.rejected")
                            .tag("reason", "TooFewSeals")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Nested
    class Gauges {
        private final AtomicReference<RelayerStatus> status = new AtomicReference<>();

        private void carried(long size, long cursor, long acknowledged) {
            status.set(status(passage(LogRole.PACKETS, size, cursor), passage(LogRole.STATUSES, cursor, acknowledged)));
        }

        private RelayerStatus status(PassageStatus packets, PassageStatus statuses) {
            return new RelayerStatus(
                    "a/1", List.of("a/1"), List.of(new LaneStatus(rig.id(), "lane", "a/1", 1, 0, packets, statuses)));
        }

        private PassageStatus passage(LogRole role, long size, long cursor) {
            long oldest = size == cursor ? 0 : rig.clock.millis() - 4_000;
            return new PassageStatus(
                    role, size, cursor, oldest, 12, rig.clock.millis() - 9_000, State.MOVING, null, null, null, null);
        }

        private double gauge(String name) {
            return registry.get(name).gauge().value();
        }

        @Test
        void goUpAndDownWithWhatTheChainsSay() {
            metrics.watch(status::get);
            carried(10, 6, 4);
            assertThat(gauge("waybill.packets.backlog")).isEqualTo(6);
            assertThat(gauge("waybill.packets.backlog.oldest")).isEqualTo(4);
            assertThat(gauge("waybill.lease.held")).isEqualTo(1);
            assertThat(gauge("waybill.client.height")).isEqualTo(12);
            assertThat(gauge("waybill.client.age")).isEqualTo(9);
            carried(10, 10, 10);
            assertThat(gauge("waybill.packets.backlog")).isZero();
            assertThat(gauge("waybill.packets.backlog.oldest")).isZero();
        }

        @Test
        void sayNothingOfALaneThatAnotherCarries() {
            metrics.watch(status::get);
            status.set(new RelayerStatus(
                    "a/1", List.of("a/1"), List.of(new LaneStatus(rig.id(), "lane", "b/1", 1, 0, null, null))));
            assertThat(gauge("waybill.lease.held")).isZero();
            assertThat(gauge("waybill.packets.backlog")).isNaN();
        }
    }
}
