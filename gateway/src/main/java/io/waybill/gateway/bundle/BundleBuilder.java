package io.waybill.gateway.bundle;

import io.waybill.core.client.ClientState;
import io.waybill.core.client.LightClient;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import io.waybill.core.port.LogEntry;
import io.waybill.core.port.Sighting;
import io.waybill.core.proof.BundleVerifier;
import io.waybill.core.proof.ProofBundle;
import io.waybill.gateway.attest.Lane;
import io.waybill.gateway.http.Proofs.NotYet;

/// Makes the proof bundles of one lane, from its source chain and the anchor that the operator pinned, and checks each
/// as a sceptic would before it gives it away. Safe for threads.
public final class BundleBuilder {
    private final Lane lane;
    private final LightClient client;
    private final ClientState anchor;
    private final ClientRef verifier;
    private final LogMirror mirror;

    /// A builder for a lane.
    ///
    /// @param client   the rules of the lane's source chain
    /// @param anchor   what they trust to begin with
    /// @param verifier the contract of that client at the destination: corroborating signatures are bound to it
    public BundleBuilder(Lane lane, LightClient client, ClientState anchor, ClientRef verifier) {
        this.lane = lane;
        this.client = client;
        this.anchor = anchor;
        this.verifier = verifier;
        this.mirror = new LogMirror(lane);
    }

    /// A builder for a lane whose source is anchored as the operator pinned it.
    public BundleBuilder(Lane lane, Anchor anchor, ClientRef verifier) {
        this(lane, anchor.client(), anchor.state(), verifier);
    }

    public Lane lane() {
        return lane;
    }

    /// The bundle of a packet.
    ///
    /// @throws NotYet                   while no checkpoint of the source covers the packet
    /// @throws ChainException.Dishonest if what the source's node said does not prove the packet
    public ProofBundle build(long index) throws NotYet {
        var seen = lane.source()
                .checkpoint(LogRole.PACKETS, lane.id())
                .orElseThrow(() -> new NotYet("no checkpoint of this lane"));
        if (seen.checkpoint().size() <= index) {
            throw new NotYet("a checkpoint of size %d, and this is packet %d"
                    .formatted(seen.checkpoint().size(), index));
        }
        var bundle = build(index, seen);
        for (var check : BundleVerifier.verify(bundle, client, anchor).checks()) {
            if (!check.passed()) {
                throw new ChainException.Dishonest("bundle: %s: %s".formatted(check.name(), check.detail()));
            }
        }
        return bundle;
    }

    private ProofBundle build(long index, Sighting seen) {
        var trusted = anchor.latest();
        var source = lane.source();
        var entries = source.entries(LogRole.PACKETS, lane.id(), index, index + 1);
        return new ProofBundle(
                ProofBundle.Algorithms.of(client.kind()),
                lane.terms(),
                entries.stream()
                        .map(LogEntry::leaf)
                        .findFirst()
                        .orElseThrow(() -> new ChainException.Unavailable("packet %d: not found".formatted(index))),
                new ProofBundle.Anchor(client.kind(), trusted.height(), trusted.hash()),
                source.headerUpdates(verifier, trusted.height(), seen.height()),
                seen.height(),
                source.eventProof(lane.id(), LogRole.PACKETS, seen),
                seen.checkpoint(),
                index,
                mirror.path(index, seen.checkpoint()));
    }
}
