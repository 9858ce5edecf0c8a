package io.waybill.gateway.setup;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.port.TxResult;

/// A chain on which this process may set up contracts. Calls block until what they did is final; failures are
/// [io.waybill.core.port.ChainException]s.
public interface ContractHost {
    ChainId chain();

    /// The account that creates, and so owns, what is set up.
    Address owner();

    /// Creates a contract.
    ///
    /// @param creationCode with the constructor's arguments behind it
    Address deploy(Bytes creationCode);

    /// Calls a contract in a transaction.
    TxResult transact(Address to, Bytes calldata);

    /// Calls a contract without a transaction.
    Bytes call(Address to, Bytes calldata);

    /// The runtime code at an address; empty where there is none.
    Bytes code(Address address);
}
