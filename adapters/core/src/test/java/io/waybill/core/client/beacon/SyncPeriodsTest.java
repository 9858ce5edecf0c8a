package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.beacon.Believed.STORE;
import static io.waybill.core.client.beacon.Believed.accepted;
import static io.waybill.core.client.beacon.Believed.judged;
import static io.waybill.core.client.beacon.Believed.refused;
import static io.waybill.core.client.beacon.Believed.root;
import static io.waybill.core.client.beacon.SyntheticBeacon.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection;
import io.waybill.core.client.beacon.ssz.Fork;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Which committee signs, under which fork, and how the next one is learnt: each rule on both sides of its
/// edge.
class SyncPeriodsTest {
    @Nested
    class Periods {
        private final SyncStore alone = new SyncStore(64, root(1), Bytes32.ZERO);

        @Test
        void theLastSlotOfThePeriodIsSignedByItsCommittee() {
            accepted(alone, Draft.of(126, 112).signedAt(127).update());
        }

        @Test
        void thePeriodAfterItNeedsTheNextCommittee() {
            var update = Draft.of(127, 112).signedAt(128).update();
            accepted(STORE, update);
            refused(alone, update, new BeaconRejection.PeriodOutOfReach(1, 2));
        }

        @Test
        void thePeriodAfterThatIsOutOfReach() {
            accepted(STORE, Draft.of(190, 176).signedAt(191).update());
            refused(STORE, Draft.of(191, 176).signedAt(192).update(), new BeaconRejection.PeriodOutOfReach(2, 3));
        }

        @Test
        void thePeriodBeforeItIsOver() {
            refused(STORE, Draft.of(62, 56).signedAt(63).update(), new BeaconRejection.PeriodBeforeTrusted(1, 0));
        }

        @Test
        void theCommitteeOfAnotherPeriodSignsNothing() {
            var update = Draft.of(80, 72).signedBy(2).update();
            refused(STORE, update, new BeaconRejection.AggregateSignatureInvalid());
        }

        @Test
        void aCommitteeThatTheUpdateBringsItselfIsNotTrusted() {
            var update = Draft.of(80, 72).signedBy(9).update();
            var stranger = SyntheticBeacon.committee(9);
            assertThat(new SyncProtocol(CHAIN, STORE, update, CHAIN.timeMs(81)).validate(stranger))
                    .isEqualTo(reject(new ClientRejection.TrustedSetMismatch(root(1), stranger.root())));
        }
    }

    @Nested
    class Forks {
        /// The state lies deeper from Electra on, whatever the fork of the signature or of the finalised header
        /// is.
        @ParameterizedTest
        @CsvSource({"14, 8", "20, 16", "40, 32", "47, 40", "48, 40", "95, 88", "96, 88", "159, 152", "160, 152"})
        void everyForkHasItsPlacesAndItsVersion(long attested, long finalised) {
            long period = CHAIN.period(finalised);
            var store = new SyncStore(Math.max(1, period * 64), root(period), root(period + 1));
            accepted(store, Draft.of(attested, finalised).bringsNext().update());
        }

        @ParameterizedTest
        @CsvSource({"95, ELECTRA", "96, DENEB", "100, DENEB", "80, FULU"})
        void theDepthOfAnotherForkIsRefused(long attested, Fork other) {
            refused(
                    STORE,
                    Draft.of(attested, 72).stateOf(other).update(),
                    new BeaconRejection.FinalityBranchInvalid(attested));
        }

        @Test
        void theFirstSlotOfAForkIsSignedUnderTheVersionBefore() {
            var before = Draft.of(95, 88).signedAt(96);
            accepted(STORE, before.update());
            refused(STORE, before.signedFor(forkedAt(11)).update(), new BeaconRejection.AggregateSignatureInvalid());
            refused(
                    STORE,
                    Draft.of(95, 88).signedAt(97).signedFor(forkedAt(13)).update(),
                    new BeaconRejection.AggregateSignatureInvalid());
        }

        private static BeaconChain forkedAt(long electra) {
            return with(BeaconVectors.minimalForks(0, 2, 4, 6, electra, 20));
        }

        private static BeaconChain with(ForkSchedule forks) {
            return new BeaconChain(
                    CHAIN.preset(), forks, CHAIN.genesisValidatorsRoot(), CHAIN.genesisTime(), CHAIN.slotMs());
        }

        @Test
        void anotherChainsSignatureIsRefused() {
            var other =
                    new BeaconChain(CHAIN.preset(), CHAIN.forks(), Bytes32.ZERO, CHAIN.genesisTime(), CHAIN.slotMs());
            refused(STORE, Draft.of(80, 72).signedFor(other).update(), new BeaconRejection.AggregateSignatureInvalid());
        }

