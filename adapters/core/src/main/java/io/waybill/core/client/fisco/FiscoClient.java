package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientId;
import io.waybill.core.ClientRejection.ClientNotActive;
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
import io.waybill.core.proof.fisco.FiscoEventProof;
import java.util.HashMap;
import java.util.List;

/// The light client of FISCO BCOS 3.x in mode CORROBORATED, rule R4: parent-linked headers, a quorum of seals over
/// the last, the old list vouching for a new one, and watchers over all of it.
///
/// A quorum alone proves too little: nodes sign a block hash that its proposer supplied and they did not recompute.
/// Watchers alone can forge nothing, for they cannot seal; one faulty sealer alone can neither forge nor freeze.
public final class FiscoClient implements LightClient {
    private final FiscoParams params;
    private final HeaderChain chain;
    private final ClientId id;

    public FiscoClient(FiscoParams params) {
        this.params = params;
        this.chain = params.headers();
        this.id = params.id();
    }

    public FiscoParams params() {
        return params;
    }

    public FiscoMode mode() {
        return FiscoMode.CORROBORATED;
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
        return judged(state, update, nowMs).map(headers -> believe(state, headers));
    }

    /// Judges two updates that contradict each other, rule R4.8: each by itself as [#update] does, from the same
    /// state. Where both meet all conditions and differ at a height, or one of them differs there from what the
    /// client accepted, the client freezes; neither is believed.
    ///
    /// @return a frozen state, or the refusal of the first update that is refused, or `NoConflict`
    public Verdict<ClientState> submitMisbehaviour(ClientState state, Bytes one, Bytes other, long nowMs) {
        return judged(state, one, nowMs)
                .then(first -> judged(state, other, nowMs)
                        .then(second -> contradict(state, first, second)
                                ? accept(state.freeze())
                                : reject(new NoConflict(second.getLast().height()))));
    }

    private static boolean contradict(ClientState state, List<ConsensusState> one, List<ConsensusState> other) {
        var hashes = new HashMap<Long, Bytes32>();
        one.forEach(header -> hashes.put(header.height(), header.hash()));
        return believe(state, one).frozen()
                || believe(state, other).frozen()
                || other.stream()
                        .anyMatch(header -> !header.hash().equals(hashes.getOrDefault(header.height(), header.hash())));
    }

    private Verdict<List<ConsensusState>> judged(ClientState state, Bytes update, long nowMs) {
        var status = status(state, nowMs);
        if (status != ClientStatus.ACTIVE) return reject(new ClientNotActive(status));
        return FiscoUpdate.decode(update)
                .then(decoded -> chain.judge(state.at(decoded.trustedHeight()), decoded, nowMs)
                        .then(headers -> corroborated(headers, decoded)));
    }

    private Verdict<List<ConsensusState>> corroborated(List<ConsensusState> headers, FiscoUpdate update) {
        var tip = headers.getLast();
        var digest = WatcherDigest.of(params.verifier(), tip.height(), tip.hash());
        return params.watchers().corroborate(digest, update.signatures()).map(_ -> headers);
    }

    private static ClientState believe(ClientState state, List<ConsensusState> headers) {
        var grown = state;
        for (var offered : headers) {
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
