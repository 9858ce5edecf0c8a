package io.waybill.fisco;

import io.waybill.contracts.BlockLog;
import io.waybill.contracts.Carrier;
import io.waybill.contracts.ClientCalls;
import io.waybill.contracts.ContractReads;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneReader;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
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
import io.waybill.core.proof.fisco.CarrierReceipt;
import io.waybill.core.proof.fisco.FiscoEventProof;
import io.waybill.core.proof.fisco.ReceiptTree;
import io.waybill.fisco.watch.WatcherClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A FISCO BCOS 3.x ledger behind its JSON-RPC. What its nodes say is compared with their headers here, and
/// proven or
/// refused
/// elsewhere. Checkpoints are published by carriers: only the receipt of a contract creation can be read in one
/// way.
public final class FiscoChain implements Chain {
    /// A carrier may share its block with a change of the log, or be unlucky in its hashes: then another is sent.
    private static final int CARRIERS = 5;

    private final Contracts contracts;
    private final FiscoAccount account;
    private final FiscoNode node;
    private final FiscoBlocks blocks;
    private final HeaderWalk headers;

    /// The contracts this chain may be asked of.
    ///
    /// @param clients light clients of other chains that live here
    public record Contracts(ChainId chain, Address outbox, Address inbox, Set<Address> clients) {
        public Contracts {
            clients = Set.copyOf(clients);
        }

        private Address of(LogRole role) {
            return role == LogRole.PACKETS ? outbox : inbox;
        }
    }

    /// A ledger as an account sees it.
    ///
    /// @param watchers who corroborates its headers
    public FiscoChain(Contracts contracts, FiscoAccount account, WatcherClient watchers) {
        this.contracts = contracts;
        this.account = account;
        this.node = account.node();
        this.blocks = account.blocks();
        this.headers = new HeaderWalk(node.suite(), blocks, watchers);
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

    /// The newest checkpoint the contract remembers, if it was carried as rule R5 wants it.
    @Override
    public Optional<Sighting> checkpoint(LogRole role, LaneId lane) {
        return reader(role, lane).checkpoint().filter(sighting -> isProvable(role, lane, sighting));
    }

    @Override
    public Sighting publishCheckpoint(LogRole role, LaneId lane) {
        var code = Carrier.initCode(contracts.of(role), lane);
        var failed = "";
        for (int tried = 0; tried < CARRIERS; tried++) {
            var executed = account.execute(null, code);
            var found = carried(role, lane, executed);
            if (found.isPresent() && isProvable(role, lane, found.get())) return found.get();
            failed = ReceiptStatus.explain(executed.receipt().status());
        }
        throw new ChainException.Unavailable(
                "checkpoint: %d carriers left none that can be proven, the last with %s".formatted(CARRIERS, failed));
    }

    private Optional<Sighting> carried(LogRole role, LaneId lane, FiscoAccount.Executed executed) {
        long height = executed.block().block().header().number();
        return CarrierReceipt.read(executed.receipt().preimage(), contracts.of(role), role.topic(), lane, height)
                        instanceof io.waybill.core.Verdict.Accepted<Checkpoint>(var checkpoint)
                ? Optional.of(new Sighting(checkpoint, height, executed.tx()))
                : Optional.empty();
    }

    private boolean isProvable(LogRole role, LaneId lane, Sighting sighting) {
        var block = blocks.at(sighting.height());
        int index = block.indexOf(sighting.tx());
        if (index < 0) return false;
        var receipt = block.receipts().get(index);
        var leaves = block.leaves(node.suite());
        return CarrierReceipt.read(receipt.preimage(), contracts.of(role), role.topic(), lane, sighting.height())
                .then(found -> ReceiptTree.verify(
                        node.suite(),
                        leaves.get(index),
                        ReceiptTree.groups(node.suite(), leaves, index),
                        block.block().header().receiptsRoot()))
                .isAccepted();
    }

    @Override
    public Bytes eventProof(LaneId lane, LogRole role, Sighting sighting) {
        var block = blocks.at(sighting.height());
        int index = block.indexOf(sighting.tx());
        if (index < 0) {
            throw new ChainException.Unavailable(
                    "carrier %s: block %d is without it".formatted(sighting.tx(), sighting.height()));
        }
        return FiscoEventProof.of(node.suite(), block.receipts().get(index), block.leaves(node.suite()), index)
                .encode();
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
        return account.transact(to, calldata);
    }

    @Override
    public List<LogEntry> send(LaneId lane, List<Send> sends) {
        var sent = account.transact(contracts.outbox(), LaneCalls.sendBatch(lane, sends));
        var indices = logs(sent.height()).stream()
                .filter(log -> isSent(log, lane, sent.tx()))
                .map(log -> log.topics().get(2).value().number(24, 32))
                .sorted()
                .toList();
        if (indices.size() != sends.size()) {
            throw new ChainException.Dishonest("send: expected %d events in transaction %s, got %d"
                    .formatted(sends.size(), sent.tx(), indices.size()));
        }
        return entries(LogRole.PACKETS, lane, indices.getFirst(), indices.getLast() + 1);
    }

    private boolean isSent(BlockLog log, LaneId lane, Bytes32 tx) {
        return log.tx().equals(tx)
                && log.address().equals(contracts.outbox())
                && log.topics().size() == 3
                && log.topics().get(1).equals(lane.value());
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
