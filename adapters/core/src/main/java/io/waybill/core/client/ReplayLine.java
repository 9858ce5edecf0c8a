package io.waybill.core.client;

import io.waybill.core.Bytes32;
import io.waybill.core.Rejection;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One judgement of one header of a recorded chain, as `client replay` prints it.
///
/// @param height as the header states it, -1 when it states none
/// @param hash   recomputed, null when the header cannot be read
/// @param reason in words, beginning with the name of the rejection; null when accepted on its own merits
public record ReplayLine(
        long height,
        @Nullable Bytes32 hash,
        Outcome verdict,
        @Nullable String reason) {
    /// How a header was judged.
    public enum Outcome {
        ACCEPTED,
        /// Linked and sealed, but its new set is vouched for only by a later header; its `ACCEPTED` follows then.
        WAITING,
        REFUSED
    }

    public static ReplayLine accepted(long height, Bytes32 hash) {
        return new ReplayLine(height, hash, Outcome.ACCEPTED, null);
    }

    /// The first trusted header, accepted as given.
    public static ReplayLine anchor(long height, Bytes32 hash) {
        return new ReplayLine(height, hash, Outcome.ACCEPTED, "anchor");
    }

    /// Sealed, and linked to the last one accepted, by sealers whom the trusted ones do not vouch for yet.
    public static ReplayLine waiting(long height, Bytes32 hash) {
        return new ReplayLine(
                height, hash, Outcome.WAITING, "its new sealers are not vouched for by the trusted ones yet");
    }

    public static ReplayLine refused(long height, @Nullable Bytes32 hash, Rejection reason) {
        return new ReplayLine(height, hash, Outcome.REFUSED, reason.code() + ": " + reason.explain());
    }

    /// Whether there were headers, and each height ended as accepted; a refusal is final.
    public static boolean allAccepted(List<ReplayLine> lines) {
        var last = new HashMap<Long, Outcome>();
        for (var line : lines) {
            last.merge(line.height(), line.verdict(), (a, b) -> a == Outcome.REFUSED ? a : b);
        }
        return !last.isEmpty() && last.values().stream().allMatch(Outcome.ACCEPTED::equals);
    }
}
