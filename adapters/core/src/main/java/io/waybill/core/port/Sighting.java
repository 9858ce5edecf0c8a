package io.waybill.core.port;

import io.waybill.core.Bytes32;
import io.waybill.core.lane.Checkpoint;

/// Where a checkpoint event is.
///
/// @param height block that holds the event
/// @param tx     transaction that emitted it
public record Sighting(Checkpoint checkpoint, long height, Bytes32 tx) {}
