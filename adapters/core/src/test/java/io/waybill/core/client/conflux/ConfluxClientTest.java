package io.waybill.core.client.conflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.ClientRejection.HeaderFromTheFuture;
import io.waybill.core.ClientRejection.TimeBeforeTrusted;
import io.waybill.core.ClientRejection.TrustedSetMismatch;
import io.waybill.core.ClientRejection.TrustingPeriodExpired;
import io.waybill.core.ClientRejection.UnknownHeight;
import io.waybill.core.ClientRejection.UnknownTrustedHeight;
import io.waybill.core.ConfluxRejection.EpochOutOfRange;
import io.waybill.core.ConfluxRejection.NoNextCommittee;
import io.waybill.core.ConfluxRejection.PivotBelowTrusted;
import io.waybill.core.ConfluxRejection.PivotMissing;
import io.waybill.core.ConfluxRejection.TooFewBlameVotes;
import io.waybill.core.ConfluxRejection.TooLittleVotingPower;
import io.waybill.core.ConfluxRejection.UncrossableEpoch;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.EventRejection.WrongEmitter;
import io.waybill.core.EventRejection.WrongLane;
import io.waybill.core.EventRejection.WrongTopic;
import io.waybill.core.LaneId;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.conflux.ConfluxEventProof;
import io.waybill.core.proof.conflux.ConfluxLog;
import io.waybill.core.proof.conflux.ConfluxReceipt.Outcome;
import io.waybill.core.proof.conflux.DeferredRoots;
import io.waybill.core.proof.conflux.EpochReceipts;
import io.waybill.core.proof.conflux.Epochs;
import io.waybill.core.proof.conflux.LogSpace;
import io.waybill.core.proof.conflux.PowChain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ConfluxClientTest {
    private static final long PERIOD = 100_000_000;
    private static final long DRIFT = 1_000;
    private static final Committee EPOCH_6 = Committee.of(6, 1);
    private static final Committee EPOCH_7 = Committee.of(7, 2, 1, 1, 1);
    private static final Committee EPOCH_8 = Committee.of(8, 1, 2, 3);
    private static final Committee EPOCH_9 = Committee.of(9, 5, 1);
    private static final LedgerInfo ANCHOR = EPOCH_6.info(120, EPOCH_7);
    private static final ConfluxParams PARAMS = ConfluxParams.of(new ChainId("conflux:1029"), ANCHOR, PERIOD, DRIFT);
    private static final ConfluxClient CLIENT = new ConfluxClient(PARAMS);
    private static final ClientState ANCHORED = ConfluxClient.anchor(ANCHOR).orElseThrow();

    private static Bytes update(long trusted, Committee committee, SignedLedgerInfo signed) {
        return new ConfluxUpdate(trusted, committee.state(), signed).encode();
    }

    private static Bytes update(long trusted, Committee committee, LedgerInfo info) {
        return update(trusted, committee, committee.sign(info));
    }

    private static Verdict<ClientState> judge(ClientState state, Bytes update) {
        return CLIENT.update(state, update, Committee.timeMs(600));
    }

    private static ClientState after(ClientState state, Bytes update) {
        return judge(state, update).orElseThrow();
    }

    private static Verdict<ClientState> refused(Rejection reason) {
        return Verdict.reject(reason);
    }

    private static LedgerInfo otherBlock(Committee committee, long height, Committee next) {
        return committee.info(new Pivot(height, Digests.sha256(Bytes.utf8("other"))), next.state());
    }

    @Nested
    class Anchor {
        @Test
        void keepsThePivotAndTheCommitteeThatSignsNext() {
            var kept = ANCHORED.latest();

            assertThat(kept.height()).isEqualTo(120);
            assertThat(kept.hash()).isEqualTo(kept.receiptsRoot());
            assertThat(kept.version()).isEqualTo(7);
            assertThat(kept.setHash()).isEqualTo(EPOCH_7.state().setHash());
            assertThat(kept.timeMs()).isEqualTo(Committee.timeMs(120));
        }

        @Test
        void isTheLastLedgerInfoOfItsEpoch() {
            assertThat(ConfluxClient.anchor(EPOCH_6.info(120, null))).isEqualTo(refused(new NoNextCommittee(6)));
        }

        @Test
        void namesAPivotAboveTheFirstBlock() {
            assertThat(ConfluxClient.anchor(EPOCH_6.info(0, EPOCH_7))).isEqualTo(refused(new PivotMissing()));
            assertThatThrownBy(() ->
                            ConfluxParams.of(new ChainId("conflux:1029"), EPOCH_6.info(0, EPOCH_7), PERIOD, DRIFT))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void hasAnEpochThatThirtyOneBitsHold() {
            long most = Integer.MAX_VALUE;
            var last = Committee.of(most - 1, 1);
            var beyond = Committee.of(most, 1);

            assertThat(ConfluxClient.anchor(last.info(120, beyond)).isAccepted())
                    .isTrue();
            assertThat(ConfluxClient.anchor(beyond.info(120, Committee.of(most + 1, 1))))
                    .isEqualTo(refused(new EpochOutOfRange(most + 1)));
        }

        @Test
        void makesTheClientsName() {
            var other = ConfluxParams.of(new ChainId("conflux:1029"), EPOCH_6.info(180, EPOCH_7), PERIOD, DRIFT);

            assertThat(CLIENT.id()).isNotEqualTo(new ConfluxClient(other).id());
        }
    }

    @Nested
    class Update {
        @Test
        void movesThePivotWithinAnEpoch() {
            var state = after(ANCHORED, update(120, EPOCH_7, EPOCH_7.info(180, null)));

            assertThat(state.latest().height()).isEqualTo(180);
            assertThat(state.latest().setHash()).isEqualTo(EPOCH_7.state().setHash());
            assertThat(state.frozen()).isFalse();
        }

        @Test
        void movesOnToTheCommitteeThatTheOldOneNamed() {
            var state = after(ANCHORED, update(120, EPOCH_7, EPOCH_7.info(180, EPOCH_8)));
            state = after(state, update(180, EPOCH_8, EPOCH_8.info(240, EPOCH_9)));

            assertThat(state.latest().version()).isEqualTo(9);
            assertThat(state.history().keySet()).containsExactly(120L, 180L, 240L);
        }

        @Test
        void movesTheCommitteeOnAtTheSamePivot() {
            var end = EPOCH_7.info(ANCHOR.commitInfo().pivot(), EPOCH_8.state());
            var state = after(ANCHORED, update(120, EPOCH_7, end));

            assertThat(state.history()).hasSize(1);
            assertThat(state.latest().version()).isEqualTo(8);
        }

        @Test
        void changesNothingWhenItIsKnown() {
            var first = update(120, EPOCH_7, EPOCH_7.info(180, EPOCH_8));
            var state = after(ANCHORED, first);
            var atTheSamePivot = EPOCH_8.info(new Pivot(180, state.latest().hash()), EPOCH_9.state());
            var later = after(state, update(180, EPOCH_8, atTheSamePivot));

            assertThat(judge(state, first)).isEqualTo(Verdict.accept(state));
            assertThat(judge(later, first)).isEqualTo(Verdict.accept(later));
        }

        @Test
        void fillsInAPivotBetweenTwoThatAreHeld() {
            var state = after(ANCHORED, update(120, EPOCH_7, EPOCH_7.info(240, EPOCH_8)));

            assertThat(after(state, update(120, EPOCH_7, EPOCH_7.info(180, null)))
                            .history()
                            .keySet())
                    .containsExactly(120L, 180L, 240L);
        }

        @Test
        void takesNoCommitteeButTheOneItHolds() {
            var impostors = Committee.of(7, 9);
            var update = update(120, impostors, impostors.info(180, null));

            assertThat(judge(ANCHORED, update))
                    .isEqualTo(refused(new TrustedSetMismatch(
                            EPOCH_7.state().setHash(), impostors.state().setHash())));
        }

        @Test
        void startsFromAHeightThatIsHeld() {
            assertThat(judge(ANCHORED, update(180, EPOCH_7, EPOCH_7.info(240, null))))
                    .isEqualTo(refused(new UnknownTrustedHeight(180)));
        }

        @Test
        void neverGoesDown() {
            assertThat(judge(ANCHORED, update(120, EPOCH_7, EPOCH_7.info(60, null))))
                    .isEqualTo(refused(new PivotBelowTrusted(120, 60)));
        }

        @Test
        void needsTheQuorumOfTheCommittee() {
            var info = EPOCH_7.info(180, EPOCH_8);

            assertThat(judge(ANCHORED, update(120, EPOCH_7, EPOCH_7.sign(info, 0, 1, 2)))
                            .isAccepted())
                    .isTrue();
            assertThat(judge(ANCHORED, update(120, EPOCH_7, EPOCH_7.sign(info, 1, 2, 3))))
                    .isEqualTo(refused(new TooLittleVotingPower(3, 4)));
            assertThat(judge(
                            ANCHORED,
                            update(
                                    120,
                                    EPOCH_7,
                                    new SignedLedgerInfo(
                                            info, List.of(), EPOCH_7.sign(info).aggregate()))))
                    .isEqualTo(refused(new TooLittleVotingPower(0, 4)));
        }

        @Test
        void doesNotCrossAnEpochWhoseKeysNobodyNames() {
            var client = new ConfluxClient(PARAMS.notCrossing(Set.of(7L)));
            var update = update(120, EPOCH_7, EPOCH_7.info(180, null));

            assertThat(client.update(ANCHORED, update, Committee.timeMs(180)))
                    .isEqualTo(refused(new UncrossableEpoch(7)));
            assertThat(new ConfluxClient(PARAMS.notCrossing(Set.of(6L, 8L)))
                            .update(ANCHORED, update, Committee.timeMs(180))
                            .isAccepted())
                    .isTrue();
        }
    }

    @Nested
    class Time {
        @Test
        void mayBeAheadByTheDriftAndNotMore() {
            var update = update(120, EPOCH_7, EPOCH_7.info(180, null));
            long time = Committee.timeMs(180);

            assertThat(CLIENT.update(ANCHORED, update, time - DRIFT).isAccepted())
                    .isTrue();
            assertThat(CLIENT.update(ANCHORED, update, time - DRIFT - 1))
                    .isEqualTo(refused(new HeaderFromTheFuture(time, time - 1)));
        }

        @Test
        void mayBeTheTrustedOnesAndNotEarlier() {
            assertThat(judge(ANCHORED, update(120, EPOCH_7, at(180, Committee.timeMs(120))))
                            .isAccepted())
                    .isTrue();
            assertThat(judge(ANCHORED, update(120, EPOCH_7, at(180, Committee.timeMs(120) - 1))))
                    .isEqualTo(refused(new TimeBeforeTrusted(Committee.timeMs(120), Committee.timeMs(120) - 1)));
        }

        private LedgerInfo at(long height, long timeMs) {
            var info = EPOCH_7.info(height, null);
            var commit = info.commitInfo();
            return new LedgerInfo(
                    new LedgerInfo.BlockInfo(
                            commit.epoch(),
                            commit.round(),
                            commit.id(),
                            commit.executedStateId(),
                            commit.version(),
                            timeMs * 1000,
                            commit.nextEpochState(),
                            commit.pivot()),
                    info.consensusDataHash());
        }

        @Test
        void runsOutForTheClientAtTheVeryInstantThePeriodEnds() {
            var update = update(120, EPOCH_7, EPOCH_7.info(180, null));
            long end = Committee.timeMs(120) + PERIOD;

            assertThat(CLIENT.update(ANCHORED, update, end - 1).isAccepted()).isTrue();
            assertThat(CLIENT.update(ANCHORED, update, end))
                    .isEqualTo(refused(new ClientNotActive(ClientStatus.EXPIRED)));
        }

        @Test
        void runsOutForOldCommitteesWhoseKeysMayHaveLeaked() {
            var state = after(ANCHORED, update(120, EPOCH_7, EPOCH_7.info(240, EPOCH_8)));
            var old = update(120, EPOCH_7, EPOCH_7.info(180, null));
            long end = Committee.timeMs(120) + PERIOD;

            assertThat(CLIENT.update(state, old, end - 1).isAccepted()).isTrue();
            assertThat(CLIENT.update(state, old, end))
                    .isEqualTo(refused(new TrustingPeriodExpired(Committee.timeMs(120), end)));
        }
    }

    @Nested
    class Misbehaviour {
        private static void freezes(ClientState state, Bytes update) {
            var frozen = after(state, update);

            assertThat(frozen).isEqualTo(state.freeze());
            assertThat(CLIENT.status(frozen, Committee.timeMs(240))).isEqualTo(ClientStatus.FROZEN);
            assertThat(judge(frozen, update)).isEqualTo(refused(new ClientNotActive(ClientStatus.FROZEN)));
        }

        @Test
        void isAnotherBlockAtAPivotsHeight() {
            var state = after(ANCHORED, update(120, EPOCH_7, EPOCH_7.info(180, EPOCH_8)));

            freezes(state, update(120, EPOCH_7, otherBlock(EPOCH_7, 180, EPOCH_8)));
        }

        @Test
        void isNoMisbehaviourWithoutAQuorum() {
            var state = after(ANCHORED, update(120, EPOCH_7, EPOCH_7.info(180, EPOCH_8)));
            var other = otherBlock(EPOCH_7, 180, EPOCH_8);

            assertThat(judge(state, update(120, EPOCH_7, EPOCH_7.sign(other, 1, 2, 3))))
                    .isEqualTo(refused(new TooLittleVotingPower(3, 4)));
        }

        @Test
        void isAnotherCommitteeForAnEpoch() {
            var state = after(ANCHORED, update(120, EPOCH_7, EPOCH_7.info(180, EPOCH_8)));
            var other = Committee.of(8, 7);

            freezes(state, update(120, EPOCH_7, EPOCH_7.info(180, other)));
        }

        @Test
        void isAnEpochThatReachesBeyondItsEnd() {
            var state = after(ANCHORED, update(120, EPOCH_7, EPOCH_7.info(180, EPOCH_8)));

            freezes(state, update(120, EPOCH_7, EPOCH_7.info(240, null)));
        }

        @Test
        void isAnEpochThatEndsBelowWhatItReached() {
            var state = after(ANCHORED, update(120, EPOCH_7, EPOCH_7.info(240, null)));

            freezes(state, update(120, EPOCH_7, EPOCH_7.info(180, EPOCH_8)));
        }
    }

    @Nested
    class WireForm {
        private static final Bytes UPDATE = update(120, EPOCH_7, EPOCH_7.info(180, EPOCH_8));

        private static Verdict<ClientState> changed(int index, Rlp item) {
            var items = new ArrayList<>(Rlp.decode(UPDATE).map(Rlp::items).orElseThrow());
            items.set(index, item);
            return judge(ANCHORED, Rlp.list(items).encode());
        }

        @Test
        void hasFiveItemsWithinTheirBounds() {
            var items = Rlp.decode(UPDATE).map(Rlp::items).orElseThrow();
            var signer = Rlp.of(Bytes32.ZERO.value());
            var many = Collections.nCopies(EpochState.MOST_VALIDATORS + 1, signer);

            assertThat(judge(ANCHORED, Rlp.list(items.subList(0, 4)).encode()))
                    .isEqualTo(refused(new MalformedUpdate("items")));
            assertThat(changed(0, Rlp.of(-1))).isEqualTo(refused(new MalformedUpdate("trustedHeight")));
            assertThat(changed(3, Rlp.list(Rlp.of(Bytes.of(1))))).isEqualTo(refused(new MalformedUpdate("signers")));
            assertThat(changed(3, Rlp.list(many))).isEqualTo(refused(new MalformedUpdate("signers")));
            assertThat(changed(4, Rlp.of(Bytes.of(new byte[96])))).isEqualTo(refused(new MalformedUpdate("aggregate")));
        }

        @Test
        void isRefusedWithAnyOctetChanged() {
            for (int i = 0; i < UPDATE.size(); i++) {
                assertThat(judge(ANCHORED, UPDATE.with(i, UPDATE.at(i) ^ (1 << (i % 8)))))
                        .as("octet %d", i)
                        .isInstanceOf(Verdict.Rejected.class);
            }
        }

        @Test
        void isRefusedCutShortOrWithAnOctetMore() {
            assertThat(judge(ANCHORED, UPDATE.slice(0, UPDATE.size() - 1))).isInstanceOf(Verdict.Rejected.class);
            assertThat(judge(ANCHORED, Bytes.concat(UPDATE, Bytes.of(0)))).isInstanceOf(Verdict.Rejected.class);
            assertThat(judge(ANCHORED, Bytes.EMPTY)).isInstanceOf(Verdict.Rejected.class);
        }
    }

    @Nested
    class VerifyCheckpoint {
        private static final long H = 149;
        private static final long PIVOT = 180;
        private static final EpochReceipts EPOCH = Epochs.with(Epochs.receipt(
                Outcome.SUCCESS,
                new ConfluxLog(Epochs.checkpoint(), LogSpace.CORE),
                new ConfluxLog(Epochs.checkpoint(), LogSpace.ESPACE)));
        private static final PowChain CHAIN = PowChain.between(H, PIVOT, Map.of(H, EPOCH.root()), Map.of());
        private static final ClientState STATE =
                after(ANCHORED, update(120, EPOCH_7, EPOCH_7.info(new Pivot(PIVOT, CHAIN.hash(PIVOT)), null)));

        private static Bytes proof(int logIndex) {
            return ConfluxEventProof.of(CHAIN.down(PIVOT, H), DeferredRoots.stated(), EPOCH, Epochs.place(logIndex))
                    .encode();
        }

        private static Verdict<Checkpoint> verify(ConfluxClient client, Bytes proof) {
            return client.verifyCheckpoint(STATE, Epochs.OUTBOX, LogRole.PACKETS, Epochs.LANE, PIVOT, proof);
        }

        private static Verdict<Checkpoint> no(Rejection reason) {
            return Verdict.reject(reason);
        }

        @Test
        void readsTheCheckpointInTheSpaceOfTheClient() {
            var checkpoint = new Checkpoint(Epochs.LANE, 5, Epochs.ROOT);

            assertThat(verify(CLIENT, proof(1))).isEqualTo(Verdict.accept(checkpoint));
            assertThat(verify(new ConfluxClient(PARAMS.in(LogSpace.CORE)), proof(0)))
                    .isEqualTo(Verdict.accept(checkpoint));
        }

        @Test
        void asksForAsManyVotesAsTheClientDoes() {
            assertThat(verify(new ConfluxClient(PARAMS.withMinVotes(31)), proof(1))
                            .isAccepted())
                    .isTrue();
            assertThat(verify(new ConfluxClient(PARAMS.withMinVotes(32)), proof(1)))
                    .isEqualTo(no(new TooFewBlameVotes(31, 32)));
        }

        @Test
        void asksForThePivotsHeight() {
            assertThat(CLIENT.verifyCheckpoint(
                            STATE, Epochs.OUTBOX, LogRole.PACKETS, Epochs.LANE, PIVOT + 60, proof(1)))
                    .isEqualTo(no(new UnknownHeight(PIVOT + 60)));
        }

        @Test
        void asksForTheEmitterTheRoleAndTheLane() {
            var lane = new LaneId(Bytes32.ZERO);

            assertThat(CLIENT.verifyCheckpoint(STATE, Address.ZERO, LogRole.PACKETS, Epochs.LANE, PIVOT, proof(1)))
                    .isEqualTo(no(new WrongEmitter()));
            assertThat(CLIENT.verifyCheckpoint(STATE, Epochs.OUTBOX, LogRole.STATUSES, Epochs.LANE, PIVOT, proof(1)))
                    .isEqualTo(no(new WrongTopic()));
            assertThat(CLIENT.verifyCheckpoint(STATE, Epochs.OUTBOX, LogRole.PACKETS, lane, PIVOT, proof(1)))
                    .isEqualTo(no(new WrongLane(Epochs.LANE.value())));
        }

        @Test
        void refusesAProofWithAnyOctetChanged() {
            var chain = PowChain.between(PIVOT - 1, PIVOT, Map.of(PIVOT - 1, EPOCH.root()), Map.of());
            var info = EPOCH_7.info(new Pivot(PIVOT, chain.hash(PIVOT)), null);
            var state = after(ANCHORED, update(120, EPOCH_7, info));
            var client = new ConfluxClient(PARAMS.withMinVotes(1));
            var proof = ConfluxEventProof.of(
                            chain.down(PIVOT, PIVOT - 1), DeferredRoots.stated(), EPOCH, Epochs.place(1))
                    .encode();
            assertThat(client.verifyCheckpoint(state, Epochs.OUTBOX, LogRole.PACKETS, Epochs.LANE, PIVOT, proof)
                            .isAccepted())
                    .isTrue();
            for (int i = 0; i < proof.size(); i++) {
                var changed = proof.with(i, proof.at(i) ^ (1 << (i % 8)));
                assertThat(client.verifyCheckpoint(state, Epochs.OUTBOX, LogRole.PACKETS, Epochs.LANE, PIVOT, changed))
                        .as("octet %d", i)
                        .isInstanceOf(Verdict.Rejected.class);
            }
        }
    }
}
