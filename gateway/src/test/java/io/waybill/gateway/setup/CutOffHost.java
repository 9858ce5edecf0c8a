package io.waybill.gateway.setup;

import io.waybill.contracts.Host;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.port.SignedTx;
import io.waybill.core.port.TxResult;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// A chain behind which the process dies at one of its transactions: just before it is handed in, or just after
/// it was taken and before anybody heard of it.
///
/// @param counted shared by the hosts of a setup
record CutOffHost(ContractHost host, Counted counted) implements ContractHost {
    /// The process is gone.
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// What happened so far, and when the process dies.
    static final class Counted {
        private final Set<Bytes32> creations = new HashSet<>();
        private final int dieAt;
        private final boolean taken;
        private int transactions;

        /// @param dieAt number of the transaction at which it dies, from 0; -1 for never
        /// @param taken whether the chain takes that one
        Counted(int dieAt, boolean taken) {
            this.dieAt = dieAt;
            this.taken = taken;
        }

        /// How many were begun.
        int transactions() {
            return transactions;
        }

        /// The different creations that were handed in.
        Set<Bytes32> creations() {
            return creations;
        }

        private boolean dies() {
            return transactions++ == dieAt;
        }
    }

    @Override
    public Optional<Address> created(SignedTx signed) {
        boolean dies = counted.dies();
        if (dies && !counted.taken) throw new Killed();
        counted.creations.add(signed.hash());
        var created = host.created(signed);
        if (dies) throw new Killed();
        return created;
    }

    @Override
    public TxResult transact(Address to, Bytes calldata) {
        boolean dies = counted.dies();
        if (dies && !counted.taken) throw new Killed();
        var result = host.transact(to, calldata);
        if (dies) throw new Killed();
        return result;
    }

    @Override
    public ChainId chain() {
        return host.chain();
    }

    @Override
    public Host kind() {
        return host.kind();
    }

    @Override
    public Address owner() {
        return host.owner();
    }

    @Override
    public long head() {
        return host.head();
    }

    @Override
    public SignedTx sign(Bytes creationCode) {
        return host.sign(creationCode);
    }

    @Override
    public void know(Address contract) {
        host.know(contract);
    }

    @Override
    public Bytes call(Address to, Bytes calldata) {
        return host.call(to, calldata);
    }

    @Override
    public Bytes code(Address address) {
        return host.code(address);
    }
}
