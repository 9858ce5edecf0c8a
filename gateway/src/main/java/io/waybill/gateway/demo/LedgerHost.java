package io.waybill.gateway.demo;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.port.TxResult;
import io.waybill.fisco.FiscoAccount;
import io.waybill.gateway.setup.ContractHost;

/// A ledger as a place to set up contracts.
record LedgerHost(ChainId chain, FiscoAccount account) implements ContractHost {
    @Override
    public Address owner() {
        return account.address();
    }

    @Override
    public Address deploy(Bytes creationCode) {
        return account.deploy(creationCode);
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
