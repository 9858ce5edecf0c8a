package io.waybill.evm;

import io.waybill.contracts.ClientCalls;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneContracts;
import io.waybill.contracts.LaneReader;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import io.waybill.core.lane.LogRole;
import io.waybill.core.policy.OutboundPolicy;
import io.waybill.core.port.Acknowledgement;
import io.waybill.core.port.Chain;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import io.waybill.core.port.ClientView;
import io.waybill.core.port.Delivery;
import io.waybill.core.port.LogEntry;
import io.waybill.core.port.LogView;
import io.waybill.core.port.Sighting;
import io.waybill.core.port.TxResult;
import java.util.List;
import java.util.Optional;

/// An EVM chain behind Ethereum JSON-RPC. What its nodes say is compared with their headers where they seal them,
/// and proven or refused elsewhere.
public final class EvmChain implements Chain {
    private final LaneContracts contracts;
    private final EvmNode node;
    private final EventProofs proofs;
    private final EvmSubmitter submitter;
    private final OutboundPolicy policy;

    EvmChain(LaneContracts contracts, EvmNode node, EventProofs proofs, EvmSubmitter submitter) {
        this.contracts = contracts;
        this.node = node;
        this.proofs = proofs;
        this.submitter = submitter;
        this.policy = contracts.carrying();
    }

    @Override
    public ChainId id() {
        return contracts.chain();
    }

    @Override
    public long head() {
        return node.head();
    }

    @Override
    public LogView log(LogRole role, LaneId lane) {
        var state = reader(role, lane).state();
        return new LogView(state.size(), state.lastChanged(), state.acknowledged());
    }

    @Override
    public List<LogEntry> entries(LogRole role, LaneId lane, long from, long to) {
        return reader(role, lane).entries(from, to);
    }

    @Override
    public List<Acknowledgement> acknowledgements(LaneId lane, long from) {
        return reader(LogRole.PACKETS, lane).acknowledgements(from);
    }

    @Override
    public Optional<Sighting> checkpoint(LogRole role, LaneId lane) {
        return reader(role, lane).checkpoint();
    }

    @Override
    public Sighting publishCheckpoint(LogRole role, LaneId lane) {
        var reader = reader(role, lane);
        var state = reader.state();
        if (state.checkpointSize() != state.size()) transact(contracts.of(role), LaneCalls.checkpoint(lane));
        return reader.checkpoint()
                .orElseThrow(() -> new ChainException.Unavailable("checkpoint: the node shows none yet"));
    }

    @Override
    public Bytes eventProof(LaneId lane, LogRole role, Sighting sighting) {
        return proofs.event(contracts.of(role), lane, role, sighting);
    }

    @Override
    public List<Bytes> headerUpdates(ClientRef verifier, long trusted, long target) {
        return proofs.updates(verifier, trusted, target);
    }

    @Override
    public ClientView client(ClientRef client) {
        var contract = here(client);
        var status = ClientCalls.decodeStatus(node.call(contract, ClientCalls.status()));
        var history = ClientCalls.decodeHistory(node.call(contract, ClientCalls.history()));
        return new ClientView(status, history, node.stamp(node.newest()).timeMs());
    }

    @Override
    public TxResult updateClient(ClientRef client, Bytes update) {
        return transact(here(client), ClientCalls.update(update));
    }

    /// Addresses repeat from chain to chain: a client of another chain must not be taken for one of this.
    private Address here(ClientRef client) {
        if (client.chain().equals(id())) return client.contract();
        throw new ChainException.Refused("client: expected one on %s, got one on %s".formatted(id(), client.chain()));
    }

    @Override
    public TxResult submit(LogRole role, Delivery delivery) {
        var contract = role == LogRole.PACKETS ? contracts.inbox() : contracts.outbox();
        return transact(contract, LaneCalls.submit(role, delivery));
    }

    @Override
    public List<LogEntry> send(LaneId lane, List<Send> sends) {
        var sent = transact(contracts.outbox(), LaneCalls.sendBatch(lane, sends));
        return reader(LogRole.PACKETS, lane).appendedBy(sent.tx(), sent.height(), sends.size());
    }

    private TxResult transact(Address to, Bytes calldata) {
        return submitter.result(submitter.call(policy, to, calldata));
    }

    private LaneReader reader(LogRole role, LaneId lane) {
        return new LaneReader(node, contracts.of(role), role, lane);
    }
}
