package io.waybill.core.port;

import io.waybill.core.Bytes;
import io.waybill.core.lane.LogRole;

/// A chain seen from the side that something is proven *to*: its client of the source, and the contract that takes
/// proofs.
public interface Destination {
    /// What the client contract of the given id believes now.
    ClientView client(ClientRef client);

    /// Submits a header update alone and waits until it is final.
    ///
    /// @throws ChainException.Refused if the contract refused it
    TxResult updateClient(ClientRef client, Bytes update);

    /// Submits packets to the Inbox (`PACKETS`) or statuses to the Outbox (`STATUSES`) and waits until the
    /// transaction is final.
    ///
    /// @throws ChainException.Refused if the contract refused it
    TxResult submit(LogRole role, Delivery delivery);
}
