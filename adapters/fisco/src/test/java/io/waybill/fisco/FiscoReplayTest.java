package io.waybill.fisco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.client.ReplayLine.Outcome;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.rpc.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class FiscoReplayTest {
    private static List<ReplayLine> standard(Json recorded, @Nullable Long anchor) {
        return FiscoReplay.of(FiscoSuite.STANDARD, recorded, anchor);
    }

    private static ReplayLine last(List<ReplayLine> lines, long height) {
        return lines.stream()
                .filter(line -> line.height() == height)
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    @Nested
    class OfAChain {
        @Test
        void acceptsARealChainThroughItsSealerChanges() {
            var lines = standard(Vectors.standard(), null);

            assertThat(lines)
                    .extracting(ReplayLine::height)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 26).boxed().toList());
            assertThat(lines.getFirst().reason()).isEqualTo("anchor");
            assertThat(ReplayLine.allAccepted(lines)).isTrue();
            for (var line : lines) {
                assertThat(line.hash())
                        .isEqualTo(Vectors.block((int) line.height()).at("hash").bytes32());
            }
        }

        @Test
        void letsAHeaderWaitUntilTheTrustedSealersVouchForItsNewOnes() {
            var lines = FiscoReplay.of(FiscoSuite.SM, Vectors.sm(), null);

            assertThat(lines)
                    .filteredOn(line -> line.height() == 16)
                    .extracting(ReplayLine::verdict)
                    .containsExactly(Outcome.WAITING, Outcome.ACCEPTED);
            assertThat(ReplayLine.allAccepted(lines)).isTrue();
        }

        @Test
        void takesAnArrayOfResultsAsWell() {
            var array = Json.MAPPER.createArrayNode();
            Vectors.standard()
                    .at("chain")
                    .list()
                    .forEach(entry -> array.add(entry.at("block").node()));

            assertThat(standard(new Json("array", array), null)).isEqualTo(standard(Vectors.standard(), null));
        }

        @Test
        void beginsAtAnotherAnchorWhenOneIsNamed() {
            var lines = standard(Vectors.standard(), 20L);

            assertThat(lines).extracting(ReplayLine::height).containsExactly(20L, 21L, 22L, 23L, 24L, 25L, 26L);
            assertThat(ReplayLine.allAccepted(lines)).isTrue();
        }

        @Test
        void takesEnvelopesAndOctetsWithoutTheirPrefix() {
            var enveloped = Json.MAPPER.createArrayNode();
            for (var entry : Vectors.standard().at("chain").list()) {
                enveloped
                        .addObject()
                        .put("id", 1)
                        .set("result", entry.at("block").node());
            }
            var text = Vectors.sm().node().toString().replace("\"0x", "\"");

            assertThat(standard(new Json("array", enveloped), null)).isEqualTo(standard(Vectors.standard(), null));
            assertThat(FiscoReplay.of(FiscoSuite.SM, Json.parse("bare", text.getBytes(StandardCharsets.UTF_8)), null))
                    .isEqualTo(FiscoReplay.of(FiscoSuite.SM, Vectors.sm(), null));
        }

        @Test
        void belowTheVersionFloorIsRefusedHeaderByHeader() {
            var array = Json.MAPPER.createArrayNode();
            for (var name : List.of("block0", "deploy_block1", "send_block2")) {
                array.add(Vectors.read("live_v32/" + name + ".json").node());
            }
            var lines = standard(new Json("array", array), null);

            assertThat(lines).extracting(ReplayLine::height).containsExactly(1L, 2L);
            assertThat(lines)
                    .extracting(ReplayLine::reason)
                    .allSatisfy(reason -> assertThat(reason)
                            .isEqualTo("VersionBelowFloor: version: expected ≥ 0x03060000, got 0x03020000"));
            assertThat(lines.getLast().hash())
                    .isEqualTo(Vectors.read("live_v32/send_block2.json")
                            .at("result")
                            .at("hash")
                            .bytes32());
        }

        @Test
        void isNotAcceptedWhenItIsEmpty() {
            var lines = standard(Json.parse("none", "[]".getBytes(StandardCharsets.UTF_8)), null);

            assertThat(ReplayLine.allAccepted(lines)).isFalse();
        }

        @Test
        void isUnreadableWhenItIsNoChain() {
            assertThatThrownBy(() -> standard(Json.parse("none", "{}".getBytes(StandardCharsets.UTF_8)), null))
                    .isInstanceOf(ChainException.Unavailable.class);
        }
    }

    @Nested
    class OfAForgery {
        private final Json chain = Vectors.standard();

        private ObjectNode block(int height) {
            return (ObjectNode) chain.at("chain").list().get(height).at("block").node();
        }

        @ParameterizedTest
        @ValueSource(strings = {"txsRoot", "receiptsRoot", "stateRoot", "hash"})
        void refusesAHeaderWithAnotherHash(String field) {
            block(7).put(field, "0x" + "11".repeat(32));

            var lines = standard(chain, null);

            assertThat(last(lines, 7).verdict()).isEqualTo(Outcome.REFUSED);
            assertThat(last(lines, 7).reason()).startsWith("HashMismatch: ");
            assertThat(last(lines, 8).reason()).startsWith("NumberNotNext: ");
            assertThat(ReplayLine.allAccepted(lines)).isFalse();
        }

        @Test
        void refusesOneSealThatIsNotTheSealers() {
            var seals = (ArrayNode) block(6).get("signatureList");
            ((ObjectNode) seals.get(3))
                    .put("signature", seals.get(0).get("signature").stringValue());

            assertThat(last(standard(chain, null), 6).reason()).startsWith("SealerSignatureInvalid: ");
        }

        @Test
        void refusesOneSealLessThanAQuorum() {
            ((ArrayNode) block(7).get("signatureList")).remove(0);

            assertThat(last(standard(chain, null), 7).reason())
                    .isEqualTo("TooLittleWeight: seals: expected weight ≥ 3, got 2");
        }

        @Test
        void refusesASealThatIsCountedTwice() {
            var seals = (ArrayNode) block(7).get("signatureList");
            seals.set(1, seals.get(0).deepCopy());

            assertThat(last(standard(chain, null), 7).reason()).startsWith("SealsNotAscending: ");
        }

        @Test
        void refusesAHeaderThatFollowsAnother() {
            ((ArrayNode) chain.at("chain").node()).remove(9);

            assertThat(last(standard(chain, null), 10).reason()).startsWith("NumberNotNext: ");
        }

        @Test
        void trustsNoOtherHeaderInPlaceOfItsAnchor() {
            block(4).put("hash", "0x" + "11".repeat(32));

            var lines = standard(chain, 4L);

            assertThat(lines.getFirst().reason()).startsWith("HashMismatch: ");
            assertThat(last(lines, 5).reason())
                    .isEqualTo("UnknownTrustedHeight: trusted height: the client holds no header at 4");
            assertThat(lines).extracting(ReplayLine::verdict).containsOnly(Outcome.REFUSED);
        }

        @Test
        void namesAGenesisTextThatNoClientCanFollow() {
            var genesis = Vectors.block(0);
            var text = genesis.at("extraData").text();
            var wasm = text.replace(hex("iswasm: 0"), hex("iswasm: 1"));
            block(0).put("extraData", wasm);
            assertThat(last(standard(chain, null), 0).reason()).startsWith("HashMismatch: ");

            var computed = last(standard(chain, null), 0).hash();
            block(0).put("hash", String.valueOf(computed));
            var lines = standard(chain, null);

            assertThat(last(lines, 0).reason()).startsWith("WasmChain: ");
            assertThat(ReplayLine.allAccepted(lines)).isFalse();
            assertThat(last(FiscoReplay.of(FiscoSuite.SM, Vectors.standard(), null), 0)
                            .reason())
                    .startsWith("HashMismatch: ");
        }

        private static String hex(String text) {
            return Bytes.utf8(text).toHex().substring(2);
        }

        /// Three honest sealers signed what their leader invented: nothing in the header gives it away, which is
        /// why clients ask watchers.
        @Test
        void acceptsWhatOneFaultyLeaderInventedForWatchersAreLeftOut() {
            var array = Json.MAPPER.createArrayNode();
            array.add(block(23));
            array.add(Vectors.read("live_std/byzantine_leader_forged_header.json")
                    .at("forged_header")
                    .node());

            assertThat(ReplayLine.allAccepted(standard(new Json("array", array), null)))
                    .isTrue();
        }
    }
}
