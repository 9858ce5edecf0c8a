package io.waybill.relayer.lane;

import static io.waybill.core.attestation.FinalStatus.DELIVERED;
import static io.waybill.core.attestation.FinalStatus.EXPIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Acknowledgement;
import io.waybill.core.port.LogEntry;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.lane.Passage.Turn;
import io.waybill.relayer.lane.PassageStatus.State;
import io.waybill.testkit.FaultScript;
import io.waybill.testkit.Faults.Call;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PassageTest {
    private final Rig rig = new Rig();
    private final FaultScript atSource = new FaultScript();
    private final FaultScript atDestination = new FaultScript();

    PassageTest() {
        rig.world.source().faults(atSource);
        rig.world.destination().faults(atDestination);
    }

    private static void exhaust(Passage passage) {
        while (passage.turn() == Turn.MOVED) {
            // Each turn carries one batch.
        }
    }

    @Nested
    class Packets {
        private final Passage passage = rig.passage(LogRole.PACKETS);

        @Test
        void restsWhenNothingWasSent() {
            assertThat(passage.turn()).isEqualTo(Turn.RESTED);
            assertThat(passage.status().state()).isEqualTo(State.IDLE);
            assertThat(rig.world.destination().transactions()).isZero();
        }

        @Test
        void carriesWhatWasSentInOneTransaction() {
            rig.send(3);
            assertThat(passage.turn()).isEqualTo(Turn.MOVED);
            assertThat(rig.statuses(rig.id())).containsExactly(DELIVERED, DELIVERED, DELIVERED);
            assertThat(rig.world.destination().transactions()).isEqualTo(1);
            assertThat(passage.turn()).isEqualTo(Turn.RESTED);
        }

        @Test
        void fillsBatchesUpToTheirBound() {
            rig.send(10);
            exhaust(passage);
            assertThat(rig.events(RelayEvent.Submitted.class))
                    .extracting(RelayEvent.Submitted::from, RelayEvent.Submitted::to, RelayEvent.Submitted::moved)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(0L, 4L, 4L),
                            org.assertj.core.groups.Tuple.tuple(4L, 8L, 4L),
                            org.assertj.core.groups.Tuple.tuple(8L, 10L, 2L));
        }

        @Test
        void boundsTheOctetsOfABatchButSendsOneLeafWhateverItsSize() {
            rig.send(3);
            var pace =
                    new Pace(4, 1, Rig.PACE.poll(), Rig.PACE.retryFirst(), Rig.PACE.retryMost(), Rig.PACE.parked(), 1);
            exhaust(new Passage(new Route(rig.lane(), LogRole.PACKETS), pace, rig.listener(), rig.clock, () -> true));
            assertThat(rig.events(RelayEvent.Submitted.class)).hasSize(3);
            assertThat(rig.delivered(rig.id())).isEqualTo(3);
        }

        @Test
        void tellsEachStageOnceAndInOrder() {
            rig.send(2);
            exhaust(passage);
            assertThat(rig.events)
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly("Observed", "Proven", "Verified", "Submitted");
        }

        @Test
        void tellsPacketsSentBeforeItBeganAsPast() {
            rig.send(2);
            exhaust(passage);
            rig.send(1);
            exhaust(passage);
            assertThat(rig.events(RelayEvent.Observed.class))
                    .extracting(RelayEvent.Observed::past)
                    .containsExactly(true, false);
        }

        @Test
        void learnsTheHistoryThatOthersCarriedWithoutSubmittingAnything() {
            rig.send(5);
            exhaust(rig.passage(LogRole.PACKETS));
            long transactions = rig.world.destination().transactions();
            rig.events.clear();
            exhaust(passage);
            assertThat(rig.world.destination().transactions()).isEqualTo(transactions);
            assertThat(rig.events(RelayEvent.Observed.class))
                    .flatExtracting(RelayEvent.Observed::packets)
                    .extracting(LogEntry::index)
                    .containsExactly(0L, 1L, 2L, 3L, 4L);
        }

        @Test
        void givesPacketsThatCameTooLateTheirStatusAll() {
            rig.send(1);
            rig.clock.advance(Duration.ofHours(2));
            exhaust(passage);
            assertThat(rig.statuses(rig.id())).containsExactly(EXPIRED);
        }

        @Test
        void submitsSeveralUpdatesWhenOneCannotSpanTheWay() {
            for (int i = 0; i < 150; i++) rig.world.source().mine();
            rig.send(1);
            exhaust(passage);
            assertThat(rig.delivered(rig.id())).isEqualTo(1);
            assertThat(rig.events(RelayEvent.ClientUpdated.class)).hasSize(2);
        }
    }

    @Nested
    class Statuses {
        private final Passage out = rig.passage(LogRole.PACKETS);
        private final Passage back = rig.passage(LogRole.STATUSES);

        @Test
        void publishesACheckpointWhereTheChainEmitsNone() {
            rig.send(3);
            exhaust(out);
            exhaust(back);
            assertThat(rig.acknowledged(rig.id())).isEqualTo(3);
        }

        @Test
        void tellsDeliveriesAndAcknowledgementsFromTheChains() {
            rig.send(6);
            exhaust(back);
            exhaust(out);
            exhaust(back);
            assertThat(rig.events(RelayEvent.Delivered.class))
                    .flatExtracting(RelayEvent.Delivered::statuses)
                    .extracting(LogEntry::index)
                    .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
            assertThat(rig.events(RelayEvent.Acknowledged.class))
                    .extracting(RelayEvent.Acknowledged::acknowledgement)
                    .extracting(Acknowledgement::from, Acknowledgement::to)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(0L, 4L), org.assertj.core.groups.Tuple.tuple(4L, 6L));
            assertThat(rig.events(RelayEvent.Acknowledged.class))
                    .extracting(RelayEvent.Acknowledged::past)
                    .containsOnly(false);
        }

        @Test
        void tellsWhatHappenedBeforeItBeganAsPast() {
            rig.send(2);
            exhaust(out);
            exhaust(back);
            rig.events.clear();
            exhaust(rig.passage(LogRole.STATUSES));
            assertThat(rig.events(RelayEvent.Delivered.class))
                    .extracting(RelayEvent.Delivered::past)
                    .containsExactly(true);
            assertThat(rig.events(RelayEvent.Acknowledged.class))
                    .extracting(RelayEvent.Acknowledged::past)
                    .containsExactly(true);
        }
    }

    @Nested
    class Races {
        @Test
        void submitsNothingWhenAnotherRelayerWasFaster() {
            rig.send(3);
            var slow = rig.passage(LogRole.PACKETS);
            atDestination.before(Call.CLIENT, () -> exhaust(rig.passage(LogRole.PACKETS)));
            exhaust(slow);
            assertThat(rig.statuses(rig.id())).containsExactly(DELIVERED, DELIVERED, DELIVERED);
            assertThat(rig.world.destination().transactions()).isEqualTo(1);
        }

        @Test
        void countsASubmissionThatMovedNothingAsRedundantAndGoesOn() {
            rig.send(3);
            var slow = rig.passage(LogRole.PACKETS);
            atDestination.before(Call.SUBMIT, () -> exhaust(rig.passage(LogRole.PACKETS)));
            exhaust(slow);
            assertThat(rig.statuses(rig.id())).containsExactly(DELIVERED, DELIVERED, DELIVERED);
            assertThat(rig.events(RelayEvent.Submitted.class))
                    .extracting(RelayEvent.Submitted::moved)
                    .containsExactly(3L, 0L);
            assertThat(slow.turn()).isEqualTo(Turn.RESTED);
        }

        @Test
        void submitsNothingOnceTheLaneIsNoLongerOurs() {
            rig.send(1);
            var passage = new Passage(
                    new Route(rig.lane(), LogRole.PACKETS),
                    Rig.PACE,
                    rig.listener(),
                    rig.clock,
                    () -> rig.events.isEmpty());
            assertThat(passage.turn()).isEqualTo(Turn.STOOD_DOWN);
            assertThat(rig.delivered(rig.id())).isZero();
        }
    }

    @Nested
    class Clients {
        private final Passage passage = rig.passage(LogRole.PACKETS);

        @Test
        void refreshesAClientThatIsAThirdOfItsTrustingPeriodOldWithoutTraffic() {
            assertThat(passage.turn()).isEqualTo(Turn.RESTED);
            rig.clock.advance(Rig.TRUSTING.dividedBy(3));
            rig.world.source().mine();
            assertThat(passage.turn()).isEqualTo(Turn.RESTED);
            var latest = rig.world
                    .destination()
                    .client(rig.world.sourceClient())
                    .accepted()
                    .lastKey();
            assertThat(latest).isEqualTo(rig.world.source().head());
        }

        @Test
        void leavesAYoungerClientAlone() {
            passage.turn();
            rig.clock.advance(Rig.TRUSTING.dividedBy(3).minusMillis(1));
            rig.world.source().mine();
            passage.turn();
            assertThat(rig.world.destination().transactions()).isZero();
        }

        @Test
        void asksForAPersonWhenTheClientHasExpired() {
            rig.send(1);
            rig.clock.advance(Rig.TRUSTING);
            assertThatThrownBy(passage::turn).hasMessageContaining("expired");
            assertThat(rig.world.destination().transactions()).isZero();
        }

        @Test
        void publishesAnewWhenTheClientHasForgottenTheCheckpointsBlock() {
            rig.send(1);
            var heights = Collections.max(rig.world
                    .destination()
                    .client(rig.world.sourceClient())
                    .accepted()
                    .keySet());
            assertThat(heights).isEqualTo(1);
            for (int i = 0; i < 300; i++) {
                rig.world.source().mine();
                long head = rig.world.source().head();
                var updates = rig.world.source().headerUpdates(rig.world.sourceClient(), i == 0 ? 1 : head - 1, head);
                updates.forEach(update -> rig.world.destination().updateClient(rig.world.sourceClient(), update));
            }
            exhaust(passage);
            assertThat(rig.delivered(rig.id())).isEqualTo(1);
        }
    }
}
