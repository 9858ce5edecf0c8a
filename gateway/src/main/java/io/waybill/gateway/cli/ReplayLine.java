package io.waybill.gateway.cli;

import io.waybill.core.Bytes32;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One judgement of one header of a recorded chain.
///
/// @param height as the header states it, -1 when it states none
/// @param hash   recomputed, null when the header cannot be read
/// @param reason in words, beginning with the name of the rejection; null when accepted on its own merits
record ReplayLine(
        long height,
        @Nullable Bytes32 hash,
        Outcome verdict,
        @Nullable String reason) {
    /// How a header was judged.
    enum Outcome {
        ACCEPTED,
        /// Linked and sealed, but its new set is vouched for only by a later header; its `ACCEPTED` follows then.
        WAITING,
        REFUSED
    }

    /// Whether each height ended as accepted; a refusal is final.
    static boolean allAccepted(List<ReplayLine> lines) {
        var last = new HashMap<Long, Outcome>();
        for (var line : lines) {
            last.merge(line.height(), line.verdict(), (a, b) -> a == Outcome.REFUSED ? a : b);
        }
        return last.values().stream().allMatch(Outcome.ACCEPTED::equals);
    }
}
