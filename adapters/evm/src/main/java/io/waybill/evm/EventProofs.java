package io.waybill.evm;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ClientRef;
import io.waybill.core.port.Sighting;
import java.util.List;

/// How what happened on a chain is proven to a light client of it.
interface EventProofs {
    /// The proof of a checkpoint event under the block it lies in.
    ///
    /// @param emitter Outbox or Inbox
    Bytes event(Address emitter, LaneId lane, LogRole role, Sighting sighting);

    /// Updates by which a client that trusts one height comes to believe another.
    List<Bytes> updates(ClientRef verifier, long trusted, long target);
}
