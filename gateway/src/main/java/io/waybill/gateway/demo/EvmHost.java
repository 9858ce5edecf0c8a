package io.waybill.gateway.demo;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.port.TxResult;
import io.waybill.evm.EvmDeployer;
import io.waybill.gateway.setup.ContractHost;

/// An EVM chain as a place to set up contracts.
record EvmHost(ChainId chain, EvmDeployer deployer) implements ContractHost {
    @Override
    public Address owner() {
        return deployer.owner();
    }

    @Override
    public Address deploy(Bytes creationCode) {
        return deployer.deploy(creationCode);
    }

    @Override
    public TxResult transact(Address to, Bytes calldata) {
        return deployer.transact(to, calldata);
    }

    @Override
    public Bytes call(Address to, Bytes calldata) {
        return deployer.call(to, calldata);
    }

    @Override
    public Bytes code(Address address) {
        return deployer.code(address);
    }
}
