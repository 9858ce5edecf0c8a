package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.List;

/// One event of a block, as a node tells it.
///
/// @param address  the contract that emitted it
/// @param txIndex  place of the transaction in its block
/// @param logIndex place of the event in its receipt, not in the block
/// @param timeMs   the block's time, milliseconds since 1970
public record BlockLog(
        Address address, List<Bytes32> topics, Bytes data, Bytes32 tx, int txIndex, int logIndex, long timeMs) {
    public BlockLog {
        topics = List.copyOf(topics);
    }
}
