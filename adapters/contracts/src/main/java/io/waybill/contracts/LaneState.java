package io.waybill.contracts;

import io.waybill.core.port.LogView;

/// What a lane contract answers to `log(lane)`.
///
/// @param size             leaves appended
/// @param lastChanged      height of the block that last appended, 0 before the first
/// @param acknowledged     at the Outbox, packets whose status was proven; at the Inbox the size
/// @param lastAcknowledged height of the block that last moved it, 0 before the first
/// @param checkpointSize   size of the last checkpoint emitted, 0 before the first
/// @param checkpointHeight height of the block that emitted it
public record LaneState(
        long size,
        long lastChanged,
        long acknowledged,
        long lastAcknowledged,
        long checkpointSize,
        long checkpointHeight) {
    public LogView view() {
        return new LogView(size, lastChanged, acknowledged);
    }
}
