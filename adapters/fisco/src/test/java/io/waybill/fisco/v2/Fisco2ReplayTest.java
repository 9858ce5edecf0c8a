package io.waybill.fisco.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes32;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.client.ReplayLine.Outcome;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.client.fisco2.Fisco2Header;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.rpc.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class Fisco2ReplayTest {
    private final Recorded chain = new Recorded(FiscoSuite.STANDARD, 5);
    private final SealerSet four = chain.set(0, 1, 2, 3);
    private final SealerSet moved = chain.set(1, 2, 3, 4);
    private final Fisco2Header one = chain.header(1, Bytes32.ZERO, four);
    private final Fisco2Header two = chain.next(one, four);
    private final Fisco2Header three = chain.next(two, four);

    private List<ReplayLine> replay(JsonNode recorded, @Nullable Long anchor) {
        return Fisco2Replay.of(chain.suite, new Json("recorded", recorded), anchor);
    }

    private List<ReplayLine> replay(ObjectNode... blocks) {
        return replay(Recorded.array(blocks), null);
    }

    private ReplayLine accepted(Fisco2Header header) {
        return ReplayLine.accepted(header.number(), header.hash(chain.suite));
    }

    private ReplayLine anchored(Fisco2Header header) {
        return ReplayLine.anchor(header.number(), header.hash(chain.suite));
    }

    private static void assertRefused(List<ReplayLine> lines, String reason) {
        assertThat(lines.getLast().verdict()).isEqualTo(Outcome.REFUSED);
        assertThat(lines.getLast().reason()).startsWith(reason + ": ");
        assertThat(ReplayLine.allAccepted(lines)).isFalse();
    }

    @Nested
    class OfAChain {
        @ParameterizedTest
        @EnumSource(FiscoSuite.class)
        void acceptsEveryHeaderThatAQuorumSealed(FiscoSuite suite) {
            var recorded = new Recorded(suite, 4);
            var set = recorded.set(0, 1, 2, 3);
            var first = recorded.header(1, Bytes32.ZERO, set);
            var second = recorded.next(first, set);
            var array = Recorded.array(recorded.json(first, 2, 0, 3), recorded.json(second, 3, 1, 0, 2));

            assertThat(Fisco2Replay.of(suite, new Json("recorded", array), null))
                    .containsExactly(
                            ReplayLine.anchor(1, first.hash(suite)), ReplayLine.accepted(2, second.hash(suite)));
        }

        @Test
        void passesOverTheFirstBlockWhichNoOneSeals() {
            var genesis = chain.json(one);
            genesis.put("number", "0x0");
            genesis.putArray("sealerList");

            assertThat(replay(genesis, chain.json(one, 0, 1, 2), chain.json(two, 1, 2, 3)))
                    .containsExactly(anchored(one), accepted(two));
            genesis.put("number", 0);
            assertThat(replay(genesis)).isEmpty();
            assertThat(ReplayLine.allAccepted(replay(genesis))).isFalse();
        }

        @Test
        void mayLeaveOutHeightsUnderTheSameSealers() {
            assertThat(replay(chain.json(one, 0, 1, 2), chain.json(three, 1, 2, 3)))
                    .containsExactly(anchored(one), accepted(three));
        }

        @Test
        void beginsAtAnotherAnchorWhenOneIsNamed() {
            var array = Recorded.array(chain.json(one), chain.json(two), chain.json(three, 0, 1, 2));

            assertThat(replay(array, 2L)).containsExactly(anchored(two), accepted(three));
        }

        @Test
        void letsAHeaderWaitUntilTheTrustedSealersVouchForItsNewOnes() {
            var changed = chain.next(one, moved);
            var after = chain.next(changed, moved);
            var last = chain.next(after, moved);
            var lines = replay(
                    chain.json(one, 0, 1, 2),
                    chain.json(changed, 0, 1, 3),
                    chain.json(after, 1, 2, 3),
                    chain.json(last, 0, 1, 2),
                    chain.json(chain.next(last, moved), 1, 2, 3));

            assertThat(lines)
                    .containsExactly(
                            anchored(one),
                            ReplayLine.waiting(2, changed.hash(chain.suite)),
                            ReplayLine.waiting(3, after.hash(chain.suite)),
                            accepted(changed),
                            accepted(after),
                            accepted(last),
                            accepted(chain.next(last, moved)));
            assertThat(ReplayLine.allAccepted(lines)).isTrue();
        }

        @Test
        void isRecordedAsOneAnswerAnArrayOrAChain() {
            var bare = chain.json(one, 0, 1, 2);
            var envelope = Json.MAPPER.createObjectNode();
            envelope.set("result", bare);
            var entry = Json.MAPPER.createObjectNode();
            entry.set("block", envelope);
            var whole = Json.MAPPER.createObjectNode();
            whole.set("chain", Recorded.array(entry));

            for (var recorded : List.of(bare, envelope, Recorded.array(envelope), whole)) {
                assertThat(replay(recorded, null)).containsExactly(anchored(one));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "7", "{\"chain\":7}", "{\"result\":null}"})
        void isUnreadableWhenItIsNoChain(String text) {
            assertThatThrownBy(() -> replay(Json.MAPPER.readTree(text), null))
                    .isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void writesNumbersAsQuantitiesOrIntegers() {
            var console = chain.json(one, 0, 1, 2);
            console.put("number", 1);
            console.put("timestamp", one.timeMs());
            console.put("gasUsed", 0);

            assertThat(replay(console)).containsExactly(anchored(one));
        }
    }

    @Nested
    class OfAForgery {
        private final ObjectNode anchor = chain.json(one, 0, 1, 2);
        private final ObjectNode block = chain.json(two, 0, 1, 2);

        @ParameterizedTest
        @ValueSource(strings = {"parentHash", "stateRoot", "transactionsRoot", "receiptsRoot", "dbHash", "hash"})
        void refusesAHeaderWithAnotherHash(String field) {
            block.put(field, "0x" + "11".repeat(32));

            assertRefused(replay(anchor, block), "HashMismatch");
        }

        @ParameterizedTest
        @ValueSource(strings = {"parentHash", "sealerList", "hash", "number", "sealer", "logsBloom", "extraData"})
        void refusesAHeaderWithoutAField(String field) {
            block.remove(field);

            assertRefused(replay(anchor, block), "MalformedBlock");
        }

        @Test
        void refusesOneSealLessThanAQuorum() {
            assertRefused(replay(anchor, chain.json(two, 0, 3)), "TooFewSealers");
            assertRefused(replay(anchor, chain.json(two)), "TooFewSealers");
        }

        @Test
        void refusesASealThatIsNotTheSealers() {
            var seals = (ArrayNode) block.get("signatureList");
            ((ObjectNode) seals.get(2)).set("signature", seals.get(0).get("signature"));

            assertRefused(replay(anchor, block), "SealerSignatureInvalid");
        }

        @Test
        void refusesASealThatIsCountedTwice() {
            assertRefused(replay(anchor, chain.json(two, 0, 1, 1)), "SealsNotAscending");
        }

        @Test
        void refusesAnAnchorWhoseRecordedSealsAreNone() {
            assertRefused(replay(chain.json(one, 0, 3)), "TooFewSealers");
            var seals = (ArrayNode) anchor.get("signatureList");
            ((ObjectNode) seals.get(2)).set("signature", seals.get(0).get("signature"));
            assertRefused(replay(anchor), "SealerSignatureInvalid");
        }

        @Test
        void refusesAHeaderThatFollowsAnother() {
            var orphan = chain.header(2, two.hash(chain.suite), four);

            assertRefused(replay(anchor, chain.json(orphan, 0, 1, 2)), "ParentMismatch");
        }

        @Test
        void refusesAHeightThatIsNotNewer() {
            assertRefused(replay(anchor, block, block), "HeightNotNewer");
        }

        @Test
        void refusesNewSealersAcrossAGap() {
            var distant = chain.next(two, moved);

            assertRefused(replay(anchor, chain.json(distant, 0, 1, 2, 3)), "NumberNotNext");
        }

        @Test
        void refusesAGapWhileNewSealersWait() {
            var changed = chain.next(one, moved);
            var later = chain.next(chain.next(changed, moved), moved);

            assertRefused(replay(anchor, chain.json(changed, 0, 1, 3), chain.json(later, 0, 1, 2)), "NumberNotNext");
        }

        @Test
        void refusesASecondChangeWhileTheFirstWaits() {
            var changed = chain.next(one, moved);
            var again = chain.next(changed, chain.set(0, 1, 2, 3, 4));

            assertRefused(
                    replay(anchor, chain.json(changed, 0, 1, 3), chain.json(again, 0, 1, 2, 3)), "SetChangedTwice");
        }

        @Test
        void refusesTheOtherSuite() {
            var lines = Fisco2Replay.of(FiscoSuite.SM, new Json("recorded", Recorded.array(anchor)), null);

            assertRefused(lines, "HashMismatch");
        }
    }
}
