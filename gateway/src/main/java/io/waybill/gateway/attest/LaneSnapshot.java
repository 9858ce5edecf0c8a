package io.waybill.gateway.attest;

import io.waybill.core.port.LogView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A lane as its two chains told of it last.
///
/// @param packets         the Outbox's log, absent until it answered once
/// @param statuses        the Inbox's log, absent until it answered once
/// @param sourceHead      newest final height of the source
/// @param destinationHead newest final height of the destination
/// @param seenAt          when both chains answered last
/// @param trouble         why the last look failed, absent when it did not
public record LaneSnapshot(
        @Nullable LogView packets,
        @Nullable LogView statuses,
        long sourceHead,
        long destinationHead,
        @Nullable Instant seenAt,
        @Nullable String trouble) {
    static final LaneSnapshot UNSEEN = new LaneSnapshot(null, null, 0, 0, null, "not looked at yet");

    LaneSnapshot failing(String why) {
        return new LaneSnapshot(packets, statuses, sourceHead, destinationHead, seenAt, why);
    }
}
