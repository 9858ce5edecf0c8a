package io.waybill.gateway.attest;

import io.waybill.core.port.ClientView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A light-client contract as its chain told of it last.
///
/// @param view         absent until it answered once
/// @param followedHead newest final height of the chain it follows
/// @param seenAt       when both chains answered last
/// @param trouble      why the last look failed, absent when it did not
public record ClientSnapshot(
        @Nullable ClientView view,
        long followedHead,
        @Nullable Instant seenAt,
        @Nullable String trouble) {
    static final ClientSnapshot UNSEEN = new ClientSnapshot(null, 0, null, "not looked at yet");

    ClientSnapshot failing(String why) {
        return new ClientSnapshot(view, followedHead, seenAt, why);
    }
}
