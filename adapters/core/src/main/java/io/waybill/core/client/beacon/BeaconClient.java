package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.ClientRejection;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.LightClient;
import io.waybill.core.client.beacon.ssz.Fork;
import io.waybill.core.client.beacon.ssz.LightClientHeader;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;

/// The light client of Ethereum's beacon chain. A header is believed when it is final in a state that two
/// thirds of a sync committee signed for, and a believed header's state named that committee. Its consensus
/// states are finalised headers by slot; `receiptsRoot` is the hash of the execution block, `version` the fork,
/// `setHash` that of [SyncStore].
///
/// Two finalised headers of one slot, or two committees of one period, freeze it.
public record BeaconClient(Params params) implements LightClient {
    /// One more than the highest time of an execution block, seconds: far from overflow in milliseconds.
    private static final long TIMESTAMP_LIMIT = 1L << 48;

    /// What makes one client of such a chain another.
    ///
    /// @param chain            the chain it follows
    /// @param beacon           its sizes, forks and genesis
    /// @param trustingPeriodMs age at which a header is no longer believed, milliseconds, > 0; at most the
    ///     chain's weak-subjectivity period
    /// @param maxClockDriftMs  how far a signature's slot may be ahead of the verifier's clock, milliseconds,
    ///     ≥ 0
    /// @param anchorSlot       slot of the first trusted header, ≥ 1
    /// @param anchorRoot       its block root, which an operator pins
    public record Params(
            ChainId chain,
            BeaconChain beacon,
            long trustingPeriodMs,
            long maxClockDriftMs,
            long anchorSlot,
            Bytes32 anchorRoot) {
        public Params {
            if (trustingPeriodMs <= 0) {
                throw new IllegalArgumentException("trusting period: expected > 0 ms, got " + trustingPeriodMs);
            }
            if (maxClockDriftMs < 0) {
                throw new IllegalArgumentException("clock drift: expected ≥ 0 ms, got " + maxClockDriftMs);
            }
            if (anchorSlot < 1) throw new IllegalArgumentException("anchor slot: expected ≥ 1, got " + anchorSlot);
        }
    }

    /// The state of a client that trusts its pinned header, rule R1.1. The committee's bootstrap may come from
    /// anyone: its header must have the pinned root.
    public Verdict<ClientState> anchor(LightClientBootstrap bootstrap) {
        var header = bootstrap.header();
        var root = header.beacon().root();
        if (header.slot() != params.anchorSlot || !root.equals(params.anchorRoot)) {
            return reject(new BeaconRejection.AnchorRootMismatch(params.anchorRoot, root));
        }
        return bootstrap
                .check(params.beacon)
                .then(store -> consensusState(header, store))
                .map(ClientState::anchoredAt);
    }

    @Override
    public ClientId id() {
        return ClientId.of(params.chain, ClientKind.BEACON, params.anchorSlot, params.anchorRoot);
    }

    @Override
    public ClientKind kind() {
        return ClientKind.BEACON;
    }

    @Override
    public ClientStatus status(ClientState state, long nowMs) {
        return state.status(params.trustingPeriodMs, nowMs);
    }

    @Override
    public Verdict<ClientState> update(ClientState state, Bytes update, long nowMs) {
        var status = status(state, nowMs);
        if (status != ClientStatus.ACTIVE) return reject(new ClientRejection.ClientNotActive(status));
        return BeaconUpdate.decode(params.beacon.preset(), update).then(decoded -> judge(state, decoded, nowMs));
    }

    @Override
    public Verdict<Checkpoint> verifyCheckpoint(
            ClientState state, Address emitter, LogRole role, LaneId lane, long height, Bytes eventProof) {
        var believed = state.at(height);
        if (believed == null) return reject(new ClientRejection.UnknownHeight(height));
        if (believed.receiptsRoot().isZero()) return reject(new BeaconRejection.NoExecutionBlock(height));
        return BeaconEventProof.decode(eventProof)
                .then(proof -> proof.verify(believed.receiptsRoot(), emitter, role, lane));
    }

    private Verdict<ClientState> judge(ClientState state, BeaconUpdate shown, long nowMs) {
        var store = shown.trusted();
        var trusted = state.at(store.slot());
        if (trusted == null) return reject(new ClientRejection.UnknownTrustedHeight(store.slot()));
        if (trusted.timeMs() + params.trustingPeriodMs <= nowMs) {
            return reject(new ClientRejection.TrustingPeriodExpired(trusted.timeMs(), nowMs));
        }
        if (!store.setHash().equals(trusted.setHash())) {
            return reject(new ClientRejection.TrustedSetMismatch(trusted.setHash(), store.setHash()));
        }
        var protocol = new SyncProtocol(params.beacon, store, shown.update(), nowMs + params.maxClockDriftMs);
        return protocol.validate(shown.signers()).then(update -> apply(state, trusted, store, update));
    }

    private Verdict<ClientState> apply(
            ClientState state, ConsensusState trusted, SyncStore store, LightClientUpdate update) {
        var header = update.finalised().value();
        var known = state.at(header.slot());
        var after = store.after(params.beacon, update);
        if (known != null && !known.hash().equals(header.beacon().root())) return accept(state.freeze());
        if (contradicted(state, after)) return accept(state.freeze());
        var before = state.at(after.slot());
        if (before != null && (!after.nextKnown() || before.setHash().equals(after.setHash()))) return accept(state);
        return after.slot() == header.slot()
                ? consensusState(header, after).map(state::with)
                : accept(state.with(with(trusted, after)));
    }

    /// Whether the client holds, for the same period, committees that are not these.
    private boolean contradicted(ClientState state, SyncStore after) {
        if (!after.nextKnown()) return false;
        long period = params.beacon.period(after.slot());
        var whole = after.setHash();
        var half = after.withoutNext().setHash();
        return state.history().values().stream()
                .filter(held -> params.beacon.period(held.height()) == period)
                .anyMatch(
                        held -> !held.setHash().equals(whole) && !held.setHash().equals(half));
    }

    private static ConsensusState with(ConsensusState state, SyncStore store) {
        return new ConsensusState(
                state.height(), state.hash(), state.receiptsRoot(), state.timeMs(), store.setHash(), state.version());
    }

    private Verdict<ConsensusState> consensusState(LightClientHeader header, SyncStore store) {
        var execution = header.execution();
        long seconds = execution == null ? 0 : execution.timestamp();
        if (seconds < 0 || seconds >= TIMESTAMP_LIMIT) return reject(new BeaconRejection.MalformedSsz("timestamp"));
        return params.beacon
                .fork(header.slot())
                .map(Fork::version)
                .map(version -> new ConsensusState(
                        header.slot(),
                        header.beacon().root(),
                        header.blockHash(),
                        execution == null ? params.beacon.timeMs(header.slot()) : seconds * 1000,
                        store.setHash(),
                        version));
    }
}
