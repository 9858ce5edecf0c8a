package io.waybill.relayer;

import io.waybill.core.LaneId;
import io.waybill.relayer.lane.PassageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where everything stands, as this member sees it now.
///
/// @param member  this member's owner name, `name/run`
/// @param present owners that take part now, this one included
/// @param lanes   all configured lanes, in the order of the configuration
public record RelayerStatus(String member, List<String> present, List<LaneStatus> lanes) {
    public RelayerStatus {
        present = List.copyOf(present);
        lanes = List.copyOf(lanes);
    }

    /// One lane.
    ///
    /// @param name     what people call it
    /// @param holder   owner that holds the lease by the books, empty when nobody does
    /// @param epoch    count of holders so far, 0 before the first
    /// @param untilMs  when the lease ends unless renewed, by the clock that keeps the books, 0 without a holder
    /// @param packets  the way out; absent where another member carries the lane
    /// @param statuses the way back; absent where another member carries the lane
    public record LaneStatus(
            LaneId lane,
            String name,
            String holder,
            long epoch,
            long untilMs,
            @Nullable PassageStatus packets,
            @Nullable PassageStatus statuses) {
        /// Whether this member carries the lane.
        public boolean isOurs() {
            return packets != null && statuses != null;
        }

        private Stream<String> complaints(Instant now, Duration patience) {
            if (isOurs()) {
                return Stream.of(packets, statuses)
                        .filter(Objects::nonNull)
                        .flatMap(passage -> complaint(passage, now, patience).stream());
            }
            return holder.isEmpty() ? Stream.of("lane %s: nobody carries it".formatted(name)) : Stream.empty();
        }

        private Optional<String> complaint(PassageStatus passage, Instant now, Duration patience) {
            var what = "lane %s, %s: ".formatted(name, passage.role().name().toLowerCase(Locale.ROOT));
            return switch (passage.state()) {
                case HALTED -> Optional.of(what + "halted, " + passage.reason());
                case PARKED -> Optional.of(what + "parked, " + passage.reason());
                case STARTING -> Optional.of(what + "its chains have not answered yet");
                case RETRYING, MOVING, IDLE -> stale(passage, now, patience).map(what::concat);
            };
        }

        private static Optional<String> stale(PassageStatus passage, Instant now, Duration patience) {
            var limit = now.minus(patience);
            var looked = passage.lastLooked();
            if (looked == null || looked.isBefore(limit)) return Optional.of("not seen since " + looked);
            var moved = passage.lastMoved();
            boolean waiting = passage.oldestMs() > 0 && passage.oldestMs() < limit.toEpochMilli();
            return waiting && (moved == null || moved.isBefore(limit))
                    ? Optional.of("%d waiting, none moved since %s".formatted(passage.backlog(), moved))
                    : Optional.empty();
        }
    }

    /// Why this member is not ready, in words; empty when it is. It is ready when every lane has a holder, and each
    /// passage it carries was seen within `patience`, is neither halted nor parked, and has not kept leaves waiting
    /// for that long without moving any.
    public List<String> complaints(Instant now, Duration patience) {
        return lanes.stream().flatMap(lane -> lane.complaints(now, patience)).toList();
    }
}
