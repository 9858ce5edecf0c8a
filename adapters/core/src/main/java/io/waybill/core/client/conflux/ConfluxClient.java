package io.waybill.core.client.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ClientId;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.ClientRejection.HeaderFromTheFuture;
import io.waybill.core.ClientRejection.TimeBeforeTrusted;
import io.waybill.core.ClientRejection.TrustedSetMismatch;
import io.waybill.core.ClientRejection.TrustingPeriodExpired;
import io.waybill.core.ClientRejection.UnknownHeight;
import io.waybill.core.ClientRejection.UnknownTrustedHeight;
import io.waybill.core.ConfluxRejection.EpochOutOfRange;
import io.waybill.core.ConfluxRejection.NoNextCommittee;
import io.waybill.core.ConfluxRejection.PivotBelowTrusted;
import io.waybill.core.ConfluxRejection.PivotMissing;
import io.waybill.core.ConfluxRejection.UncrossableEpoch;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.EventClient;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.CheckpointEvent;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.conflux.ConfluxEventProof;

/// The light client of a Conflux chain. It follows ledger infos, each signed by a committee that an earlier one
/// named, and keeps of each the pivot block: its height, its hash, and the hash of the committee that signs next.
///
/// The committees vouch for the chain, not for the state that its miners claim: that a receipts root is right rests
/// on the miners of the headers after it, whom an event proof must therefore show.
public record ConfluxClient(ConfluxParams params) implements EventClient {

    /// The state of a client that trusts one ledger info, rule R1.1: the last of its epoch, which names the next
    /// committee. Its signatures are not asked for: an operator vouches.
    public static Verdict<ClientState> anchor(LedgerInfo info) {
        var next = info.commitInfo().nextEpochState();
        if (next == null) return reject(new NoNextCommittee(info.epoch()));
        return LedgerInfoRules.wellFormed(info)
                .then(_ -> consensusState(info, next))
                .map(ClientState::anchoredAt);
    }

    @Override
    public ClientId id() {
        return params.id();
    }

    @Override
    public ClientKind kind() {
        return ClientKind.CONFLUX;
    }

    @Override
    public ClientStatus status(ClientState state, long nowMs) {
        return state.status(params.trustingPeriodMs(), nowMs);
    }

    /// Judges in this order: the client's status, the wire form, the pivot, the trusted height and committee,
    /// times, the committee's signature; then believes or, where what is believed already contradicts it, freezes.
    @Override
    public Verdict<ClientState> update(ClientState state, Bytes update, long nowMs) {
        var status = status(state, nowMs);
        if (status != ClientStatus.ACTIVE) return reject(new ClientNotActive(status));
        return ConfluxUpdate.decode(update)
                .then(decoded -> LedgerInfoRules.wellFormed(decoded.signed().info())
                        .then(info -> consensusState(info, nextCommittee(decoded)))
                        .then(offered -> known(state, offered)
                                ? accept(state)
                                : judge(state, decoded, offered, nowMs).map(_ -> believe(state, decoded, offered))));
    }

    private static EpochState nextCommittee(ConfluxUpdate update) {
        var next = update.signed().info().commitInfo().nextEpochState();
        return next == null ? update.committee() : next;
    }

    private static Verdict<ConsensusState> consensusState(LedgerInfo info, EpochState next) {
        var pivot = info.commitInfo().pivot();
        if (pivot == null || pivot.height() < 1) return reject(new PivotMissing());
        if (next.epoch() > Integer.MAX_VALUE) return reject(new EpochOutOfRange(next.epoch()));
        return accept(new ConsensusState(
                pivot.height(), pivot.blockHash(), pivot.blockHash(), info.timeMs(), next.setHash(), (int)
                        next.epoch()));
    }

    /// Whether the update could change nothing: the pivot is held, with this committee or a later one.
    private static boolean known(ClientState state, ConsensusState offered) {
        var held = state.at(offered.height());
        if (held == null || !held.hash().equals(offered.hash())) return false;
        return held.version() > offered.version()
                || (held.version() == offered.version() && held.setHash().equals(offered.setHash()));
    }

    private Verdict<LedgerInfo> judge(ClientState state, ConfluxUpdate update, ConsensusState offered, long nowMs) {
        var trusted = state.at(update.trustedHeight());
        if (trusted == null) return reject(new UnknownTrustedHeight(update.trustedHeight()));
        var computed = update.committee().setHash();
        if (!computed.equals(trusted.setHash())) return reject(new TrustedSetMismatch(trusted.setHash(), computed));
        long epoch = update.committee().epoch();
        if (params.uncrossable().contains(epoch)) return reject(new UncrossableEpoch(epoch));
        if (offered.height() < trusted.height())
            return reject(new PivotBelowTrusted(trusted.height(), offered.height()));
        return timely(trusted, offered, nowMs).then(_ -> LedgerInfoRules.judge(update.committee(), update.signed()));
    }

    private Verdict<ConsensusState> timely(ConsensusState trusted, ConsensusState offered, long nowMs) {
        if (trusted.timeMs() + params.trustingPeriodMs() <= nowMs)
            return reject(new TrustingPeriodExpired(trusted.timeMs(), nowMs));
        if (offered.timeMs() < trusted.timeMs())
            return reject(new TimeBeforeTrusted(trusted.timeMs(), offered.timeMs()));
        long latest = nowMs + params.maxClockDriftMs();
        return offered.timeMs() > latest ? reject(new HeaderFromTheFuture(offered.timeMs(), latest)) : accept(offered);
    }

    private static ClientState believe(ClientState state, ConfluxUpdate update, ConsensusState offered) {
        return Equivocation.shown(state, update.committee().epoch(), offered) ? state.freeze() : state.with(offered);
    }

    /// Judges the wire form, then the headers from the pivot back, the votes of those headers, the tries and the
    /// event. Whether the client may be believed at all is its status' to say.
    @Override
    public Verdict<Checkpoint> verifyCheckpoint(
            ClientState state, Address emitter, LogRole role, LaneId lane, long height, Bytes eventProof) {
        return verifyLog(state, height, eventProof).then(log -> CheckpointEvent.read(log, emitter, role, lane));
    }

    @Override
    public Verdict<EvmLog> verifyLog(ClientState state, long height, Bytes eventProof) {
        var pivot = state.at(height);
        if (pivot == null) return reject(new UnknownHeight(height));
        return ConfluxEventProof.decode(eventProof)
                .then(proof -> proof.event(height, pivot.hash(), params.minVotes(), params.space()));
    }
}
