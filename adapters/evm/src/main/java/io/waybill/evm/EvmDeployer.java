package io.waybill.evm;

import io.waybill.contracts.AllowedCalls;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.client.committee.CommitteeAnchor;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.SignedTx;
import io.waybill.core.port.TxResult;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Sets up contracts: creates them and opens lanes. The only room that may create; relayers and gateways are not
/// given one. It calls nothing but functions of this release's contracts, on contracts it created or was shown.
public final class EvmDeployer {
    private final EvmNode node;
    private final EvmSubmitter submitter;
    private final Set<Address> known = new HashSet<>();

    EvmDeployer(EvmNode node, EvmSubmitter submitter) {
        this.node = node;
        this.submitter = submitter;
    }

    /// The account that pays and owns.
    public Address owner() {
        return submitter.address();
    }

    /// Creates a contract and waits until it is final.
    ///
    /// @param creationCode with the constructor's arguments behind it
    /// @throws io.waybill.core.port.ChainException.Refused if the constructor refused
    public synchronized Address deploy(Bytes creationCode) {
        var created = submitter.create(creationCode);
        known.add(created);
        return created;
    }

    /// Signs the creation of a contract without handing it in.
    public SignedTx sign(Bytes creationCode) {
        return submitter.signCreation(creationCode);
    }

    /// Hands a signed creation in, again if need be, and waits until it is final.
    ///
    /// @return the contract, or nothing if the chain will never take it
    /// @throws io.waybill.core.port.ChainException.Refused if the constructor refused
    public synchronized Optional<Address> created(SignedTx signed) {
        var created = submitter.created(signed);
        created.ifPresent(known::add);
        return created;
    }

    /// The header of a height, as the chain hashes it.
    ///
    /// @throws ChainException.Refused if no validators seal the chain's headers
    public QbftHeader header(long height) {
        if (node instanceof SealedNode sealed) return sealed.header(height);
        throw new ChainException.Refused("header: expected a chain whose validators seal, found another");
    }

    /// A final block, as the anchor of a client that believes a committee.
    ///
    /// @param height up to [#head]
    public CommitteeAnchor block(long height) {
        var block = node.stamp(height);
        return new CommitteeAnchor(height, block.hash(), block.timeMs());
    }

    /// The newest final height.
    public long head() {
        return node.head();
    }

    /// Names a contract that was created elsewhere, so that it may be called.
    public synchronized void know(Address contract) {
        known.add(contract);
    }

    /// Calls one of our contracts in a transaction and waits until it is final.
    ///
    /// @throws io.waybill.core.port.ChainException.Refused if it refused, or the call is none of ours
    public synchronized TxResult transact(Address to, Bytes calldata) {
        return submitter.result(submitter.call(AllowedCalls.settingUp(known), to, calldata));
    }

    /// Calls a contract without a transaction.
    public Bytes call(Address to, Bytes calldata) {
        return node.call(to, calldata);
    }

    /// The runtime code at an address; empty where there is no contract.
    public Bytes code(Address address) {
        return node.code(address);
    }
}
