package io.waybill.core.lane;

import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.ClientRejection.UnknownHeight;
import io.waybill.core.EventRejection.WrongEmitter;
import io.waybill.core.EventRejection.WrongLane;
import io.waybill.core.LaneRejection;
import io.waybill.core.QbftRejection.TooFewSeals;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.qbft.Crossing;
import io.waybill.core.port.Delivery;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LaneVerifierTest {
    private final Crossing crossing = Crossing.make();
    private final Delivery delivery = crossing.delivery(2, 5);
    private final LaneVerifier packets = LaneVerifier.of(crossing.client(), LogRole.PACKETS, crossing.terms());

    private Verdict<LaneVerifier.Proven> judge(Delivery changed) {
        return packets.judge(crossing.anchor(), changed, crossing.nowMs());
    }

    @Nested
    class Packets {
        @Test
        void areProvenByAnUpdateAnEventAndARange() {
            var proven = judge(delivery).orElseThrow();
            assertThat(proven.leaves()).isEqualTo(crossing.packets().subList(2, 5));
            assertThat(proven.state().latest().height()).isEqualTo(delivery.height());
        }

        @Test
        void needNoUpdateWhenTheHeightIsKnown() {
            var state = judge(delivery).orElseThrow().state();
            var again = packets.judge(state, with(Bytes.EMPTY, delivery.eventProof()), crossing.nowMs());
            assertThat(again.orElseThrow().state()).isEqualTo(state);
        }

        @Test
        void areRefusedWithoutTheUpdate() {
            assertThat(judge(with(Bytes.EMPTY, delivery.eventProof())))
                    .isEqualTo(reject(new UnknownHeight(delivery.height())));
        }

        @Test
        void areRefusedWithAnUpdateOfTooFewSeals() {
            assertThat(judge(with(crossing.update(2), delivery.eventProof()))).isEqualTo(reject(new TooFewSeals(2, 3)));
        }

        @Test
        void areRefusedOnAnotherLane() {
            var other = new Delivery(
                    LaneScenarios.LANE,
                    delivery.update(),
                    delivery.height(),
                    delivery.eventProof(),
                    delivery.checkpoint(),
                    2,
                    delivery.leaves(),
                    delivery.rangeProof());
            assertThat(judge(other)).isEqualTo(reject(new WrongLane(LaneScenarios.LANE.value())));
        }

        @Test
        void areRefusedWhenTheClientHasExpired() {
            long late = crossing.nowMs() + Crossing.PERIOD_MS;
            var state = judge(delivery).orElseThrow().state();
            assertThat(packets.judge(state, with(Bytes.EMPTY, delivery.eventProof()), late))
                    .isEqualTo(reject(new ClientNotActive(ClientStatus.EXPIRED)));
        }

        @Test
        void areRefusedInAnotherPlaceOrOrder() {
            var swapped = new ArrayList<>(delivery.leaves());
            swapped.set(0, delivery.leaves().get(1));
            swapped.set(1, delivery.leaves().get(0));
            assertThat(code(judge(with(2, swapped, delivery.rangeProof())))).isEqualTo("RangeRootMismatch");
            assertThat(code(judge(with(4, delivery.leaves(), crossing.log().rangeProof(4, 7, crossing.size())))))
                    .isEqualTo("RangeRootMismatch");
            assertThat(judge(with(2, List.of(), delivery.rangeProof())))
                    .isEqualTo(reject(new LaneRejection.EmptyRange()));
        }

        @Test
        void areRefusedWithAnotherCheckpointThanWasProven() {
            var at = delivery.checkpoint();
            assertThat(judge(with(new Checkpoint(at.lane(), at.size(), LaneScenarios.word("forged")))))
                    .isEqualTo(reject(new LaneRejection.LogForked(at.size())));
            assertThat(judge(with(new Checkpoint(at.lane(), at.size() + 1, at.root()))))
                    .isEqualTo(reject(new LaneRejection.InconsistentLog()));
        }

        @Test
        void areNotDeliveredByAnUpdateThatFreezesTheClient() {
            var state = judge(delivery).orElseThrow().state();
            var proven = packets.judge(state, with(crossing.conflicting(), delivery.eventProof()), crossing.nowMs())
                    .orElseThrow();
            assertThat(proven.state().frozen()).isTrue();
            assertThat(proven.leaves()).isEmpty();
            assertThat(packets.judge(proven.state(), delivery, crossing.nowMs()))
                    .isEqualTo(reject(new ClientNotActive(ClientStatus.FROZEN)));
        }
    }

    @Nested
    class Statuses {
        @Test
        void areProvenFromTheInbox() {
            var statuses = LaneVerifier.of(crossing.client(), LogRole.STATUSES, crossing.terms());
            var proven = statuses.judge(crossing.anchor(), crossing.acknowledgement(0, 4), crossing.nowMs());
            assertThat(proven.orElseThrow().leaves())
                    .isEqualTo(crossing.statuses().subList(0, 4));
        }

        @Test
        void areNotTakenFromTheOutbox() {
            var misled = new LaneVerifier(
                    crossing.client(),
                    LogRole.STATUSES,
                    crossing.terms().id(),
                    crossing.terms().outbox());
            assertThat(misled.judge(crossing.anchor(), crossing.acknowledgement(0, 4), crossing.nowMs()))
                    .isEqualTo(reject(new WrongEmitter()));
        }

        @Test
        void areRefusedAtAnotherIndexThanTheirOwn() {
            var statuses = LaneVerifier.of(crossing.client(), LogRole.STATUSES, crossing.terms());
            assertThat(statuses.judge(crossing.anchor(), crossing.misplaced(), crossing.nowMs()))
                    .isEqualTo(reject(new LaneRejection.StatusMisplaced(0)));
        }
    }

    private Delivery with(Bytes update, Bytes eventProof) {
        return new Delivery(
                delivery.lane(),
                update,
                delivery.height(),
                eventProof,
                delivery.checkpoint(),
                delivery.first(),
                delivery.leaves(),
                delivery.rangeProof());
    }

    private Delivery with(long first, List<Bytes> leaves, List<Bytes32> proof) {
        return new Delivery(
                delivery.lane(),
                delivery.update(),
                delivery.height(),
                delivery.eventProof(),
                delivery.checkpoint(),
                first,
                leaves,
                proof);
    }

    private Delivery with(Checkpoint checkpoint) {
        return new Delivery(
                delivery.lane(),
                delivery.update(),
                delivery.height(),
                delivery.eventProof(),
                checkpoint,
                delivery.first(),
                delivery.leaves(),
                delivery.rangeProof());
    }

    private static String code(Verdict<?> verdict) {
        return verdict instanceof Verdict.Rejected<?>(var reason) ? reason.code() : "accepted";
    }
}
