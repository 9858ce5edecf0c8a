package io.waybill.core.client.committee;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ClientId;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.ClientRejection.HeaderFromTheFuture;
import io.waybill.core.ClientRejection.HeightBelowHistory;
import io.waybill.core.ClientRejection.TimeBeforeTrusted;
import io.waybill.core.ClientRejection.UnknownHeight;
import io.waybill.core.FiscoRejection.NoConflict;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.LightClient;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;

/// The client that believes m of n named verifiers. It proves nothing about the chain itself: a lane that rests
/// on it is as good as its committee, and says so wherever it is shown.
///
/// Heights may come in any order, from the anchor's on and as long as they are kept: one block is not vouched for
/// by another. Two statements of one height that differ in anything freeze it, whoever shows them.
public final class CommitteeClient implements LightClient {
    private final CommitteeParams params;
    private final ClientId id;

    public CommitteeClient(CommitteeParams params) {
        this.params = params;
        this.id = params.id();
    }

    public CommitteeParams params() {
        return params;
    }

    /// What this client believes before any update.
    public ClientState anchored() {
        return ClientState.anchoredAt(params.anchor().state(params.committee()));
    }

    @Override
    public ClientId id() {
        return id;
    }

    @Override
    public ClientKind kind() {
        return ClientKind.COMMITTEE;
    }

    @Override
    public ClientStatus status(ClientState state, long nowMs) {
        return state.status(params.trustingPeriodMs(), nowMs);
    }

    /// Judges in this order: the client's status, the wire form, the signatures; then freezes if the height is
    /// known with another statement, changes nothing if with the same, and otherwise asks for a newer height and
    /// a time that fits.
    @Override
    public Verdict<ClientState> update(ClientState state, Bytes update, long nowMs) {
        return attested(state, update, nowMs).then(block -> believe(state, block, nowMs));
    }

    /// Judges two updates that contradict each other, rule R4.8: two statements of one height, or one of a height
    /// that is known with another.
    ///
    /// @return a frozen state, or the refusal of the first update that is refused, or `NoConflict`
    public Verdict<ClientState> submitMisbehaviour(ClientState state, Bytes one, Bytes other, long nowMs) {
        return attested(state, one, nowMs)
                .then(first -> attested(state, other, nowMs)
                        .then(second -> contradict(state, first)
                                        || contradict(state, second)
                                        || (first.height() == second.height() && !first.equals(second))
                                ? accept(state.freeze())
                                : reject(new NoConflict(second.height()))));
    }

    private Verdict<ConsensusState> attested(ClientState state, Bytes update, long nowMs) {
        var status = status(state, nowMs);
        if (status != ClientStatus.ACTIVE) return reject(new ClientNotActive(status));
        return CommitteeUpdate.decode(update)
                .then(decoded -> params.committee()
                        .agree(decoded.block().digest(params.verifier()), decoded.signatures())
                        .map(_ -> decoded.block().state(params.committee())));
    }

    private Verdict<ClientState> believe(ClientState state, ConsensusState block, long nowMs) {
        if (contradict(state, block)) return accept(state.freeze());
        if (state.at(block.height()) != null) return accept(state);
        long lowest = state.history().firstKey();
        if (block.height() < lowest) return reject(new HeightBelowHistory(block.height(), lowest));
        var latest = state.latest();
        if (block.height() > latest.height() && block.timeMs() < latest.timeMs())
            return reject(new TimeBeforeTrusted(latest.timeMs(), block.timeMs()));
        long limit = nowMs + params.maxClockDriftMs();
        if (block.timeMs() > limit) return reject(new HeaderFromTheFuture(block.timeMs(), limit));
        return accept(state.with(block));
    }

    /// Whether a statement differs from what is believed of its height. Of the anchor only hash and time are known.
    private boolean contradict(ClientState state, ConsensusState block) {
        var known = state.at(block.height());
        if (known == null) return false;
        boolean sameRoot = known.receiptsRoot().isZero() || known.receiptsRoot().equals(block.receiptsRoot());
        return !known.hash().equals(block.hash()) || !sameRoot || known.timeMs() != block.timeMs();
    }

    /// Judges the wire form, then the record, then its place under the root that was attested. From the anchor
    /// nothing can be proven.
    @Override
    public Verdict<Checkpoint> verifyCheckpoint(
            ClientState state, Address emitter, LogRole role, LaneId lane, long height, Bytes eventProof) {
        var block = state.at(height);
        if (block == null || block.receiptsRoot().isZero()) return reject(new UnknownHeight(height));
        return CommitteeEventProof.decode(eventProof)
                .then(proof -> proof.verify(emitter, role, lane, block.receiptsRoot()));
    }
}
