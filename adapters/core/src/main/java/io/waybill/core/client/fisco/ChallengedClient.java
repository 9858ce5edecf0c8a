package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientId;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.ClientRejection.TrustedSetMismatch;
import io.waybill.core.ClientRejection.UnknownHeight;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.FiscoRejection.ChallengePeriodOpen;
import io.waybill.core.FiscoRejection.NoConflict;
import io.waybill.core.FiscoRejection.NotPending;
import io.waybill.core.FiscoRejection.PendingHeld;
import io.waybill.core.FiscoRejection.PendingNotHeld;
import io.waybill.core.FiscoRejection.TooManyPending;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.LightClient;
import io.waybill.core.client.Pending;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import java.util.List;
import java.util.TreeMap;

/// The light client of FISCO BCOS 3.x in mode CHALLENGED, rule R4.7: headers that a quorum sealed wait, and are
/// believed when nobody has contradicted or held them for a while.
///
/// A quorum alone proves too little: nodes sign a block hash that its proposer supplied and they did not recompute.
/// But the real header of the same height has a real quorum too; so while one honest watcher sees the client, and
/// reaches it before the period ends, a header that was made up freezes the client and is never believed. A watcher
/// that lies can delay and not forge; a sealer that lies can freeze and not forge. Events are proven against
/// believed headers only.
public final class ChallengedClient implements LightClient {
    private final ChallengedParams params;
    private final FiscoClient believed;
    private final HeaderChain chain;

    public ChallengedClient(ChallengedParams params) {
        this.params = params;
        this.believed = new FiscoClient(params.base());
        this.chain = params.base().headers();
    }

    public ChallengedParams params() {
        return params;
    }

    public FiscoMode mode() {
        return FiscoMode.CHALLENGED;
    }

    /// What this client believes before any action.
    public ClientState anchored() {
        return believed.anchored();
    }

    @Override
    public ClientId id() {
        return believed.id();
    }

    @Override
    public ClientKind kind() {
        return believed.kind();
    }

    @Override
    public ClientStatus status(ClientState state, long nowMs) {
        return believed.status(state, nowMs);
    }

    /// Judges one [ChallengeAction]: the client's status first, then the wire form, then the action. An action
    /// whose effect is there already is accepted and changes nothing.
    @Override
    public Verdict<ClientState> update(ClientState state, Bytes action, long nowMs) {
        var status = status(state, nowMs);
        if (status != ClientStatus.ACTIVE) return reject(new ClientNotActive(status));
        return ChallengeAction.decode(action).then(decoded -> switch (decoded) {
            case ChallengeAction.Propose(var update) -> propose(state, update, nowMs);
            case ChallengeAction.Conflict conflict -> conflict(state, conflict);
            case ChallengeAction.Hold hold -> hold(state, hold);
            case ChallengeAction.Release release -> release(state, release, nowMs);
            case ChallengeAction.Confirm(long height) -> confirm(state, height, nowMs);
        });
    }

    /// Judges two actions one after the other, which must freeze the client: as two proposals that part do,
    /// neither of which is known.
    ///
    /// @return a frozen state, or the refusal of the first action that is refused, or `NoConflict`
    public Verdict<ClientState> submitMisbehaviour(ClientState state, Bytes one, Bytes other, long nowMs) {
        return update(state, one, nowMs)
                .then(first -> first.frozen() ? accept(first) : update(first, other, nowMs))
                .then(second -> second.frozen() ? accept(second) : reject(new NoConflict(height(other))));
    }

    /// The last height that an action names; it was read before.
    private static long height(Bytes action) {
        return switch (ChallengeAction.decode(action).orElseThrow()) {
            case ChallengeAction.Propose(var update) ->
                update.trustedHeight() + update.headers().size();
            case ChallengeAction.Conflict conflict -> conflict.number();
            case ChallengeAction.Hold hold -> hold.height();
            case ChallengeAction.Release release -> release.height();
            case ChallengeAction.Confirm(long height) -> height;
        };
    }

    private Verdict<ClientState> propose(ClientState state, FiscoUpdate update, long nowMs) {
        var trusted = state.known(update.trustedHeight());
        return chain.judge(trusted, update, nowMs)
                .then(headers -> agreed(headers, update))
                .then(headers -> await(state, headers, nowMs));
    }

