package io.waybill.relayer.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.lane.LogRole;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.lane.PassageStatus.State;
import io.waybill.testkit.FaultScript;
import io.waybill.testkit.Faults;
import io.waybill.testkit.Faults.Call;
import io.waybill.testkit.Faults.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PassageLoopTest {
    private final Rig rig = new Rig();
    private final FaultScript atSource = new FaultScript();
    private final FaultScript atDestination = new FaultScript();
    private final PassageLoop loop = rig.loop(LogRole.PACKETS, 1);

    PassageLoopTest() {
        rig.world.source().faults(atSource);
        rig.world.destination().faults(atDestination);
    }

    @Nested
    class Unavailable {
        @Test
        void restsLongerWithEachFailureAndNotAtAllAfterASuccess() {
            rig.send(1);
            atSource.next(Call.LOG, Fault.UNAVAILABLE, 8);
            var last = Duration.ZERO;
            for (int i = 0; i < 8; i++) last = loop.step();
            assertThat(last).isBetween(Rig.PACE.retryMost().dividedBy(2), Rig.PACE.retryMost());
            assertThat(loop.status().state()).isEqualTo(State.RETRYING);
            assertThat(loop.step()).isEqualTo(Duration.ZERO);
            assertThat(loop.status().reason()).isNull();
            assertThat(rig.delivered(rig.id())).isEqualTo(1);
        }

        @Test
        void neverTakesALostAnswerForAFailureOfThePacket() {
            rig.send(2);
            atDestination.next(Call.SUBMIT, Fault.LOST_ANSWER, 1);
            loop.step();
            assertThat(loop.status().state()).isEqualTo(State.RETRYING);
            loop.step();
            assertThat(loop.status().state()).isEqualTo(State.IDLE);
            assertThat(rig.world.destination().transactions()).isEqualTo(1);
            assertThat(rig.delivered(rig.id())).isEqualTo(2);
        }
    }

    @Nested
    class Refused {
        @Test
        void triesSmallerBatchesBeforeItAsksForAPerson() {
            rig.send(4);
            atDestination.next(Call.SUBMIT, Fault.REFUSED, 3);
            loop.step();
            loop.step();
            assertThat(loop.status().state()).isEqualTo(State.RETRYING);
            assertThat(loop.step()).isEqualTo(Rig.PACE.parked());
            assertThat(loop.status().state()).isEqualTo(State.PARKED);
            assertThat(loop.status().reason()).contains("SUBMIT: refused");
            assertThat(rig.events(RelayEvent.Parked.class)).hasSize(1);
        }

        @Test
        void asksForAPersonAtOnceWhenItWasNotABatch() {
            rig.send(4);
            rig.clock.advance(Rig.TRUSTING);
            loop.step();
            assertThat(loop.status().state()).isEqualTo(State.PARKED);
            assertThat(loop.status().reason()).contains("expired");
        }

        @Test
        void movesOnByItselfWhenTheChainNoLongerRefuses() {
            rig.send(4);
            atDestination.next(Call.SUBMIT, Fault.REFUSED, 3);
            for (int i = 0; i < 8; i++) loop.step();
            assertThat(rig.delivered(rig.id())).isEqualTo(4);
            assertThat(rig.events(RelayEvent.Resumed.class)).hasSize(1);
            assertThat(rig.events(RelayEvent.Submitted.class))
                    .extracting(RelayEvent.Submitted::to)
                    .containsExactly(1L, 3L, 4L);
        }
    }

    @Nested
    class Dishonest {
        @Test
        void countsWhatItsOwnRulesRefused() {
            rig.send(1);
            atSource.next(Call.EVENT_PROOF, Fault.LIE, 1);
            loop.step();
            assertThat(rig.events(RelayEvent.ProofRejected.class))
                    .extracting(RelayEvent.ProofRejected::code)
                    .containsExactly("ReceiptsRootMismatch");
        }

        @Test
        void isParkedWhenTheNodeKeepsLying() {
            rig.send(1);
            atSource.next(Call.EVENT_PROOF, Fault.LIE, 20);
            for (int i = 0; i < 10; i++) loop.step();
            assertThat(loop.status().state()).isEqualTo(State.PARKED);
            assertThat(rig.world.destination().transactions()).isZero();
        }
    }

    @Nested
    class Halted {
        private void fork() {
            rig.send(2);
            loop.step();
            rig.world.source().rewrite(LogRole.PACKETS, rig.id(), 0, Bytes.utf8("another leaf"));
            rig.send(1);
            loop.step();
        }

        @Test
        void staysHaltedWhateverTime() {
            fork();
            assertThat(loop.status().state()).isEqualTo(State.HALTED);
            rig.world.source().faults(call -> {
                throw new AssertionError("expected no call, got " + call);
            });
            assertThat(loop.step()).isEqualTo(Rig.PACE.parked());
            assertThat(rig.events(RelayEvent.Halted.class)).hasSize(1);
        }

        @Test
        void looksAgainWhenAPersonResumesIt() {
            fork();
            loop.resume();
            loop.step();
            assertThat(loop.status().state()).isEqualTo(State.HALTED);
            assertThat(rig.events(RelayEvent.Halted.class)).hasSize(2);
        }
    }

    @Nested
    class Unexpected {
        @Test
        void isLoggedAndTriedAgain() {
            rig.send(1);
            rig.world.source().faults(_ -> {
                throw new IllegalStateException("a bug");
            });
            assertThat(loop.step()).isPositive();
            assertThat(loop.status().reason()).contains("a bug");
            rig.world.source().faults(Faults.none());
            assertThat(loop.step()).isEqualTo(Duration.ZERO);
            assertThat(rig.delivered(rig.id())).isEqualTo(1);
        }
    }
}
