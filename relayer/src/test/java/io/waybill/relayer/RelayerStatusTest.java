package io.waybill.relayer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.lane.LogRole;
import io.waybill.relayer.RelayerStatus.LaneStatus;
import io.waybill.relayer.lane.PassageStatus;
import io.waybill.relayer.lane.PassageStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RelayerStatusTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static PassageStatus passage(
            LogRole role, State state, long oldestMs, @Nullable Instant looked, @Nullable Instant moved) {
        return new PassageStatus(role, 9, oldestMs == 0 ? 9 : 4, oldestMs, 7, 0, state, "why", null, looked, moved);
    }

    private static List<String> complaints(PassageStatus packets) {
        var statuses = passage(LogRole.STATUSES, State.IDLE, 0, NOW, null);
        var lane = new LaneStatus(new LaneId(Bytes32.ZERO), "out", "a/1", 1, 0, packets, statuses);
        return new RelayerStatus("a/1", List.of("a/1"), List.of(lane)).complaints(NOW, PATIENCE);
    }

    @Nested
    class Complaints {
        @Test
        void areNoneWhileAllIsWell() {
            assertThat(complaints(passage(LogRole.PACKETS, State.IDLE, 0, NOW, null)))
                    .isEmpty();
            assertThat(complaints(passage(LogRole.PACKETS, State.MOVING, NOW.toEpochMilli(), NOW, null)))
                    .isEmpty();
        }

        @Test
        void nameAHaltedOrParkedPassageWithItsReason() {
            assertThat(complaints(passage(LogRole.PACKETS, State.HALTED, 0, NOW, null)))
                    .containsExactly("lane out, packets: halted, why");
            assertThat(complaints(passage(LogRole.PACKETS, State.PARKED, 0, NOW, null)))
                    .containsExactly("lane out, packets: parked, why");
        }

        @Test
        void nameAPassageThatNobodySawForTooLong() {
            var edge = NOW.minus(PATIENCE);
            assertThat(complaints(passage(LogRole.PACKETS, State.RETRYING, 0, edge, null)))
                    .isEmpty();
            assertThat(complaints(passage(LogRole.PACKETS, State.RETRYING, 0, edge.minusMillis(1), null)))
                    .containsExactly("lane out, packets: not seen since 2025-12-31T23:59:29.999Z");
        }

        @Test
        void nameLeavesThatWaitWhileNoneMoves() {
            long old = NOW.minus(PATIENCE).toEpochMilli() - 1;
            assertThat(complaints(passage(LogRole.PACKETS, State.MOVING, old, NOW, null)))
                    .containsExactly("lane out, packets: 5 waiting, none moved since null");
            assertThat(complaints(passage(LogRole.PACKETS, State.MOVING, old, NOW, NOW)))
                    .isEmpty();
        }

        @Test
        void nameALaneThatNobodyCarries() {
            var lane = new LaneStatus(new LaneId(Bytes32.ZERO), "out", "", 3, 0, null, null);
            assertThat(new RelayerStatus("a/1", List.of("a/1"), List.of(lane)).complaints(NOW, PATIENCE))
                    .containsExactly("lane out: nobody carries it");
        }

        @Test
        void areNoneForALaneThatAnotherCarries() {
            var lane = new LaneStatus(new LaneId(Bytes32.ZERO), "out", "b/1", 3, 0, null, null);
            assertThat(new RelayerStatus("a/1", List.of("a/1", "b/1"), List.of(lane)).complaints(NOW, PATIENCE))
                    .isEmpty();
        }
    }
}
