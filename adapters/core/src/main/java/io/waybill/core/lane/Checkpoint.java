package io.waybill.core.lane;

import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;

/// The size and root of a lane log, as a contract emitted them.
///
/// @param size number of leaves, `1 ≤ size < 2^48`
/// @param root RFC 9162 tree hash of that many leaves, not zero
public record Checkpoint(LaneId lane, long size, Bytes32 root) {
    /// One more than the largest size a log may have, rule R2.1.
    public static final long SIZE_LIMIT = 1L << 48;

    public Checkpoint {
        if (size < 1 || size >= SIZE_LIMIT) {
            throw new IllegalArgumentException("checkpoint size: expected 1 ≤ size < 2^48, got " + size);
        }
        if (root.isZero()) throw new IllegalArgumentException("checkpoint root: expected not zero");
    }
}
