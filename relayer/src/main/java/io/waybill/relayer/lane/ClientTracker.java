package io.waybill.relayer.lane;

import io.waybill.core.Bytes;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneVerifier;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientView;
import io.waybill.core.port.Delivery;
import io.waybill.core.port.Sighting;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Our own light client of the chain a log is carried from: grown from the pinned anchor by header updates that our
/// own rules judged, so that nothing about that chain is believed because a node or the contract said so. It also
/// watches the contract: a header that the contract holds and ours contradicts means that one of the two was
/// fooled.
final class ClientTracker {
    private static final Logger LOG = LoggerFactory.getLogger(ClientTracker.class);

    private final Route route;
    private final InstantSource clock;
    private final Certainty certainty = new Certainty();
    private ClientState state;

    ClientTracker(Route route, InstantSource clock) {
        this.route = route;
        this.clock = clock;
        this.state = ClientState.anchoredAt(route.client().anchor());
    }

    /// What we believe of the block at a height, after growing our own state until it holds that height.
    ///
    /// @throws ProofRefused             if our rules refuse the headers that the node offers
    /// @throws ChainException.Refused   if the height lies below the anchor
    /// @throws ChainException.Dishonest if the node's updates do not lead there
    ConsensusState know(long height) {
        var known = state.at(height);
        if (known != null) return known;
        if (height < state.history().firstKey()) restart(height);
        var trusted = state.history().floorKey(height);
        for (var update : route.from().headerUpdates(route.client().ref(), trusted, height)) apply(update);
        known = state.at(height);
        if (known == null) throw new ChainException.Dishonest("header updates: none of them reaches height " + height);
        return known;
    }

    /// Judges an update exactly as the contract will, and learns from it.
    ///
    /// @throws ProofRefused           if our rules refuse it
    /// @throws Halt                   if it shows two final headers of one height
    /// @throws ChainException.Refused if our own state is older than the trusting period: nothing can be judged by
    ///     it
    void apply(Bytes update) {
        requireFresh();
        grow(ProofRefused.accepted(route.client().rules().update(state, update, clock.millis())));
    }

    /// Judges a whole delivery exactly as the contract will, rule R3.1, and learns from its update.
    ///
    /// @throws ProofRefused if our rules refuse it
    /// @throws Halt         if its update shows two final headers of one height
    void judge(Delivery delivery) {
        requireFresh();
        var verifier = LaneVerifier.of(
                route.client().rules(), route.role(), route.lane().terms());
        grow(ProofRefused.accepted(verifier.judge(state, delivery, clock.millis()))
                .state());
    }

    private void grow(ClientState next) {
        if (next.frozen()) {
            throw new Halt("two final headers of one height on " + route.from().id() + ": its consensus has failed");
        }
        state = next;
    }

    private void requireFresh() {
        if (route.client().rules().status(state, clock.millis()) == ClientStatus.EXPIRED) {
            throw new ChainException.Refused("our own client of %s: expired at header %d; pin a newer anchor"
                    .formatted(route.from().id(), state.latest().height()));
        }
    }

    /// Judges the proof of a checkpoint event, in a block our own state holds.
    Checkpoint judge(Sighting sighting, Bytes eventProof) {
        know(sighting.height());
        return ProofRefused.accepted(route.client()
                .rules()
                .verifyCheckpoint(state, route.emitter(), route.role(), route.id(), sighting.height(), eventProof));
    }

    /// Compares every header the contract holds with ours, and makes sure that we have one for `height`.
    ///
    /// @return what we believe of the block at `height`
    /// @throws Halt if the contract was seen several times to hold a header that we know to be another
    ConsensusState agree(ClientView view, long height) {
        var own = know(height);
        for (var held : view.accepted().entrySet()) {
            var mine = state.at(held.getKey());
            if (mine != null && !mine.hash().equals(held.getValue())) {
                throw certainty.grave("client of %s at %s: holds header %s at height %d, expected %s"
                        .formatted(route.from().id(), route.to().id(), held.getValue(), held.getKey(), mine.hash()));
            }
        }
        certainty.fine();
        return own;
    }

    /// Goes back to the pinned anchor: for a height that our own history has forgotten.
    private void restart(long height) {
        var anchor = route.client().anchor();
        if (height < anchor.height()) {
            throw new ChainException.Refused(
                    "height %d: below the pinned anchor at %d".formatted(height, anchor.height()));
        }
        LOG.debug("client.restarted lane={} height={}", route, height);
        state = ClientState.anchoredAt(anchor);
    }
}
