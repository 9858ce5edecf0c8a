package io.waybill.core.port;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.lane.Checkpoint;
import java.util.List;

/// Leaves of a lane log with the proof that they are in it: the arguments of `deliver` and of `acknowledge`.
///
/// @param update     header update, or empty when the client knows `height` already
/// @param height     block that holds the checkpoint event
/// @param eventProof proof of the event under that block's receipts root
/// @param checkpoint what the event said: kept for the verifier here, not submitted
/// @param first      index of the first leaf
/// @param leaves     packet octets or status octets, at least one
/// @param rangeProof compact range proof of `[first, first + leaves.size())` in the checkpoint's tree
public record Delivery(
        LaneId lane,
        Bytes update,
        long height,
        Bytes eventProof,
        Checkpoint checkpoint,
        long first,
        List<Bytes> leaves,
        List<Bytes32> rangeProof) {
    public Delivery {
        leaves = List.copyOf(leaves);
        rangeProof = List.copyOf(rangeProof);
    }
}
