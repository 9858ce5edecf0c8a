package io.waybill.gateway.setup;

import io.waybill.contracts.Host;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.port.SignedTx;
import io.waybill.core.port.TxResult;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.fisco.FiscoAccount;
import java.util.Optional;

/// A FISCO BCOS ledger as a place to set up contracts.
public record LedgerHost(ChainId chain, FiscoSuite suite, FiscoAccount account) implements ContractHost {
    @Override
    public Host kind() {
        return suite == FiscoSuite.SM ? Host.FISCO_SM : Host.FISCO;
    }

    @Override
    public Address owner() {
        return account.address();
    }

    @Override
    public long head() {
        return account.head();
    }

    @Override
    public SignedTx sign(Bytes creationCode) {
        return account.sign(creationCode);
    }

    @Override
    public Optional<Address> created(SignedTx signed) {
        return account.created(signed);
    }

    @Override
    public void know(Address contract) {
        // An account of a ledger calls whatever it is told to.
    }

    @Override
    public TxResult transact(Address to, Bytes calldata) {
        return account.transact(to, calldata);
    }

    @Override
    public Bytes call(Address to, Bytes calldata) {
        return account.call(to, calldata);
    }

    @Override
    public Bytes code(Address address) {
        return account.code(address);
    }
}
