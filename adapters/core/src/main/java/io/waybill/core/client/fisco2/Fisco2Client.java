package io.waybill.core.client.fisco2;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ClientId;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.ClientRejection.HeaderFromTheFuture;
import io.waybill.core.ClientRejection.HeightNotNewer;
import io.waybill.core.ClientRejection.TimeBeforeTrusted;
import io.waybill.core.ClientRejection.TrustedSetMismatch;
import io.waybill.core.ClientRejection.TrustingPeriodExpired;
import io.waybill.core.ClientRejection.UnknownHeight;
import io.waybill.core.ClientRejection.UnknownTrustedHeight;
import io.waybill.core.FiscoRejection.SetChangedTwice;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.LightClient;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.fisco2.Fisco2EventProof;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The light client of FISCO BCOS 2.x. Its sealers execute a block before they sign its hash, and the hash covers
/// every field without ambiguity, so a quorum proves a header without watchers; [Fisco2Rules] says how far.
///
/// Headers under the trusted list may be of any later height: the quorum of that list vouches for them as it would
/// for the next one. Another list must begin in a header that is linked to the trusted one by parent hashes without
/// a gap, and it changes once in an update. As sealers who were voted out keep their keys, nothing is believed for
/// the sake of a header older than the trusting period.
public final class Fisco2Client implements LightClient {
    private final Fisco2Params params;
    private final Fisco2Rules rules;
    private final ClientId id;

    public Fisco2Client(Fisco2Params params) {
        this.params = params;
        this.rules = new Fisco2Rules(params.suite());
        this.id = params.id();
    }

    public Fisco2Params params() {
        return params;
    }

    /// What this client believes before any update.
    public ClientState anchored() {
        return ClientState.anchoredAt(params.anchor().header().state(params.suite()));
    }

    @Override
    public ClientId id() {
        return id;
    }

    @Override
    public ClientKind kind() {
        return params.kind();
    }

    @Override
    public ClientStatus status(ClientState state, long nowMs) {
        return state.status(params.trustingPeriodMs(), nowMs);
    }

    /// Judges in this order: the client's status, the wire form, the trusted height, its list and its age, each
    /// header in turn, the seals over the last; then believes or, at the first conflict with what is known,
    /// freezes.
    @Override
    public Verdict<ClientState> update(ClientState state, Bytes update, long nowMs) {
        var status = status(state, nowMs);
        if (status != ClientStatus.ACTIVE) return reject(new ClientNotActive(status));
        return Fisco2Update.decode(update)
                .then(decoded -> trusted(state, decoded, nowMs)
                        .then(trusted -> chain(trusted, decoded, nowMs))
                        .then(headers -> rules.sealed(headers.getLast(), decoded.trusted(), decoded.seals())
                                .map(_ -> believe(state, headers))));
    }

    private Verdict<ConsensusState> trusted(ClientState state, Fisco2Update update, long nowMs) {
        var trusted = state.at(update.trustedHeight());
        if (trusted == null) return reject(new UnknownTrustedHeight(update.trustedHeight()));
        var computed = update.trusted().setHash();
        if (!computed.equals(trusted.setHash())) return reject(new TrustedSetMismatch(trusted.setHash(), computed));
        return trusted.timeMs() + params.trustingPeriodMs() <= nowMs
                ? reject(new TrustingPeriodExpired(trusted.timeMs(), nowMs))
                : accept(trusted);
    }

    private Verdict<List<Fisco2Header>> chain(ConsensusState trusted, Fisco2Update update, long nowMs) {
        var first = update.headers().getFirst();
        if (first.number() < trusted.height()) return reject(new HeightNotNewer(trusted.height(), first.number()));
        var link = rules.linked(trusted, first);
        var list = update.trusted();
        @Nullable ConsensusState parent = null;
        for (var header : update.headers()) {
            var verdict = parent == null ? accept(header) : rules.linked(parent, header);
            boolean timed = parent != null || header.number() > trusted.height();
            long earliestMs = parent == null ? trusted.timeMs() : parent.timeMs();
            if (verdict instanceof Verdict.Rejected<Fisco2Header>(var reason)) return reject(reason);
            if (timed && header.timeMs() < earliestMs)
                return reject(new TimeBeforeTrusted(earliestMs, header.timeMs()));
            long latestMs = nowMs + params.maxClockDriftMs();
            if (header.timeMs() > latestMs) return reject(new HeaderFromTheFuture(header.timeMs(), latestMs));
            if (!header.sealers().equals(list)) {
                if (link instanceof Verdict.Rejected<Fisco2Header>(var reason)) return reject(reason);
                if (!list.equals(update.trusted())) return reject(new SetChangedTwice());
                list = header.sealers();
            }
            parent = header.state(params.suite());
        }
        return accept(update.headers());
    }

    /// A header that differs from the one known at its height, or that follows another than the one known before
    /// it, shows that a quorum sealed both.
    private ClientState believe(ClientState state, List<Fisco2Header> headers) {
        var first = headers.getFirst();
        var before = state.at(first.number() - 1);
        if (before != null && !before.hash().equals(first.parentHash())) return state.freeze();
        var grown = state;
        for (var header : headers) {
            var offered = header.state(params.suite());
            var known = grown.at(offered.height());
            if (known != null && !known.hash().equals(offered.hash())) return grown.freeze();
            if (known == null) grown = grown.with(offered);
        }
        return grown;
    }

    /// Judges the wire form, the event, and its place under the block's receipts root. Whether the client may be
    /// believed at all is its status' to say.
    @Override
    public Verdict<Checkpoint> verifyCheckpoint(
            ClientState state, Address emitter, LogRole role, LaneId lane, long height, Bytes eventProof) {
        var block = state.at(height);
        if (block == null) return reject(new UnknownHeight(height));
        return Fisco2EventProof.decode(eventProof)
                .then(proof -> proof.verify(params.suite(), emitter, role, lane, block.receiptsRoot()));
    }
}
