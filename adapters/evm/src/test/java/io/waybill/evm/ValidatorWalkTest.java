package io.waybill.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Heights 370 to 399 of a real network: four validators, a fifth from 380 on, four again from 392 on.
final class ValidatorWalkTest {
    private final List<Long> asked = new ArrayList<>();
    private final ValidatorWalk walk = new ValidatorWalk(this::header);

    private QbftHeader header(long height) {
        asked.add(height);
        return BlockJson.read(ClientKind.QBFT, Vectors.header(height)).orElseThrow();
    }

    private record Step(long trusted, long height, int validators) {
        static Step of(Bytes update) {
            var items = ((Rlp.Items) Rlp.decode(update).orElseThrow()).values();
            var header =
                    QbftHeader.decode(ClientKind.QBFT, items.get(2).encode()).orElseThrow();
            return new Step(
                    items.get(0).number(), header.number(), items.get(1).items().size());
        }
    }

    private List<Step> steps(long trusted, long target) {
        return walk.updates(trusted, target).stream().map(Step::of).toList();
    }

    @Nested
    class Updates {
        @Test
        void skipsToTheTargetWhileTheSetIsTheSame() {
            assertThat(steps(370, 379)).containsExactly(new Step(370, 379, 0));
        }

        @Test
        void isEmptyWhenTheTargetIsTrusted() {
            assertThat(walk.updates(375, 375)).isEmpty();
        }

        @Test
        void endsAtTheTargetAndBeginsWhereItMust() {
            var steps = steps(371, 399);

            assertThat(steps.getFirst().trusted()).isEqualTo(371);
            assertThat(steps.getLast().height()).isEqualTo(399);
            for (int i = 1; i < steps.size(); i++) {
                assertThat(steps.get(i).trusted()).isEqualTo(steps.get(i - 1).height());
            }
        }

        @Test
        void namesTheTrustedSetWhereItChanges() {
            assertThat(steps(379, 380)).containsExactly(new Step(379, 380, 4));
            assertThat(steps(391, 392)).containsExactly(new Step(391, 392, 5));
        }

        @Test
        void satisfiesTheRuleAtEachStep() {
            for (var step : steps(370, 395)) {
                assertThat(ValidatorWalk.vouches(header(step.trusted()), header(step.height())))
                        .isTrue();
            }
        }

        @Test
        void refusesToWalkBackwards() {
            assertThatThrownBy(() -> walk.updates(380, 379)).isInstanceOf(ChainException.Refused.class);
        }

        @Test
        void asksForFewHeaders() {
            steps(370, 379);

            assertThat(asked).containsExactly(370L, 379L);
        }

        @Test
        void findsNoWayWhereNeighboursDoNotVouch() {
            var bare = new ValidatorWalk(height -> header(height).withSeals(List.of()));

            assertThatThrownBy(() -> bare.updates(379, 380)).isInstanceOf(ChainException.Dishonest.class);
        }
    }
}
