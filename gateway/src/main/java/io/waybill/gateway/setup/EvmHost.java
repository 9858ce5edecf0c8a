package io.waybill.gateway.setup;

import io.waybill.contracts.Host;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.port.SignedTx;
import io.waybill.core.port.TxResult;
import io.waybill.evm.EvmDeployer;
import java.util.Optional;

/// An EVM chain as a place to set up contracts.
public record EvmHost(ChainId chain, EvmDeployer deployer) implements ContractHost {
    @Override
    public Host kind() {
        return Host.EVM;
    }

    @Override
    public Address owner() {
        return deployer.owner();
    }

    @Override
    public long head() {
        return deployer.head();
    }

    @Override
    public SignedTx sign(Bytes creationCode) {
        return deployer.sign(creationCode);
    }

    @Override
    public Optional<Address> created(SignedTx signed) {
        return deployer.created(signed);
    }

    @Override
    public void know(Address contract) {
        deployer.know(contract);
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
