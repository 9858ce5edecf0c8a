package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import java.util.List;

/// What a [LaneReader] asks of a chain. Calls block and end by their deadline; failures are
/// [io.waybill.core.port.ChainException]s.
public interface ContractReads {
    /// Runs a call without a transaction at the newest height and returns what the contract returned.
    Bytes call(Address to, Bytes data);

    /// All events of the block at a height, in the order they were emitted.
    List<BlockLog> logs(long height);
}
