package io.waybill.relayer.lease;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LeaseRulesTest {
    private static final long TERM = 3_000;
    private static final long NOW = 1_000_000;

    @Nested
    class Acquire {
        @Test
        void grantsALeaseThatNobodyEverHad() {
            assertThat(LeaseRules.acquire(null, "a/1", 0, TERM, NOW)).isEqualTo(new Grant("a/1", 1, NOW + TERM));
        }

        @Test
        void renewsInTheSameEpoch() {
            var held = new Grant("a/1", 4, NOW + 1);
            assertThat(LeaseRules.acquire(held, "a/1", 0, TERM, NOW)).isEqualTo(new Grant("a/1", 4, NOW + TERM));
        }

        @Test
        void refusesAnotherUntilTheVeryEnd() {
            var held = new Grant("a/1", 4, NOW + 1);
            assertThat(LeaseRules.acquire(held, "b/1", 0, TERM, NOW)).isEqualTo(held);
        }

        @Test
        void grantsAnotherAtTheVeryInstantItEnds() {
            var held = new Grant("a/1", 4, NOW);
            assertThat(LeaseRules.acquire(held, "b/1", 0, TERM, NOW)).isEqualTo(new Grant("b/1", 5, NOW + TERM));
        }

        @Test
        void countsOnWhenItsOwnLeaseHadEnded() {
            var held = new Grant("a/1", 4, NOW);
            assertThat(LeaseRules.acquire(held, "a/1", 0, TERM, NOW)).isEqualTo(new Grant("a/1", 5, NOW + TERM));
        }

        @Test
        void countsOnFromWhatTheMemberSawWhenTheBooksLostTheEntry() {
            assertThat(LeaseRules.acquire(null, "b/1", 7, TERM, NOW)).isEqualTo(new Grant("b/1", 8, NOW + TERM));
            assertThat(LeaseRules.acquire(new Grant("b/1", 2, NOW + 1), "b/1", 7, TERM, NOW))
                    .isEqualTo(new Grant("b/1", 7, NOW + TERM));
        }

        @Test
        void grantsOneThatWasGivenBack() {
            assertThat(LeaseRules.acquire(new Grant("", 4, 0), "b/1", 0, TERM, NOW))
                    .isEqualTo(new Grant("b/1", 5, NOW + TERM));
        }

        @Test
        void drawsInAnEndThatARunningAheadClockWrote() {
            var held = new Grant("a/1", 4, NOW + 600_000);
            assertThat(LeaseRules.acquire(held, "b/1", 0, TERM, NOW)).isEqualTo(new Grant("a/1", 4, NOW + TERM));
            assertThat(LeaseRules.acquire(new Grant("a/1", 4, NOW + TERM), "b/1", 0, TERM, NOW))
                    .isEqualTo(new Grant("a/1", 4, NOW + TERM));
        }
    }

    @Nested
    class Release {
        @Test
        void keepsTheEpoch() {
            assertThat(LeaseRules.release(new Grant("a/1", 4, NOW), "a/1", 4)).isEqualTo(new Grant("", 4, 0));
        }

        @Test
        void leavesALeaseThatAnotherHolds() {
            var held = new Grant("b/1", 5, NOW);
            assertThat(LeaseRules.release(held, "a/1", 4)).isEqualTo(held);
            assertThat(LeaseRules.release(held, "b/1", 4)).isEqualTo(held);
        }

        @Test
        void isNothingForALeaseThatNeverWas() {
            assertThat(LeaseRules.release(null, "a/1", 1)).isNull();
        }
    }
}
