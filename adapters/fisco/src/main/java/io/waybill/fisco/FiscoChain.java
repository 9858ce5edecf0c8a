package io.waybill.fisco;

import io.waybill.contracts.BlockLog;
import io.waybill.contracts.ClientCalls;
import io.waybill.contracts.ContractReads;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneContracts;
import io.waybill.contracts.LaneReader;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.lane.LogRole;
import io.waybill.core.policy.OutboundPolicy;
import io.waybill.core.policy.Outgoing;
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
import io.waybill.fisco.watch.WatcherClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A FISCO BCOS 3.x ledger behind its JSON-RPC. A committed block is final. What a node shows of a block is held
/// against the block's header here; the header is the light client's to judge.
public final class FiscoChain implements Chain {
    private final LaneContracts contracts;
    private final FiscoAccount account;
    private final FiscoNode node;
    private final FiscoBlocks blocks;
    private final HeaderWalk headers;
    private final Carriers carriers;
    private final OutboundPolicy policy;

    /// A ledger as an account sees it.
    ///
    /// @param watchers who corroborates its headers
    public FiscoChain(LaneContracts contracts, FiscoAccount account, WatcherClient watchers) {
        this.contracts = contracts;
        this.account = account;
        this.node = account.node();
        this.blocks = account.blocks();
        this.headers = new HeaderWalk(node.suite(), blocks, watchers);
        this.carriers = new Carriers(account);
        this.policy = contracts.carrying();
    }

    @Override
    public ChainId id() {
        return contracts.chain();
    }

    @Override
    public long head() {
        return node.height();
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

    /// The newest checkpoint the contract remembers, if its block holds one that was carried as rule R5 wants it.
    @Override
    public Optional<Sighting> checkpoint(LogRole role, LaneId lane) {
        long height = reader(role, lane).state().checkpointHeight();
        return height == 0 ? Optional.empty() : carriers.newest(contracts.of(role), role, lane, height);
    }

    @Override
    public Sighting publishCheckpoint(LogRole role, LaneId lane) {
        return carriers.publish(contracts.of(role), role, lane);
    }

    @Override
    public Bytes eventProof(LaneId lane, LogRole role, Sighting sighting) {
        return carriers.proof(contracts.of(role), role, lane, sighting);
    }

    @Override
    public List<Bytes> headerUpdates(ClientRef verifier, long trusted, long target) {
        return trusted >= target ? List.of() : headers.updates(verifier, trusted, target, head());
    }

    @Override
    public ClientView client(ClientRef client) {
        var status = ClientCalls.decodeStatus(account.call(client.contract(), ClientCalls.status()));
        var history = ClientCalls.decodeHistory(account.call(client.contract(), ClientCalls.history()));
        return new ClientView(status, history, blocks.header(head()).header().timeMs());
    }

    @Override
    public TxResult updateClient(ClientRef client, Bytes update) {
        if (!contracts.clients().contains(client.contract())) {
            throw new ChainException.Refused("client: expected one of ours, got " + client.contract());
        }
        return tried(client.contract(), ClientCalls.update(update));
    }

    @Override
    public TxResult submit(LogRole role, Delivery delivery) {
        var contract = role == LogRole.PACKETS ? contracts.inbox() : contracts.outbox();
        return tried(contract, LaneCalls.submit(role, delivery));
    }

    /// Runs a call without a transaction first, so that a refusal names its error and costs nothing.
    private TxResult tried(Address to, Bytes calldata) {
        account.call(to, calldata);
        return transact(to, calldata);
    }

    private TxResult transact(Address to, Bytes calldata) {
        if (policy.judge(Outgoing.call(to, calldata)) instanceof Verdict.Rejected<Outgoing>(var reason)) {
            throw new ChainException.Refused(reason.explain());
        }
        return account.transact(to, calldata);
    }

    @Override
    public List<LogEntry> send(LaneId lane, List<Send> sends) {
        var sent = transact(contracts.outbox(), LaneCalls.sendBatch(lane, sends));
        return reader(LogRole.PACKETS, lane).appendedBy(sent.tx(), sent.height(), sends.size());
    }

    private LaneReader reader(LogRole role, LaneId lane) {
        var reads = new ContractReads() {
            @Override
            public Bytes call(Address to, Bytes data) {
                return account.call(to, data);
            }

            @Override
            public List<BlockLog> logs(long height) {
                return FiscoChain.this.logs(height);
            }
        };
        return new LaneReader(reads, contracts.of(role), role, lane);
    }

    private List<BlockLog> logs(long height) {
        var block = blocks.at(height);
        var logs = new ArrayList<BlockLog>();
        for (int i = 0; i < block.receipts().size(); i++) {
            var receipt = block.receipts().get(i);
            // Receipts of transactions that failed may carry logs on some versions.
            if (receipt.status() != ReceiptStatus.SUCCESS) continue;
            for (int j = 0; j < receipt.logs().size(); j++) {
                var log = receipt.logs().get(j);
                var tx = block.block().transactions().get(i);
                logs.add(new BlockLog(Address.hex(log.address()), log.topics(), log.data(), tx, i, j, block.timeMs()));
            }
        }
        return List.copyOf(logs);
    }
}
