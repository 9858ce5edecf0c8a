package io.waybill.core.client.conflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.AccountMismatch;
import io.waybill.core.ConfluxRejection.CommitteeKeyInvalid;
import io.waybill.core.ConfluxRejection.CommitteePowerMismatch;
import io.waybill.core.ConfluxRejection.EpochMismatch;
import io.waybill.core.ConfluxRejection.LedgerInfoSignatureInvalid;
import io.waybill.core.ConfluxRejection.NextEpochMismatch;
import io.waybill.core.ConfluxRejection.PivotMissing;
import io.waybill.core.ConfluxRejection.PivotNotAligned;
import io.waybill.core.ConfluxRejection.SignerNotInCommittee;
import io.waybill.core.ConfluxRejection.SignersNotAscending;
import io.waybill.core.ConfluxRejection.TooLittleVotingPower;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Bls;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class LedgerInfoRulesTest {
    /// Power 99, 101, 1 and 99 of 300: the quorum is 201.
    private static final Committee COMMITTEE = Committee.of(14, 99, 101, 1, 99);

    private static final LedgerInfo INFO = COMMITTEE.info(1320, null);

    private static Verdict<LedgerInfo> judge(SignedLedgerInfo signed) {
        return LedgerInfoRules.judge(COMMITTEE.state(), signed);
    }

    private static Verdict<LedgerInfo> refused(Rejection reason) {
        return Verdict.reject(reason);
    }

    private static SignedLedgerInfo by(SignedLedgerInfo signed, List<Bytes32> signers) {
        return new SignedLedgerInfo(signed.info(), signers, signed.aggregate());
    }

    @Nested
    class Power {
        @Test
        void isEnoughAtTheQuorumAndNotOneBelow() {
            assertThat(judge(COMMITTEE.sign(INFO, 0, 1, 2))).isEqualTo(Verdict.accept(INFO));
            assertThat(judge(COMMITTEE.sign(INFO, 0, 1))).isEqualTo(refused(new TooLittleVotingPower(200, 201)));
        }

        @Test
        void isNoneWithoutSigners() {
            assertThat(judge(by(COMMITTEE.sign(INFO), List.of()))).isEqualTo(refused(new TooLittleVotingPower(0, 201)));
        }

        @Test
        void countsNoSignerTwiceAndNoneOutOfOrder() {
            var signed = COMMITTEE.sign(INFO, 0, 1, 2);
            var first = COMMITTEE.account(0);
            var second = COMMITTEE.account(1);

            assertThat(judge(by(signed, List.of(first, first, second)))).isEqualTo(refused(new SignersNotAscending(1)));
            assertThat(judge(by(signed, List.of(second, first)))).isEqualTo(refused(new SignersNotAscending(1)));
        }

        @Test
        void isNotAStrangers() {
            var stranger = Committee.of(99, 1).account(0);
            var signers = new ArrayList<>(List.of(COMMITTEE.account(0), stranger));
            signers.sort(Bytes32::compareTo);

            assertThat(judge(by(COMMITTEE.sign(INFO), signers))).isEqualTo(refused(new SignerNotInCommittee(stranger)));
        }

        @Test
        void isCountedFromTheMembersNotTaken() {
            var state = COMMITTEE.state();
            var lowQuorum = new EpochState(14, state.validators(), 99, 300, state.vrfSeed());
            var lowTotal = new EpochState(14, state.validators(), 201, 299, state.vrfSeed());

            assertThat(LedgerInfoRules.judge(lowQuorum, COMMITTEE.sign(INFO, 0)))
                    .isEqualTo(refused(new CommitteePowerMismatch(99, 300, 300)));
            assertThat(LedgerInfoRules.judge(lowTotal, COMMITTEE.sign(INFO)))
                    .isEqualTo(refused(new CommitteePowerMismatch(201, 299, 300)));
        }

        @Test
        void isNotACommitteesOfNone() {
            var none = new EpochState(14, List.of(), 1, 0, Bytes.EMPTY);

            assertThat(LedgerInfoRules.judge(none, by(COMMITTEE.sign(INFO), List.of())))
                    .isEqualTo(refused(new CommitteePowerMismatch(1, 0, 0)));
        }
    }

    @Nested
    class Epochs {
        @Test
        void mustBeTheCommittees() {
            var next = Committee.of(15, 99, 101, 1, 99).info(1320, null);
            var empty = new LedgerInfo(
                    new LedgerInfo.BlockInfo(0, 0, Bytes32.ZERO, Bytes32.ZERO, 0, 0, null, null), Bytes32.ZERO);

            assertThat(judge(COMMITTEE.sign(next))).isEqualTo(refused(new EpochMismatch(14, 15)));
            assertThat(judge(COMMITTEE.sign(empty))).isEqualTo(refused(new EpochMismatch(14, 0)));
        }

        @Test
        void goUpByOneToTheNextCommittee() {
            var next = COMMITTEE.info(1320, Committee.of(15, 1));

            assertThat(judge(COMMITTEE.sign(next))).isEqualTo(Verdict.accept(next));
            assertThat(judge(COMMITTEE.sign(COMMITTEE.info(1320, Committee.of(16, 1)))))
                    .isEqualTo(refused(new NextEpochMismatch(15, 16)));
            assertThat(judge(COMMITTEE.sign(COMMITTEE.info(1320, Committee.of(14, 1)))))
                    .isEqualTo(refused(new NextEpochMismatch(15, 14)));
        }

        @Test
        void doNotPassToACommitteeThatMisstatesItself() {
            var honest = Committee.of(15, 3).state();
            var first = honest.validators().getFirst();
            var renamed = new Validator(Bytes32.ZERO, first.publicKey(), first.vrfKey(), first.votingPower());
            var misnamed = EpochState.of(15, List.of(renamed), Bytes.EMPTY);
            var misstated = new EpochState(15, honest.validators(), 2, 3, Bytes.EMPTY);
            var pivot = INFO.commitInfo().pivot();

            assertThat(judge(COMMITTEE.sign(COMMITTEE.info(pivot, misnamed))))
                    .isEqualTo(refused(new AccountMismatch(Bytes32.ZERO, first.account())));
            assertThat(judge(COMMITTEE.sign(COMMITTEE.info(pivot, misstated))))
                    .isEqualTo(refused(new CommitteePowerMismatch(2, 3, 3)));
        }
    }

    @Nested
    class Pivots {
        @Test
        void mustBeThere() {
            assertThat(judge(COMMITTEE.sign(COMMITTEE.info((Pivot) null, null))))
                    .isEqualTo(refused(new PivotMissing()));
        }

        @Test
        void fallOnMultiplesOfSixty() {
            var beyond = COMMITTEE.info(60L << 32, null);

            assertThat(judge(COMMITTEE.sign(COMMITTEE.info(1321, null)))).isEqualTo(refused(new PivotNotAligned(1321)));
            assertThat(judge(COMMITTEE.sign(beyond))).isEqualTo(Verdict.accept(beyond));
        }
    }

    @Nested
    class Signatures {
        @Test
        void areOfTheChainsOwnScheme() {
            assertThat(judge(COMMITTEE.sign(Bls.Scheme.ETHEREUM, INFO, 0, 1, 2, 3)))
                    .isEqualTo(refused(new LedgerInfoSignatureInvalid()));
        }

        @Test
        void areOverTheSeedAndThisLedgerInfo() {
            var all = new int[] {0, 1, 2, 3};
            var unseeded = COMMITTEE.aggregate(Bls.Scheme.CONFLUX, INFO.encode(), all);
            var signers = COMMITTEE.sign(INFO).signers();
            var other = COMMITTEE.sign(COMMITTEE.info(1380, null));

            assertThat(judge(new SignedLedgerInfo(INFO, signers, unseeded)))
                    .isEqualTo(refused(new LedgerInfoSignatureInvalid()));
            assertThat(judge(new SignedLedgerInfo(INFO, signers, other.aggregate())))
                    .isEqualTo(refused(new LedgerInfoSignatureInvalid()));
        }

        @Test
        void areOfExactlyTheSignersNamed() {
            var three = COMMITTEE.sign(INFO, 0, 1, 2);
            var four = COMMITTEE.sign(INFO);

            assertThat(judge(by(three, four.signers()))).isEqualTo(refused(new LedgerInfoSignatureInvalid()));
            assertThat(judge(by(four, three.signers()))).isEqualTo(refused(new LedgerInfoSignatureInvalid()));
        }

        @Test
        void areNotThePointAtInfinityNorCompressed() {
            var signers = COMMITTEE.sign(INFO).signers();
            var infinity = Bytes.of(new byte[192]).with(0, 0x40);
            var compressed = Bytes.of(new byte[96]).with(0, 0xc0);

            assertThat(judge(new SignedLedgerInfo(INFO, signers, infinity)))
                    .isEqualTo(refused(new LedgerInfoSignatureInvalid()));
            assertThat(judge(new SignedLedgerInfo(INFO, signers, compressed)))
                    .isEqualTo(refused(new LedgerInfoSignatureInvalid()));
        }

        @Test
        void areNotMadeByAKeyThatIsNone() {
            var infinity = Bytes.of(new byte[48]).with(0, 0xc0);
            var account = COMMITTEE.account(0);
            var keyless = EpochState.of(14, List.of(new Validator(account, infinity, null, 1)), Bytes.EMPTY);

            assertThat(LedgerInfoRules.judge(keyless, by(COMMITTEE.sign(INFO, 0), List.of(account))))
                    .isEqualTo(refused(new CommitteeKeyInvalid(account)));
        }
    }
}
