package io.waybill.gateway.setup;

import io.waybill.contracts.Host;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.port.SignedTx;
import io.waybill.core.port.TxResult;
import java.util.Optional;

/// A chain on which this process may set up contracts. Calls block until what they did is final; failures are
/// [io.waybill.core.port.ChainException]s.
public interface ContractHost {
    ChainId chain();

    /// What contracts live on there: which artefacts are created.
    Host kind();

    /// The account that creates, and so owns, what is set up.
    Address owner();

    /// The newest final height.
    long head();

    /// Signs the creation of a contract without handing it in, so that it can be written down first.
    ///
    /// @param creationCode with the constructor's arguments behind it
    SignedTx sign(Bytes creationCode);

    /// Hands a signed creation in, again if need be.
    ///
    /// @return the contract, or nothing if the chain will never take it
    Optional<Address> created(SignedTx signed);

    /// Names a contract that was created before, so that it may be called.
    void know(Address contract);

    /// Calls a contract in a transaction.
    ///
    /// @throws io.waybill.core.port.ChainException.Refused if it refuses; its message names the contract's error
    TxResult transact(Address to, Bytes calldata);

    /// Calls a contract without a transaction.
    Bytes call(Address to, Bytes calldata);

    /// The runtime code at an address; empty where there is none.
    Bytes code(Address address);
}
