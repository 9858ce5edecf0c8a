package io.waybill.testkit;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.LaneId;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.LightClient;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.lane.LogRole;
import io.waybill.core.lane.RangeProof;
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
import io.waybill.testkit.Faults.Call;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// A chain in memory that keeps the rules of lanes (R2, R3) with real hashes, real proofs and real signatures,
/// carries out a transaction a block, and fails or lies as its [Faults] say. Safe for threads. What it refuses it
/// refuses by the names of the contracts' errors.
public final class MemoryChain implements Chain {
    private static final long GAS = 21_000;

    private final ChainId id;
    private final KeyPair sealer;
    private final Address account;
    private final InstantSource clock;
    private final boolean checkpointOnChange;
    private final long maxStep;
    private final MemoryBlocks blocks;
    private final Map<LogRole, Map<LaneId, MemoryContract>> contracts =
            Map.of(LogRole.PACKETS, new HashMap<>(), LogRole.STATUSES, new HashMap<>());
    private final Map<ClientId, Held> clients = new HashMap<>();
    private volatile FaultyCalls calls = new FaultyCalls(Faults.none());

    /// A light-client contract.
    private record Held(LightClient rules, ClientState state) {}

    /// @param checkpointOnChange whether each change of a log ends with its checkpoint, as on an EVM chain;
    ///     otherwise checkpoints are published on their own, as on FISCO
    /// @param maxStep            how many heights one header update may span
    public MemoryChain(ChainId id, InstantSource clock, boolean checkpointOnChange, long maxStep) {
        this.id = id;
        this.clock = clock;
        this.checkpointOnChange = checkpointOnChange;
        this.maxStep = maxStep;
        this.sealer = KeyPair.named("memory-sealer/" + id);
        this.account = KeyPair.named("memory-account/" + id).address();
        this.blocks = new MemoryBlocks(id, sealer, clock);
    }

    /// From now on the calls go wrong as told.
    public void faults(Faults faults) {
        calls = new FaultyCalls(faults);
    }

    /// Transactions carried out so far, whatever they moved: one a block, the first block left out.
    public synchronized long transactions() {
        return blocks.head() - 1;
    }

    /// The root that lets this chain's one account send.
    public Bytes32 sendersRoot() {
        return MemoryContract.sendersRoot(account);
    }

    /// Light-client rules that follow this chain from its present head.
    public synchronized MemoryClient follow(Duration trustingPeriod, Duration drift) {
        var anchor = anchor();
        var client = ClientId.of(id, ClientKind.QBFT, anchor.height(), anchor.hash());
        return new MemoryClient(client, id, sealer.address(), trustingPeriod, drift, maxStep);
    }

    /// What a client anchored at the present head starts from.
    public synchronized ConsensusState anchor() {
        return blocks.at(blocks.head()).header().state();
    }

    /// Deploys a client of another chain here.
    public synchronized ClientRef deploy(LightClient rules, ConsensusState anchor) {
        clients.put(rules.id(), new Held(rules, ClientState.anchoredAt(anchor)));
        return new ClientRef(id, new Address(rules.id().value().value().slice(12, 32)), rules.id());
    }

    /// Opens this chain's side of a lane.
    public synchronized void open(LaneTerms terms) {
        if (terms.source().equals(id)) put(LogRole.PACKETS, terms);
        if (terms.destination().equals(id)) put(LogRole.STATUSES, terms);
    }

    private void put(LogRole role, LaneTerms terms) {
        side(role).put(terms.id(), new MemoryContract(role, terms));
    }

    /// Makes a block without transactions.
    public synchronized void mine() {
        blocks.mine(List.of());
    }

    /// An update to another header of a height, sealed as well as the first: proof that this chain's consensus
    /// failed.
    public synchronized Bytes conflictingUpdate(long trusted, long height) {
        return blocks.conflicting(trusted, height);
    }

    /// Rewrites a leaf that was sent long ago and emits a checkpoint of the forged log: what no honest chain does.
    public synchronized void rewrite(LogRole role, LaneId lane, long index, Bytes leaf) {
        contract(role, lane).rewrite(index, leaf);
        blocks.mine(List.of(contract(role, lane).checkpoint(blocks.next())));
    }

    @Override
    public ChainId id() {
        return id;
    }

    @Override
    public long head() {
        return calls.read(Call.HEAD, this::headNow);
    }

    private synchronized long headNow() {
        return blocks.head();
    }

    @Override
    public LogView log(LogRole role, LaneId lane) {
        return calls.read(Call.LOG, () -> locked(() -> contract(role, lane).view()), Lies::log);
    }

    @Override
    public List<LogEntry> entries(LogRole role, LaneId lane, long from, long to) {
        return calls.read(Call.ENTRIES, () -> locked(() -> contract(role, lane).entries(from, to)), Lies::entries);
    }

    @Override
    public List<Acknowledgement> acknowledgements(LaneId lane, long from) {
        return calls.read(
                Call.ACKNOWLEDGEMENTS,
                () -> locked(() -> contract(LogRole.PACKETS, lane).acknowledgements(from)));
    }

    @Override
    public Optional<Sighting> checkpoint(LogRole role, LaneId lane) {
        return calls.read(
                Call.CHECKPOINT,
                () -> locked(() -> contract(role, lane).newest()),
                newest -> newest.map(Lies::sighting));
    }