    /// A change of the list needs operators in every case; what needs none carries no signature of theirs.
    private Verdict<List<ConsensusState>> agreed(List<ConsensusState> headers, FiscoUpdate update) {
        var newSet = update.newSet();
        if (newSet == null) {
            return update.signatures().isEmpty() ? accept(headers) : reject(new MalformedUpdate("signatures"));
        }
        var newHash = newSet.setHash();
        var first = headers.stream()
                .filter(header -> header.setHash().equals(newHash))
                .findFirst()
                .orElseThrow();
        var digest = ChallengeDigest.sealers(params.base().verifier(), first);
        return params.operators().agree(digest, update.signatures()).map(_ -> headers);
    }

    private static Verdict<ClientState> await(ClientState state, List<ConsensusState> headers, long nowMs) {
        var before = state.pending();
        var waiting = new TreeMap<Long, Pending.Waiting>(before == null ? new TreeMap<>() : before.headers());
        for (var header : headers) {
            var known = state.known(header.height());
            if (known != null && !known.hash().equals(header.hash())) return accept(state.freeze());
            if (known == null) waiting.put(header.height(), new Pending.Waiting(header, nowMs));
        }
        if (waiting.isEmpty()) return accept(state);
        if (waiting.size() > Pending.MOST) return reject(new TooManyPending(waiting.size(), Pending.MOST));
        return accept(state.awaiting(
                before == null ? new Pending(waiting, false, 0) : new Pending(waiting, before.held(), before.round())));
    }

    /// The header is held to its grammar, for what nodes sign before they execute a block is no second block: it
    /// lacks roots. Its time is not held against the clock; evidence neither ages nor ripens.
    private Verdict<ClientState> conflict(ClientState state, ChallengeAction.Conflict shown) {
        var known = state.known(shown.number());
        if (known == null) return reject(new UnknownHeight(shown.number()));
        var below = state.known(shown.number() - 1);
        var set = shown.trustedSet().setHash();
        boolean trusted = set.equals(known.setHash()) || (below != null && set.equals(below.setHash()));
        if (!trusted) return reject(new TrustedSetMismatch(known.setHash(), set));
        var header = shown.header();
        var hash = header.hash(params.base().suite());
        return chain.rules()
                .alone(header)
                .then(alone -> hash.equals(known.hash()) ? reject(new NoConflict(shown.number())) : accept(alone))
                .then(differs -> chain.rules().sealed(hash, differs.sealers(), shown.trustedSet(), shown.seals()))
                .map(_ -> state.freeze());
    }

    private Verdict<ClientState> hold(ClientState state, ChallengeAction.Hold hold) {
        return named(state, hold.height(), hold.hash())
                .then(pending -> params.base()
                        .watchers()
                        .one(
                                ChallengeDigest.hold(
                                        params.base().verifier(), hold.height(), hold.hash(), pending.round()),
                                hold.signature())
                        .map(_ -> state.awaiting(pending.hold())));
    }

    private Verdict<ClientState> release(ClientState state, ChallengeAction.Release release, long nowMs) {
        return named(state, release.height(), release.hash())
                .then(pending -> pending.held() ? accept(pending) : reject(new PendingNotHeld()))
                .then(pending -> params.operators()
                        .agree(
                                ChallengeDigest.release(
                                        params.base().verifier(), release.height(), release.hash(), pending.round()),
                                release.signatures())
                        .map(_ -> state.awaiting(pending.release(nowMs))));
    }

    private static Verdict<Pending> named(ClientState state, long height, Bytes32 hash) {
        var pending = state.pending();
        var header = pending == null ? null : pending.at(height);
        return pending == null || header == null || !header.hash().equals(hash)
                ? reject(new NotPending(height))
                : accept(pending);
    }

    private Verdict<ClientState> confirm(ClientState state, long height, long nowMs) {
        if (state.at(height) != null) return accept(state);
        var pending = state.pending();
        if (pending == null || pending.at(height) == null) return reject(new NotPending(height));
        if (pending.held()) return reject(new PendingHeld());
        var ripe = pending.headers().headMap(height, true).values();
        for (var waiting : ripe) {
            long endsMs = waiting.sinceMs() + params.periodMs();
            if (nowMs < endsMs) return reject(new ChallengePeriodOpen(endsMs, nowMs));
        }
        var grown = state.awaiting(null);
        for (var waiting : ripe) grown = grown.with(waiting.header());
        return accept(grown.awaiting(pending.above(height)));
    }

    /// Judges the proof against a header that is believed; one that waits is no header yet.
    @Override
    public Verdict<Checkpoint> verifyCheckpoint(
            ClientState state, Address emitter, LogRole role, LaneId lane, long height, Bytes eventProof) {
        return believed.verifyCheckpoint(state, emitter, role, lane, height, eventProof);
    }
}
