package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ClientId;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.ClientRejection.HeaderFromTheFuture;
import io.waybill.core.ClientRejection.TrustedSetMismatch;
import io.waybill.core.ClientRejection.UnknownHeight;
import io.waybill.core.ClientRejection.UnknownTrustedHeight;
import io.waybill.core.FiscoRejection.NewSetUnused;
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
import io.waybill.core.proof.fisco.FiscoEventProof;
import java.util.ArrayList;
import java.util.List;

/// The light client of FISCO BCOS 3.x in mode CORROBORATED, rule R4: parent-linked headers, a quorum of seals over
/// the last, the old list vouching for a new one, and watchers over all of it.
///
/// A quorum alone proves too little: nodes sign a block hash that its proposer supplied and they did not recompute.
/// Watchers alone can forge nothing, for they cannot seal; one faulty sealer alone can neither forge nor freeze.
public final class FiscoClient implements LightClient {
    private final FiscoParams params;
    private final HeaderRules rules;
    private final ClientId id;

    public FiscoClient(FiscoParams params) {
        this.params = params;
        this.rules = new HeaderRules(params.suite(), params.versionFloor());
        this.id = params.id();
    }

    public FiscoParams params() {
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

    /// Judges in this order: the client's status, the wire form, the trusted height and list, each header in turn,
    /// the seals over the last, the watchers; then believes or, at the first height known with another
    /// hash, freezes.
    @Override
    public Verdict<ClientState> update(ClientState state, Bytes update, long nowMs) {
        var status = status(state, nowMs);
        if (status != ClientStatus.ACTIVE) return reject(new ClientNotActive(status));
        return FiscoUpdate.decode(update)
                .then(decoded -> trusted(state, decoded)
                        .then(trusted -> chain(trusted, decoded, nowMs))
                        .then(headers -> sealed(headers, decoded))
                        .then(headers -> corroborated(headers, decoded)))
                .map(headers -> believe(state, headers));
    }

    private static Verdict<ConsensusState> trusted(ClientState state, FiscoUpdate update) {
        var trusted = state.at(update.trustedHeight());
        if (trusted == null) return reject(new UnknownTrustedHeight(update.trustedHeight()));
        var computed = update.trustedSet().setHash();
        if (!computed.equals(trusted.setHash())) return reject(new TrustedSetMismatch(trusted.setHash(), computed));
        return accept(trusted);
    }

    private Verdict<List<FiscoHeader>> chain(ConsensusState trusted, FiscoUpdate update, long nowMs) {
        var headers = new ArrayList<FiscoHeader>();
        var parent = trusted;
        boolean changed = false;
        for (var link : update.headers()) {
            if (changed && !link.changed()) return reject(new SetChangedTwice());
            changed = link.changed();
            var other = update.newSet();
            var sealers = changed && other != null ? other : update.trustedSet();
            var header = link.at(parent.height() + 1, parent.hash(), sealers);
            if (rules.follows(parent, header) instanceof Verdict.Rejected<FiscoHeader>(var reason))
                return reject(reason);
            long latestMs = nowMs + params.maxClockDriftMs();
            if (header.timeMs() > latestMs) return reject(new HeaderFromTheFuture(header.timeMs(), latestMs));
            headers.add(header);
            parent = header.state(params.suite());
        }
        return update.newSet() != null && !changed ? reject(new NewSetUnused()) : accept(headers);
    }

    private Verdict<List<FiscoHeader>> sealed(List<FiscoHeader> headers, FiscoUpdate update) {
        return rules.sealed(headers.getLast(), update.trustedSet(), update.seals())
                .map(_ -> headers);
    }

    private Verdict<List<FiscoHeader>> corroborated(List<FiscoHeader> headers, FiscoUpdate update) {
        var tip = headers.getLast();
        var digest = WatcherDigest.of(params.verifier(), tip.number(), tip.hash(params.suite()));
        return params.watchers().corroborate(digest, update.watcherSignatures()).map(_ -> headers);
    }

    private ClientState believe(ClientState state, List<FiscoHeader> headers) {
        var grown = state;
        for (var header : headers) {
            var offered = header.state(params.suite());
            var known = grown.at(offered.height());
            if (known != null && !known.hash().equals(offered.hash())) return grown.freeze();
            if (known == null) grown = grown.with(offered);
        }
        return grown;
    }

    /// Judges the wire form, then rule R5. Whether the client may be believed at all is its status' to say.
    @Override
    public Verdict<Checkpoint> verifyCheckpoint(
            ClientState state, Address emitter, LogRole role, LaneId lane, long height, Bytes eventProof) {
        var block = state.at(height);
        if (block == null) return reject(new UnknownHeight(height));
        return FiscoEventProof.decode(eventProof)
                .then(proof -> proof.verify(params.suite(), emitter, role, lane, height, block.receiptsRoot()));
    }
}
