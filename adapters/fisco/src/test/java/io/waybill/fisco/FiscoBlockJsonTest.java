package io.waybill.fisco;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes32;
import io.waybill.core.FiscoRejection;
import io.waybill.core.Verdict;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.rpc.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class FiscoBlockJsonTest {
    static Stream<Json> standard() {
        return Vectors.standard().at("chain").list().stream().skip(1).map(entry -> entry.at("block"));
    }

    static Stream<Json> sm() {
        return Vectors.sm().at("chain").list().stream().skip(1).map(entry -> entry.at("block"));
    }

    private static Verdict<FiscoBlock> read(Json json) {
        return FiscoBlockJson.read(FiscoSuite.STANDARD, json);
    }

    @Nested
    class Read {
        @ParameterizedTest
        @MethodSource("io.waybill.fisco.FiscoBlockJsonTest#standard")
        void recomputesTheHashOfEveryRealBlock(Json json) {
            var block = read(json).orElseThrow();

            assertThat(block.header().hash(FiscoSuite.STANDARD))
                    .isEqualTo(json.at("hash").bytes32());
            assertThat(block.header().number()).isEqualTo(json.at("number").integer());
            assertThat(block.seals()).hasSize(json.at("signatureList").list().size());
            assertThat(block.transactions())
                    .hasSize(json.at("transactions").list().size());
        }

        @ParameterizedTest
        @MethodSource("io.waybill.fisco.FiscoBlockJsonTest#sm")
        void recomputesTheHashOfEveryRealBlockOfAnSmChain(Json json) {
            assertThat(FiscoBlockJson.read(FiscoSuite.SM, json).isAccepted()).isTrue();
        }

        @Test
        void readsOctetsWithAndWithoutTheirPrefixAndInEitherCase() {
            var json = Vectors.block(2);
            var text = json.node().toString();
            var bare = Json.parse("block", text.replace("0x", "").getBytes(StandardCharsets.UTF_8));
            var upper = Vectors.with(
                    json, "hash", json.at("hash").text().substring(2).toUpperCase(Locale.ROOT));

            assertThat(read(bare)).isEqualTo(read(json));
            assertThat(read(upper)).isEqualTo(read(json));
        }

        @Test
        void refusesAStatedHashThatIsNotTheHeaders() {
            var json = Vectors.block(2);

            assertThat(read(Vectors.with(json, "hash", Bytes32.ZERO.toHex())))
                    .isEqualTo(Verdict.reject(new FiscoRejection.HashMismatch(
                            Bytes32.ZERO, json.at("hash").bytes32())));
        }

        @Test
        void refusesAHashOfTheOtherSuite() {
            assertThat(FiscoBlockJson.read(FiscoSuite.SM, Vectors.block(2)))
                    .isInstanceOfSatisfying(
                            Verdict.Rejected.class,
                            rejected -> assertThat(rejected.reason()).isInstanceOf(FiscoRejection.HashMismatch.class));
        }

        @ParameterizedTest
        @ValueSource(strings = {"txsRoot", "receiptsRoot", "stateRoot"})
        void refusesARootWithAnotherValue(String field) {
            assertMismatch(Vectors.with(
                    Vectors.block(2), field, Vectors.block(3).at(field).text()));
        }

        @Test
        void refusesEveryOtherHashedFieldWithAnotherValue() {
            var json = Vectors.block(2);
            assertMismatch(Vectors.with(json, "gasUsed", "233339"));
            assertMismatch(Vectors.with(json, "timestamp", json.at("timestamp").integer() + 1));
            assertMismatch(Vectors.with(json, "sealer", 2));
            assertMismatch(Vectors.with(json, "version", 51_381_249));
            assertMismatch(Vectors.with(json, "extraData", "0x00"));
            assertMismatch(Vectors.with(json, "consensusWeights", List.of(1, 1, 1, 2)));
        }

        private void assertMismatch(Json json) {
            assertThat(read(json))
                    .isInstanceOfSatisfying(
                            Verdict.Rejected.class,
                            rejected -> assertThat(rejected.reason()).isInstanceOf(FiscoRejection.HashMismatch.class));
        }

        @Test
        void refusesAParentThatIsNotTheBlockBefore() {
            var json = Vectors.block(2);
            ((ObjectNode) json.at("parentInfo").list().getFirst().node()).put("blockNumber", 0);

            assertThat(read(json))
                    .isEqualTo(Verdict.reject(new FiscoRejection.MalformedBlock(json.path()
                            + ".parentInfo[0]: expected block 1, got "
                            + shortened(json.at("parentInfo").node().get(0).toString()))));
        }

        private String shortened(String text) {
            return text.length() <= 80 ? text : text.substring(0, 77) + "...";
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "number",
                    "version",
                    "parentInfo",
                    "txsRoot",
                    "receiptsRoot",
                    "stateRoot",
                    "gasUsed",
                    "timestamp",
                    "sealer",
                    "sealerList",
                    "consensusWeights",
                    "extraData",
                    "hash",
                    "signatureList"
                })
        void refusesABlockWithoutAField(String field) {
            var copy = ((ObjectNode) Vectors.block(2).node()).deepCopy();
            copy.remove(field);

            assertMalformed(new Json("block", copy));
        }

        @Test
        void refusesWeightsThatAreNotOneForEachSealer() {
            assertMalformed(Vectors.with(Vectors.block(2), "consensusWeights", List.of(1, 1, 1)));
        }

        @Test
        void refusesTheGenesisBlock() {
            assertThat(read(Vectors.block(0))).isEqualTo(Verdict.reject(new FiscoRejection.SetSizeOutOfRange(0)));
        }

        @Test
        void refusesSealersOutOfOrder() {
            var sealers = Vectors.block(2).at("sealerList").list(Json::text).reversed();

            assertThat(read(Vectors.with(Vectors.block(2), "sealerList", sealers)))
                    .isEqualTo(Verdict.reject(new FiscoRejection.SealersNotAscending(1)));
        }

        private void assertMalformed(Json json) {
            assertThat(read(json))
                    .isInstanceOfSatisfying(
                            Verdict.Rejected.class,
                            rejected ->
                                    assertThat(rejected.reason()).isInstanceOf(FiscoRejection.MalformedBlock.class));
        }
    }
}