        @Test
        void anUnknownForkStopsTheClient() {
            var announced = with(new ForkSchedule(CHAIN.forks().activations(), 22));
            var store = new SyncStore(128, root(2), root(3));
            var last = Draft.of(175, 168).signedAt(176).update();
            assertThat(judged(announced, store, last)).isEqualTo(accept(last));
            assertThat(judged(announced, store, Draft.of(175, 168).signedAt(177).update()))
                    .isEqualTo(reject(new BeaconRejection.UnknownFork(22)));
            assertThat(judged(announced, store, Draft.of(176, 168).update()))
                    .isEqualTo(reject(new BeaconRejection.UnknownFork(22)));
        }

        @Test
        void thereIsNoLightClientBeforeAltair() {
            var late = with(new ForkSchedule(
                    List.of(new ForkSchedule.Activation(Fork.ALTAIR, 2, Bytes.of(1, 0, 0, 1))), Long.MAX_VALUE));
            assertThat(late.fork(15)).isEqualTo(reject(new BeaconRejection.UnknownFork(1)));
            assertThat(late.fork(16)).isEqualTo(accept(Fork.ALTAIR));
        }

        @ParameterizedTest
        @EnumSource(Fork.class)
        void versionsCountFromAltair(Fork fork) {
            assertThat(fork.version()).isEqualTo(List.of(Fork.values()).indexOf(fork) + 1);
        }
    }

    @Nested
    class NextCommittee {
        private final SyncStore alone = new SyncStore(64, root(1), Bytes32.ZERO);

        @Test
        void comesOutOfTheAttestedState() {
            var update = Draft.of(80, 72).bringsNext().update();
            accepted(alone, update);
            assertThat(alone.after(CHAIN, update)).isEqualTo(new SyncStore(72, root(1), root(2)));
        }

        @Test
        void thatIsNotInTheStateIsRefused() {
            var update = Draft.of(80, 72).bringsNext().update();
            var other = new LightClientUpdate(
                    update.attested(),
                    update.finalised(),
                    new InState<>(
                            SyntheticBeacon.committee(9),
                            Objects.requireNonNull(update.next()).branch()),
                    update.aggregate(),
                    update.signatureSlot());
            refused(alone, other, new BeaconRejection.CommitteeBranchInvalid(80));
        }

        @Test
        void isTheOneThatIsKnownAlready() {
            accepted(STORE, Draft.of(80, 72).bringsNext().update());
            refused(
                    STORE,
                    Draft.of(80, 72).bringsNext(SyntheticBeacon.committee(9)).update(),
                    new BeaconRejection.NextCommitteeMismatch(root(2), root(9)));
        }

        @Test
        void staysUnknownWithoutAnUpdateThatBringsIt() {
            var update = Draft.of(80, 72).update();
            assertThat(alone.after(CHAIN, update)).isEqualTo(new SyncStore(72, root(1), Bytes32.ZERO));
        }

        @Test
        void movesUpWhenAHeaderOfTheNextPeriodIsFinal() {
            var silent = Draft.of(150, 136).update();
            accepted(STORE, silent);
            assertThat(STORE.after(CHAIN, silent)).isEqualTo(new SyncStore(136, root(2), Bytes32.ZERO));
            var bringing = Draft.of(150, 136).bringsNext().update();
            accepted(STORE, bringing);
            assertThat(STORE.after(CHAIN, bringing)).isEqualTo(new SyncStore(136, root(2), root(3)));
        }

        /// The attested state is of the next period already, and so is the committee it names as next.
        @Test
        void ofTheNextPeriodIsNotTakenForThisOne() {
            var update = Draft.of(136, 120).bringsNext().update();
            accepted(STORE, update);
            assertThat(STORE.after(CHAIN, update)).isEqualTo(new SyncStore(120, root(1), root(2)));
        }

        /// The state is of the period before: what it names as next is this period's committee.
        @Test
        void ofThePeriodBeforeIsNotTakenForThisOne() {
            var update = Draft.of(63, 56).signedAt(64).bringsNext().update();
            refused(alone, update, new BeaconRejection.UpdateNotRelevant(64, 63));
        }

        /// A finalised header of the period before supports nothing in this one.
        @Test
        void needsAFinalisedHeaderOfItsPeriod() {
            var update = Draft.of(72, 56).bringsNext().update();
            accepted(alone, update);
            assertThat(alone.after(CHAIN, update)).isEqualTo(alone);
        }

        @Test
        void needsTwoThirdsToo() {
            refused(
                    alone,
                    Draft.of(80, 72).bringsNext().participants(1).update(),
                    new BeaconRejection.TooFewParticipants(1, 22));
        }
    }
}
