package io.waybill.core.client.fisco;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection.TimeBeforeTrusted;
import io.waybill.core.FiscoRejection.MalformedGasUsed;
import io.waybill.core.FiscoRejection.NumberNotNext;
import io.waybill.core.FiscoRejection.ParentMismatch;
import io.waybill.core.FiscoRejection.SealerSignatureInvalid;
import io.waybill.core.FiscoRejection.SetChangedTwice;
import io.waybill.core.FiscoRejection.TooLittleWeight;
import io.waybill.core.FiscoRejection.VersionBelowFloor;
import io.waybill.core.client.fisco.FiscoVectors.Block;
import io.waybill.core.client.fisco.HeaderReplay.Judgement;
import io.waybill.core.client.fisco.HeaderReplay.Judgement.Accepted;
import io.waybill.core.client.fisco.HeaderReplay.Judgement.Refused;
import io.waybill.core.client.fisco.HeaderReplay.Judgement.Waiting;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HeaderReplayTest {
    private static final int FLOOR = HeaderRules.LOWEST_FLOOR;

    private static List<Judgement> replay(String network) {
        var blocks = FiscoVectors.chain(network);
        var rules = new HeaderRules(FiscoVectors.suite(network), FLOOR);
        var replay = HeaderReplay.from(rules, blocks.getFirst().header());
        var judgements = new ArrayList<Judgement>();
        for (var block : blocks.subList(1, blocks.size())) {
            var step = replay.judge(block.header(), block.seals());
            judgements.add(step.judgement());
            replay = step.next();
        }
        return judgements;
    }

    private static List<Judgement> allAccepted(String network) {
        var blocks = FiscoVectors.chain(network);
        return new ArrayList<>(blocks.subList(1, blocks.size()).stream()
                .<Judgement>map(block -> new Accepted(block.hash()))
                .toList());
    }

    @Nested
    class OfRealChains {
        @Test
        void acceptsAStandardChainWithAllItsSealerChanges() {
            assertThat(replay("std")).hasSize(25).isEqualTo(allAccepted("std"));
        }

        @Test
        void letsAnSmHeaderWaitUntilALaterOneIsVouchedForByTheOldList() {
            var blocks = FiscoVectors.chain("sm");
            var expected = allAccepted("sm");
            for (int height : new int[] {16, 18}) {
                expected.set(height - 2, new Waiting(blocks.get(height - 1).hash()));
            }
            assertThat(replay("sm")).hasSize(21).isEqualTo(expected);
        }

        @Test
        void remembersWhichHeadersWait() {
            var blocks = FiscoVectors.chain("sm");
            var replay = HeaderReplay.from(
                    new HeaderRules(FiscoSuite.SM, FLOOR), blocks.get(14).header());
            var waiting = replay.judge(blocks.get(15).header(), blocks.get(15).seals());
            assertThat(waiting.next().waiting()).containsExactly(blocks.get(15).hash());
            var accepted =
                    waiting.next().judge(blocks.get(16).header(), blocks.get(16).seals());
            assertThat(accepted.judgement())
                    .isEqualTo(new Accepted(blocks.get(16).hash()));
            assertThat(accepted.next().waiting()).isEmpty();
        }

        @Test
        void acceptsAHeaderThatALyingLeaderInventedBecauseItsSealsAreRealAndOnlyWatchersTell() {
            var blocks = FiscoVectors.chain("std");
            var forged =
                    FiscoVectors.read("std/byzantine_leader_forged_header.json").get("forged_header");
            var header = FiscoVectors.header(forged);
            var step = from(blocks, 23).judge(header, FiscoVectors.seals(forged));
            assertThat(step.judgement()).isEqualTo(new Accepted(FiscoVectors.word(forged.get("hash"))));
        }

        @Test
        void refusesAChainBelowTheVersionFloor() {
            var old = FiscoVectors.read("v32/send_block2.json").get("result");
            var anchor = FiscoVectors.header(
                    FiscoVectors.read("v32/deploy_block1.json").get("result"));
            var step = HeaderReplay.from(new HeaderRules(FiscoSuite.STANDARD, FLOOR), anchor)
                    .judge(FiscoVectors.header(old), FiscoVectors.seals(old));
            assertThat(step.judgement()).isEqualTo(new Refused(new VersionBelowFloor(0x03020000, FLOOR)));
        }
    }

    @Nested
    class OfWhatMustBeRefused {
        private final List<Block> blocks = FiscoVectors.chain("std");
        private final Block next = blocks.get(5);

        private Judgement judge(FiscoHeader header, List<Seal> seals) {
            var step = from(blocks, 5).judge(header, seals);
            if (step.judgement() instanceof Refused) assertThat(step.next()).isEqualTo(from(blocks, 5));
            return step.judgement();
        }

        @Test
        void refusesAGapAndARepetition() {
            var later = blocks.get(6);
            assertThat(judge(later.header(), later.seals())).isEqualTo(new Refused(new NumberNotNext(6, 7)));
            var same = blocks.get(4);
            assertThat(judge(same.header(), same.seals())).isEqualTo(new Refused(new NumberNotNext(6, 5)));
        }

        @Test
        void refusesAnotherParent() {
            var header = next.header();
            var other = header.parentHash().value().with(0, 1);
            assertThat(judge(Headers.parent(header, new Bytes32(other)), next.seals()))
                    .isEqualTo(new Refused(new ParentMismatch(header.parentHash(), new Bytes32(other))));
        }

        @Test
        void refusesAQuorumLessOne() {
            assertThat(judge(next.header(), next.seals())).isEqualTo(new Accepted(next.hash()));
            assertThat(judge(next.header(), next.seals().subList(0, 2)))
                    .isEqualTo(new Refused(new TooLittleWeight(2, 3)));
        }

        @Test
        void refusesEveryHeaderThatDiffersInOneFieldFromTheSealedOne() {
            for (var changed : Headers.mutations(next.header())) {
                assertThat(judge(changed, next.seals())).as(changed.toString()).isInstanceOf(Refused.class);
            }
        }

        @Test
        void refusesAnEarlierTimeButNotTheSame() {
            var parent = blocks.get(4).header();
            assertThat(judge(Headers.time(next.header(), parent.timeMs()), next.seals()))
                    .isEqualTo(new Refused(new SealerSignatureInvalid(0)));
            assertThat(judge(Headers.time(next.header(), parent.timeMs() - 1), next.seals()))
                    .isEqualTo(new Refused(new TimeBeforeTrusted(parent.timeMs(), parent.timeMs() - 1)));
        }

        @Test
        void refusesGasUsedThatCouldEndElsewhere() {
            assertThat(judge(Headers.gas(next.header(), "0" + next.header().gasUsed()), next.seals()))
                    .isEqualTo(new Refused(new MalformedGasUsed()));
        }

        @Test
        void refusesASecondChangeWhileOneWaits() {
            var sm = FiscoVectors.chain("sm");
            var replay = HeaderReplay.from(
                    new HeaderRules(FiscoSuite.SM, FLOOR), sm.get(14).header());
            var waiting = replay.judge(sm.get(15).header(), sm.get(15).seals()).next();
            var header = sm.get(16).header();
            var weights = new ArrayList<>(header.sealers().weights());
            weights.set(0, 2L);
            var third = Headers.sealers(header, new SealerSet(header.sealers().ids(), weights));
            assertThat(waiting.judge(third, sm.get(16).seals()).judgement())
                    .isEqualTo(new Refused(new SetChangedTwice()));
        }

        @Test
        void refusesSealersReadAsExtraData() {
            var header = next.header();
            var set = header.sealers();
            var fewer = new SealerSet(set.ids().subList(0, 3), set.weights().subList(0, 3));
            var resplit = Headers.extra(
                    Headers.sealers(header, fewer),
                    Bytes.concat(set.ids().get(3), Bytes.u64(set.weights().get(0))));
            assertThat(resplit.hash(FiscoSuite.STANDARD)).isEqualTo(next.hash());
            assertThat(judge(resplit, next.seals())).isInstanceOf(Refused.class);
        }
    }

    private static HeaderReplay from(List<Block> blocks, int height) {
        return HeaderReplay.from(
                new HeaderRules(FiscoSuite.STANDARD, FLOOR),
                blocks.get(height - 1).header());
    }
}
