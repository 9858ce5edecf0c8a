package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.beacon.SyntheticBeacon.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.beacon.ssz.Fork;
import io.waybill.core.client.beacon.ssz.SyncAggregate;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import supranational.blst.P1_Affine;

/// Each rule of the sync protocol on both sides of its edge, on a made-up chain with real signatures.
class SyncProtocolTest {
    /// A header at slot 64, the first of period 1, with the next committee known.
    private static final SyncStore STORE = new SyncStore(64, root(1), root(2));

    private static Bytes32 root(long period) {
        return SyntheticBeacon.committee(period).root();
    }

    private static Verdict<LightClientUpdate> judged(SyncStore store, LightClientUpdate update) {
        return judged(CHAIN, store, update);
    }

    private static Verdict<LightClientUpdate> judged(BeaconChain chain, SyncStore store, LightClientUpdate update) {
        var signers = SyntheticBeacon.committee(chain.period(update.signatureSlot()));
        return new SyncProtocol(chain, store, update, chain.timeMs(update.signatureSlot())).validate(signers);
    }

    private static void accepted(SyncStore store, LightClientUpdate update) {
        assertThat(judged(store, update)).isEqualTo(accept(update));
    }

    private static void refused(SyncStore store, LightClientUpdate update, Rejection reason) {
        assertThat(judged(store, update)).isEqualTo(reject(reason));
    }

    @Nested
    class Participation {
        @Test
        void twoThirdsAreEnough() {
            accepted(STORE, Draft.of(80, 72).participants(22).update());
            accepted(STORE, Draft.of(80, 72).participants(32).update());
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 21})
        void fewerAreNot(int participants) {
            refused(
                    STORE,
                    Draft.of(80, 72).participants(participants).update(),
                    new BeaconRejection.TooFewParticipants(participants, 22));
        }

        @Test
        void mainnetNeeds342Of512() {
            assertThat(Preset.MAINNET.participantsNeeded()).isEqualTo(342);
        }

        @ParameterizedTest
        @CsvSource({"22, 21", "32, 31", "22, 23", "31, 32"})
        void whoIsSaidToTakePartMustHaveSigned(int said, int signed) {
            var update = Draft.of(80, 72).participants(said).signing(signed).update();
            refused(STORE, update, new BeaconRejection.AggregateSignatureInvalid());
        }

        /// The last member has the key of the first: both bits stand for it, and it signs twice.
        @Test
        void aMemberThatIsThereTwiceCountsTwice() {
            accepted(STORE, Draft.of(80, 72).participants(32).update());
            refused(
                    STORE,
                    Draft.of(80, 72).participants(32).signing(31).update(),
                    new BeaconRejection.AggregateSignatureInvalid());
        }

        @Test
        void theIdentityIsNoSignature() {
            var update = Draft.of(80, 72).update();
            var identity = Bytes.concat(Bytes.of(0xc0), Bytes.of(new byte[95]));
            refused(STORE, signed(update, identity), new BeaconRejection.AggregateSignatureInvalid());
        }

        @Test
        void octetsThatAreNoPointAreNoSignature() {
            var update = Draft.of(80, 72).update();
            refused(STORE, signed(update, Bytes.of(new byte[96])), new BeaconRejection.AggregateSignatureInvalid());
            var good = update.aggregate().signature();
            refused(
                    STORE,
                    signed(update, good.with(0, good.at(0) ^ 0x20)),
                    new BeaconRejection.AggregateSignatureInvalid());
            refused(
                    STORE,
                    signed(update, good.with(0, good.at(0) & 0x7f)),
                    new BeaconRejection.AggregateSignatureInvalid());
        }

