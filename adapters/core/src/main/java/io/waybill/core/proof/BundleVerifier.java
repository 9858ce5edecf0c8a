package io.waybill.core.proof;

import io.waybill.core.Bytes;
import io.waybill.core.ClientRejection.HeaderFromTheFuture;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.LightClient;
import io.waybill.core.eas.EasAttestation;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.lane.RangeProof;
import java.util.ArrayList;
import java.util.List;

/// Checks a proof bundle with nothing but an anchor, and names every check it made.
///
/// Each header is judged as if at its own time: whoever checks years later cannot judge the trusting period by his
/// own clock, so the report says that it was left to whoever took the bundle when it was fresh.
public final class BundleVerifier {
    private final LightClient client;
    private final ProofBundle bundle;
    private final List<Check> checks = new ArrayList<>();

    private BundleVerifier(LightClient client, ProofBundle bundle) {
        this.client = client;
        this.bundle = bundle;
    }

    /// One thing that was looked at.
    ///
    /// @param name   short and stable, for programs
    /// @param detail what was found, in words
    public record Check(String name, boolean passed, String detail) {}

    /// What the checks say together.
    public record Report(List<Check> checks) {
        public Report {
            checks = List.copyOf(checks);
        }

        /// Whether every check passed; only then is anything proven.
        public boolean holds() {
            return checks.stream().allMatch(Check::passed);
        }
    }

    /// Judges a bundle; total. Checks that need the outcome of one that failed are not made.
    ///
    /// @param client the rules of the bundle's source chain, anchored where the sceptic trusts it
    /// @param anchor what that client believes to begin with
    public static Report verify(ProofBundle bundle, LightClient client, ClientState anchor) {
        var verifier = new BundleVerifier(client, bundle);
        verifier.checkNames(anchor);
        verifier.checkPacket();
        verifier.checkHeaders(anchor);
        return new Report(verifier.checks);
    }

    private void checkNames(ClientState anchor) {
        var known = ProofBundle.Algorithms.of(client.kind());
        check(
                "algorithms",
                bundle.algorithms().equals(known),
                "expected %s, got %s".formatted(known, bundle.algorithms()));
        var trusted = anchor.latest();
        boolean anchored = bundle.anchor().kind() == client.kind()
                && bundle.anchor().height() == trusted.height()
                && bundle.anchor().hash().equals(trusted.hash());
        check(
                "anchor",
                anchored,
                "trusted %d %s, bundle starts at %d %s"
                        .formatted(
                                trusted.height(),
                                trusted.hash(),
                                bundle.anchor().height(),
                                bundle.anchor().hash()));
        check(
                "client",
                client.id().equals(bundle.terms().sourceClient()),
                "the lane's client is %s, this one is %s"
                        .formatted(bundle.terms().sourceClient(), client.id()));
        check(
                "lane",
                bundle.checkpoint().lane().equals(bundle.terms().id()),
                "the terms hash to " + bundle.terms().id());
    }

    private void checkPacket() {
        var packet = Packet.decode(bundle.packet());
        judged("packet", packet, "octets of a packet, canonical");
        if (packet instanceof Verdict.Accepted<Packet>(var decoded)) {
            check("packet.lane", decoded.lane().equals(bundle.terms().id()), "sent on lane " + decoded.lane());
            check(
                    "packet.index",
                    decoded.index() == bundle.index(),
                    "index %d in the packet, %d in the bundle".formatted(decoded.index(), bundle.index()));
            var attestation = Attestation.decode(decoded.attestation());
            judged("attestation", attestation, "canonical");
            judged("policy", attestation.then(TokenPolicy::judge), "token-free");
            attestation.map(said -> checkEas(decoded, said));
        }
    }

    /// What says that EAS made it carries the fields of which its uid is the hash. That EAS did is the word of the
    /// sender: of an EasSource, if its code is that.
    private Attestation checkEas(Packet packet, Attestation attestation) {
        if (EasAttestation.isClaimed(attestation)) {
            judged(
                    "eas",
                    EasAttestation.of(bundle.terms().source(), attestation),
                    "all of it follows from the fields of its uid; sent by " + packet.sender());
        }
        return attestation;
    }

    private void checkHeaders(ClientState anchor) {
        var state = Verdict.accept(anchor);
        for (int i = 0; i < bundle.updates().size(); i++) {
            var update = bundle.updates().get(i);
            state = state.then(before -> atItsOwnTime(before, update));
            judged("header." + i, state, "sealed, and vouched for by the set before it");
            if (!state.isAccepted()) return;
        }
        check("trusting-period", true, "not judged offline: each header was taken at its own time");
        state.map(this::checkLog).orElseThrow();
    }

    /// The client's verdict as of the newest header's time: it starts at the time last believed, and moves on to a
    /// header's time while that is ahead.
    private Verdict<ClientState> atItsOwnTime(ClientState before, Bytes update) {
        long now = before.latest().timeMs();
        var verdict = client.update(before, update, now);
        while (verdict instanceof Verdict.Rejected<ClientState>(HeaderFromTheFuture(var offered, var _))
                && offered > now) {
            now = offered;
            verdict = client.update(before, update, now);
        }
        return verdict;
    }

    private ClientState checkLog(ClientState state) {
        check("not-frozen", !state.frozen(), "no header of this bundle conflicts with another");
        var outbox = bundle.terms().outbox();
        var lane = bundle.terms().id();
        var event = client.verifyCheckpoint(state, outbox, LogRole.PACKETS, lane, bundle.height(), bundle.eventProof());
        judged("event", event, "the Outbox %s emitted it in block %d".formatted(outbox, bundle.height()));
        if (event instanceof Verdict.Accepted<Checkpoint>(var found)) {
            check(
                    "checkpoint",
                    found.equals(bundle.checkpoint()),
                    "size %d, root %s".formatted(found.size(), found.root()));
            var leaf = RangeProof.verify(found, bundle.index(), List.of(bundle.packet()), bundle.path());
            judged("inclusion", leaf, "leaf %d of %d".formatted(bundle.index(), found.size()));
        }
        return state;
    }

    private <T> void judged(String name, Verdict<T> verdict, String detail) {
        switch (verdict) {
            case Verdict.Accepted<T> _ -> check(name, true, detail);
            case Verdict.Rejected<T>(Rejection reason) -> check(name, false, reason.explain());
        }
    }

    private void check(String name, boolean passed, String detail) {
        checks.add(new Check(name, passed, detail));
    }
}
