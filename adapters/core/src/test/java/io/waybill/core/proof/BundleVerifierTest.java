package io.waybill.core.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.Crossing;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneTerms;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundleVerifierTest {
    private final Crossing crossing = Crossing.make();
    private final ProofBundle good = crossing.bundle(4);

    private BundleVerifier.Report verify(ProofBundle bundle) {
        return BundleVerifier.verify(bundle, crossing.client(), crossing.anchor());
    }

    private List<String> failed(ProofBundle bundle) {
        return verify(bundle).checks().stream()
                .filter(check -> !check.passed())
                .map(BundleVerifier.Check::name)
                .toList();
    }

    @Test
    void everyPacketOfALaneIsProvenByEveryCheck() {
        for (int i = 0; i < crossing.size(); i++) {
            var report = verify(crossing.bundle(i));
            assertThat(report.holds()).isTrue();
            assertThat(report.checks().stream().map(BundleVerifier.Check::name))
                    .containsExactly(
                            "algorithms",
                            "anchor",
                            "client",
                            "lane",
                            "packet",
                            "packet.lane",
                            "packet.index",
                            "attestation",
                            "policy",
                            "header.0",
                            "trusting-period",
                            "not-frozen",
                            "event",
                            "checkpoint",
                            "inclusion");
        }
    }

    @Test
    void anyOctetOfThePacketChangedFails() {
        for (int i = 0; i < good.packet().size(); i++) {
            var changed = good.packet().with(i, good.packet().at(i) ^ 1);
            assertThat(failed(with(changed, good.updates(), good.eventProof(), good.path())))
                    .contains("inclusion");
        }
    }

    @Test
    void anyOctetOfTheEventProofChangedFails() {
        for (int i = 0; i < good.eventProof().size(); i++) {
            var changed = good.eventProof().with(i, good.eventProof().at(i) ^ 1);
            assertThat(failed(with(good.packet(), good.updates(), changed, good.path())))
                    .containsExactly("event");
        }
    }

    @Test
    void anyOctetOfTheUpdateChangedFails() {
        var update = good.updates().getFirst();
        for (int i = 0; i < update.size(); i += 3) {
            var changed = List.of(update.with(i, update.at(i) ^ 1));
            assertThat(failed(with(good.packet(), changed, good.eventProof(), good.path())))
                    .containsExactly("header.0");
        }
    }

    @Test
    void anyOctetOfThePathChangedFails() {
        for (int hash = 0; hash < good.path().size(); hash++) {
            for (int i = 0; i < 32; i++) {
                var path = new ArrayList<>(good.path());
                var value = path.get(hash).value();
                path.set(hash, new Bytes32(value.with(i, value.at(i) ^ 1)));
                assertThat(failed(with(good.packet(), good.updates(), good.eventProof(), path)))
                        .containsExactly("inclusion");
            }
        }
    }

    @Test
    void noUpdatesFailAtTheEvent() {
        assertThat(failed(with(good.packet(), List.of(), good.eventProof(), good.path())))
                .containsExactly("event");
    }

    @Test
    void aConflictingUpdateFails() {
        var updates = List.of(good.updates().getFirst(), crossing.conflicting());
        assertThat(failed(with(good.packet(), updates, good.eventProof(), good.path())))
                .containsExactly("not-frozen");
    }

    @Test
    void anotherAnchorFails() {
        var elsewhere =
                new ProofBundle.Anchor(ClientKind.QBFT, 11, good.anchor().hash());
        assertThat(failed(with(elsewhere, good.terms(), good.height(), good.checkpoint(), good.index())))
                .containsExactly("anchor");
    }

    @Test
    void anotherHeightCheckpointOrIndexFails() {
        assertThat(failed(with(good.anchor(), good.terms(), 10, good.checkpoint(), good.index())))
                .containsExactly("event");
        var other =
                new Checkpoint(good.checkpoint().lane(), 8, good.checkpoint().root());
        assertThat(failed(with(good.anchor(), good.terms(), good.height(), other, good.index())))
                .containsExactly("checkpoint");
        assertThat(failed(with(good.anchor(), good.terms(), good.height(), good.checkpoint(), 5)))
                .containsExactly("packet.index", "inclusion");
    }

    @Test
    void otherTermsFail() {
        var terms = good.terms();
        var other = new LaneTerms(
                terms.source(),
                new ClientId(Bytes32.ZERO),
                terms.outbox(),
                terms.destination(),
                terms.destinationClient(),
                terms.inbox(),
                terms.salt(),
                terms.terms());
        assertThat(failed(with(good.anchor(), other, good.height(), good.checkpoint(), good.index())))
                .containsExactly("client", "lane", "packet.lane", "event");
    }

    @Test
    void otherAlgorithmsFail() {
        var bundle = new ProofBundle(
                ProofBundle.Algorithms.of(ClientKind.FISCO_SM),
                good.terms(),
                good.packet(),
                good.anchor(),
                good.updates(),
                good.height(),
                good.eventProof(),
                good.checkpoint(),
                good.index(),
                good.path());
        assertThat(failed(bundle)).containsExactly("algorithms");
    }

    private ProofBundle with(Bytes packet, List<Bytes> updates, Bytes eventProof, List<Bytes32> path) {
        return new ProofBundle(
                good.algorithms(),
                good.terms(),
                packet,
                good.anchor(),
                updates,
                good.height(),
                eventProof,
                good.checkpoint(),
                good.index(),
                path);
    }

    private ProofBundle with(
            ProofBundle.Anchor anchor, LaneTerms terms, long height, Checkpoint checkpoint, long index) {
        return new ProofBundle(
                good.algorithms(),
                terms,
                good.packet(),
                anchor,
                good.updates(),
                height,
                good.eventProof(),
                checkpoint,
                index,
                good.path());
    }
}