        private static LightClientUpdate signed(LightClientUpdate update, Bytes signature) {
            return new LightClientUpdate(
                    update.attested(),
                    update.finalised(),
                    update.next(),
                    new SyncAggregate(update.aggregate().bits(), signature),
                    update.signatureSlot());
        }
    }

    @Nested
    class Slots {
        @Test
        void theSignatureComesAfterTheAttestedHeader() {
            accepted(STORE, Draft.of(80, 72).signedAt(81).update());
            refused(STORE, Draft.of(80, 72).signedAt(80).update(), new BeaconRejection.SlotsOutOfOrder(80, 80, 72));
            refused(STORE, Draft.of(80, 72).signedAt(79).update(), new BeaconRejection.SlotsOutOfOrder(79, 80, 72));
        }

        @Test
        void theFinalisedHeaderIsNotAfterTheAttestedOne() {
            accepted(STORE, Draft.of(80, 80).update());
            refused(STORE, Draft.of(80, 81).update(), new BeaconRejection.SlotsOutOfOrder(81, 80, 81));
        }

        @Test
        void theSignatureIsNotFromTheFuture() {
            var update = Draft.of(80, 72).update();
            var signers = SyntheticBeacon.committee(1);
            long begins = CHAIN.timeMs(81);
            assertThat(new SyncProtocol(CHAIN, STORE, update, begins).validate(signers))
                    .isEqualTo(accept(update));
            assertThat(new SyncProtocol(CHAIN, STORE, update, begins - 1).validate(signers))
                    .isEqualTo(reject(new ClientRejection.HeaderFromTheFuture(begins, begins - 1)));
        }

        @Test
        void genesisIsNotFinalised() {
            var store = new SyncStore(8, root(0), root(1));
            accepted(store, Draft.of(20, 1).update());
            refused(store, Draft.of(20, 0).update(), new BeaconRejection.NotFinalised());
        }

        @Test
        void theAttestedHeaderIsNewer() {
            accepted(STORE, Draft.of(65, 64).update());
            var beyond = new SyncStore(65, root(1), root(2));
            refused(beyond, Draft.of(65, 64).update(), new BeaconRejection.UpdateNotRelevant(65, 65));
        }

        @Test
        void orItBringsTheMissingCommittee() {
            var missing = new SyncStore(90, root(1), Bytes32.ZERO);
            accepted(missing, Draft.of(80, 72).bringsNext().update());
            refused(missing, Draft.of(80, 72).update(), new BeaconRejection.UpdateNotRelevant(90, 80));
            var known = new SyncStore(90, root(1), root(2));
            refused(known, Draft.of(80, 72).bringsNext().update(), new BeaconRejection.UpdateNotRelevant(90, 80));
        }

        @Test
        void slotsBeyond32BitsAreJudgedAlike() {
            long slot = (1L << 40) + 64;
            long period = CHAIN.period(slot);
            var store = new SyncStore(slot, root(period), Bytes32.ZERO);
            accepted(store, Draft.of(slot + 16, slot + 8).update());
            refused(
                    store,
                    Draft.of(slot + 64, slot + 8).update(),
                    new BeaconRejection.PeriodOutOfReach(period, period + 1));
        }
    }

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

    @Nested
    class Keys {
        private static Rejection reasonFor(Bytes key) {
            var octets = SyntheticBeacon.committee(1).octets();
            var odd = new SyncCommittee(Bytes.concat(
                    octets.slice(0, 3 * SyncCommittee.KEY), key, octets.slice(4 * SyncCommittee.KEY, octets.size())));
            var store = new SyncStore(64, odd.root(), Bytes32.ZERO);
            var verdict = new SyncProtocol(CHAIN, store, Draft.of(80, 72).update(), CHAIN.timeMs(81)).validate(odd);
            return ((Verdict.Rejected<LightClientUpdate>) verdict).reason();
        }

        @Test
        void theIdentityIsNoKey() {
            assertThat(reasonFor(Bytes.concat(Bytes.of(0xc0), Bytes.of(new byte[47]))))
                    .isEqualTo(new BeaconRejection.CommitteeKeyInvalid(3));
        }

        @Test
        void aPointOutsideTheSubgroupIsNoKey() {
            var outside = Bytes.concat(Bytes.of(0x80), Bytes.of(new byte[46]), Bytes.of(4));
            assertThat(new P1_Affine(outside.toArray()).on_curve()).isTrue();
            assertThat(reasonFor(outside)).isEqualTo(new BeaconRejection.CommitteeKeyInvalid(3));
        }

        @Test
        void octetsOffTheCurveAreNoKey() {
            assertThat(reasonFor(Bytes.of(new byte[48]))).isEqualTo(new BeaconRejection.CommitteeKeyInvalid(3));
        }
    }
}