    @Override
    public Sighting publishCheckpoint(LogRole role, LaneId lane) {
        return calls.write(
                Call.PUBLISH,
                () -> locked(() -> {
                    var contract = contract(role, lane);
                    blocks.mine(List.of(contract.checkpoint(blocks.next())));
                    return contract.newest().orElseThrow();
                }));
    }

    @Override
    public Bytes eventProof(LaneId lane, LogRole role, Sighting sighting) {
        return calls.read(Call.EVENT_PROOF, () -> locked(() -> proof(lane, role, sighting)), Lies::octets);
    }

    private Bytes proof(LaneId lane, LogRole role, Sighting sighting) {
        var events = blocks.at(sighting.height()).events();
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            if (event.lane().equals(lane.value()) && event.topic().equals(role.topic())) {
                return MemoryEvent.proof(events, i);
            }
        }
        throw new ChainException.Unavailable("event: no checkpoint of %s at %d".formatted(lane, sighting.height()));
    }

    @Override
    public List<Bytes> headerUpdates(ClientRef verifier, long trusted, long target) {
        return calls.read(
                Call.HEADER_UPDATES, () -> locked(() -> blocks.updates(trusted, target, maxStep)), Lies::updates);
    }

    @Override
    public ClientView client(ClientRef client) {
        return calls.read(Call.CLIENT, () -> locked(() -> view(held(client.id()))), Lies::client);
    }

    private ClientView view(Held held) {
        var hashes = new TreeMap<Long, Bytes32>();
        held.state().history().forEach((height, state) -> hashes.put(height, state.hash()));
        return new ClientView(held.rules().status(held.state(), clock.millis()), hashes, clock.millis());
    }

    @Override
    public TxResult updateClient(ClientRef client, Bytes update) {
        return calls.write(
                Call.UPDATE_CLIENT,
                () -> locked(() -> {
                    var held = held(client.id());
                    clients.put(client.id(), updated(held, update));
                    return mined(List.of());
                }));
    }

    @Override
    public TxResult submit(LogRole role, Delivery delivery) {
        return calls.write(Call.SUBMIT, () -> locked(() -> take(role, delivery)));
    }

    /// `deliver` and `acknowledge`, rule R3.1: everything is judged before anything is written.
    private TxResult take(LogRole role, Delivery delivery) {
        var own = role == LogRole.PACKETS ? LogRole.STATUSES : LogRole.PACKETS;
        var contract = contract(own, delivery.lane());
        var terms = contract.terms();
        var client = role == LogRole.PACKETS ? terms.sourceClient() : terms.destinationClient();
        var held = delivery.update().isEmpty() ? held(client) : updated(held(client), delivery.update());
        if (held.state().frozen()) {
            clients.put(client, held);
            return mined(List.of());
        }
        var status = held.rules().status(held.state(), clock.millis());
        if (status != ClientStatus.ACTIVE) throw new ChainException.Refused("ClientNotActive: " + status);
        var proven = accepted(held.rules()
                .verifyCheckpoint(
                        held.state(),
                        contract.counterparty(),
                        role,
                        delivery.lane(),
                        delivery.height(),
                        delivery.eventProof()));
        accepted(RangeProof.verify(proven, delivery.first(), delivery.leaves(), delivery.rangeProof()));
        return write(contract, delivery, proven, client, held);
    }

    private TxResult write(MemoryContract contract, Delivery delivery, Checkpoint proven, ClientId client, Held held) {
        var place = blocks.next();
        boolean changed = contract.take(delivery, proven, place);
        clients.put(client, held);
        return mined(changed && checkpointOnChange ? List.of(contract.checkpoint(place)) : List.of());
    }

    @Override
    public List<LogEntry> send(LaneId lane, List<Send> sends) {
        return calls.write(Call.SEND, () -> locked(() -> append(lane, sends)));
    }

    private List<LogEntry> append(LaneId lane, List<Send> sends) {
        var contract = contract(LogRole.PACKETS, lane);
        var place = blocks.next();
        var entries = contract.send(sends, account, place);
        blocks.mine(checkpointOnChange ? List.of(contract.checkpoint(place)) : List.of());
        return entries;
    }

    private TxResult mined(List<MemoryEvent> events) {
        var place = blocks.next();
        blocks.mine(events);
        return new TxResult(place.tx(), place.height(), place.timeMs(), GAS);
    }

    private Held updated(Held held, Bytes update) {
        return new Held(held.rules(), accepted(held.rules().update(held.state(), update, clock.millis())));
    }

    private static <T> T accepted(Verdict<T> verdict) {
        return switch (verdict) {
            case Verdict.Accepted<T>(var value) -> value;
            case Verdict.Rejected<T>(Rejection reason) ->
                throw new ChainException.Refused(reason.code() + ": " + reason.explain());
        };
    }

    private Held held(ClientId client) {
        var held = clients.get(client);
        if (held == null) throw new ChainException.Refused("client: none with id " + client);
        return held;
    }

    private MemoryContract contract(LogRole role, LaneId lane) {
        var contract = side(role).get(lane);
        if (contract == null) throw new ChainException.Refused("LaneNotOpen: " + lane);
        return contract;
    }

    private Map<LaneId, MemoryContract> side(LogRole role) {
        return Objects.requireNonNull(contracts.get(role));
    }

    private synchronized <T> T locked(Supplier<T> act) {
        return act.get();
    }
}
