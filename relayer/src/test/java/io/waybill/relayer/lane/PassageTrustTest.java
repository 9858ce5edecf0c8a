package io.waybill.relayer.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ChainException;
import io.waybill.relayer.lane.Passage.Turn;
import io.waybill.testkit.FaultScript;
import io.waybill.testkit.Faults.Call;
import io.waybill.testkit.Faults.Fault;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What a passage believes, and whom it does not.
class PassageTrustTest {
    private final Rig rig = new Rig();
    private final FaultScript atSource = new FaultScript();
    private final FaultScript atDestination = new FaultScript();

    PassageTrustTest() {
        rig.world.source().faults(atSource);
        rig.world.destination().faults(atDestination);
    }

    private static void exhaust(Passage passage) {
        while (passage.turn() == Turn.MOVED) {
            // Each turn carries one batch.
        }
    }

    @Nested
    class Lies {
        private final Passage passage = rig.passage(LogRole.PACKETS);

        @Test
        void neverSubmitsLeavesThatAreNotThoseOfTheCheckpoint() {
            rig.send(2);
            atSource.next(Call.ENTRIES, Fault.LIE, 2);
            assertThatThrownBy(passage::turn).isInstanceOf(ChainException.Dishonest.class);
            assertThat(rig.world.destination().transactions()).isZero();
            exhaust(passage);
            assertThat(rig.delivered(rig.id())).isEqualTo(2);
        }

        @Test
        void neverSubmitsHeadersThatItsOwnClientRefuses() {
            rig.send(2);
            atSource.next(Call.HEADER_UPDATES, Fault.LIE, 1);
            assertThatThrownBy(passage::turn).isInstanceOf(ProofRefused.class).hasMessageContaining("SealByStranger");
            assertThat(rig.world.destination().transactions()).isZero();
        }

        @Test
        void neverSubmitsAnEventProofThatItsOwnClientRefuses() {
            rig.send(2);
            atSource.next(Call.EVENT_PROOF, Fault.LIE, 1);
            assertThatThrownBy(passage::turn)
                    .isInstanceOf(ProofRefused.class)
                    .hasMessageContaining("ReceiptsRootMismatch");
            assertThat(rig.world.destination().transactions()).isZero();
        }

        @Test
        void neverBelievesACheckpointThatItsProofDoesNotSay() {
            rig.send(2);
            atSource.next(Call.CHECKPOINT, Fault.LIE, 1);
            assertThatThrownBy(passage::turn).isInstanceOf(ChainException.Dishonest.class);
            exhaust(passage);
            assertThat(rig.delivered(rig.id())).isEqualTo(2);
        }

        @Test
        void haltsOnlyWhenTheContractIsSeenRepeatedlyToHoldAFalseHeader() {
            rig.send(2);
            atDestination.next(Call.CLIENT, Fault.LIE, 3);
            assertThatThrownBy(passage::turn).isInstanceOf(ChainException.Dishonest.class);
            assertThatThrownBy(passage::turn).isInstanceOf(ChainException.Dishonest.class);
            assertThatThrownBy(passage::turn).isInstanceOf(Halt.class).hasMessageContaining("holds header");
            assertThat(rig.world.destination().transactions()).isZero();
        }
    }

    @Nested
    class Misbehaviour {
        private final Passage passage = rig.passage(LogRole.PACKETS);

        @Test
        void haltsWhenALogIsProvenToHaveForked() {
            rig.send(3);
            exhaust(passage);
            rig.world.source().rewrite(LogRole.PACKETS, rig.id(), 1, Bytes.utf8("another leaf"));
            rig.send(1);
            assertThatThrownBy(passage::turn).isInstanceOf(Halt.class).hasMessageContaining("two roots");
            assertThat(rig.delivered(rig.id())).isEqualTo(3);
        }

        @Test
        void haltsWhenTheContractsClientIsFrozen() {
            rig.send(1);
            exhaust(passage);
            long height = rig.world.source().head();
            rig.world
                    .destination()
                    .updateClient(rig.world.sourceClient(), rig.world.source().conflictingUpdate(1, height));
            rig.send(1);
            assertThatThrownBy(passage::turn).isInstanceOf(ChainException.Dishonest.class);
            assertThatThrownBy(passage::turn).isInstanceOf(ChainException.Dishonest.class);
            assertThatThrownBy(passage::turn).isInstanceOf(Halt.class).hasMessageContaining("frozen");
            assertThat(rig.delivered(rig.id())).isEqualTo(1);
        }
    }
}
