package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.beacon.Believed.STORE;
import static io.waybill.core.client.beacon.Believed.accepted;
import static io.waybill.core.client.beacon.Believed.refused;
import static io.waybill.core.client.beacon.Believed.root;
import static io.waybill.core.client.beacon.SyntheticBeacon.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.beacon.ssz.SyncAggregate;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import supranational.blst.P1_Affine;

/// Who must sign, and when: each rule on both sides of its edge, on a made-up chain with real signatures.
class SyncProtocolTest {
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
