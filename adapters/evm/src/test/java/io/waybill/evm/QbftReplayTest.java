package io.waybill.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.QbftRejection.HeaderHashMismatch;
import io.waybill.core.QbftRejection.MalformedHeader;
import io.waybill.core.QbftRejection.NoValidators;
import io.waybill.core.QbftRejection.TooFewSeals;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.client.ReplayLine.Outcome;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.port.ChainException;
import io.waybill.rpc.Json;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class QbftReplayTest {
    private static Json copy(String name) {
        return new Json(name, Vectors.read(name).node().deepCopy());
    }

    private static List<ReplayLine> qbft(Json recorded) {
        return QbftReplay.of(ClientKind.QBFT, recorded, null);
    }

    private static ReplayLine at(List<ReplayLine> lines, long height) {
        return lines.stream()
                .filter(line -> line.height() == height)
                .findFirst()
                .orElseThrow();
    }

    private static List<Long> accepted(List<ReplayLine> lines) {
        return lines.stream()
                .filter(line -> line.verdict() == Outcome.ACCEPTED)
                .map(ReplayLine::height)
                .toList();
    }

    private static List<Long> heights(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Nested
    class ListedValidators {
        @Test
        void acceptAWholeChainWithVotesAndRounds() {
            var lines = QbftReplay.of(ClientKind.IBFT2, Vectors.read("ibft2-votes-rounds.json"), null);

            assertThat(ReplayLine.allAccepted(lines)).isTrue();
            assertThat(accepted(lines)).isEqualTo(heights(1, 64));
            assertThat(lines.getFirst().reason()).isEqualTo("anchor");
        }

        @Test
        void beginAtTheAnchorThatIsAskedFor() {
            var lines = QbftReplay.of(ClientKind.IBFT2, Vectors.read("ibft2-votes-rounds.json"), 40L);

            assertThat(accepted(lines)).isEqualTo(heights(40, 64));
        }

        @Test
        void areReadFromRawHeadersAsFromBlocks() {
            var raw = Json.MAPPER.createArrayNode();
            Vectors.read("raw-headers.json").fields().values().forEach(header -> raw.add(header.text()));
            var blocks = qbft(new Json("headers", Vectors.read("headers.json").node()));

            assertThat(qbft(new Json("raw", raw))).containsExactlyInAnyOrderElementsOf(blocks);
            assertThat(ReplayLine.allAccepted(blocks)).isTrue();
        }

        @Test
        void areReadInEveryWrapping() {
            var bare = Json.MAPPER.createArrayNode();
            var enveloped = Json.MAPPER.createArrayNode();
            for (var entry :
                    Vectors.read("ibft2-votes-rounds.json").at("blocks").list()) {
                bare.add(entry.at("block").node());
                enveloped.addObject().set("result", entry.at("block").node());
            }
            var lines = QbftReplay.of(ClientKind.IBFT2, Vectors.read("ibft2-votes-rounds.json"), null);
            var chain = Json.MAPPER.createObjectNode();
            chain.set("chain", enveloped);

            assertThat(QbftReplay.of(ClientKind.IBFT2, new Json("bare", bare), null))
                    .isEqualTo(lines);
            assertThat(QbftReplay.of(ClientKind.IBFT2, new Json("enveloped", enveloped), null))
                    .isEqualTo(lines);
            assertThat(QbftReplay.of(ClientKind.IBFT2, new Json("chain", chain), null))
                    .isEqualTo(lines);
        }

        @Test
        void acceptABlockAgainWithOtherSeals() {
            var recorded = copy("ibft2-votes-rounds.json");
            var blocks = (ArrayNode) recorded.at("blocks").node();
            var header = header(recorded, 20);
            var again = blocks.get(20).deepCopy();
            ((ObjectNode) again.get("block"))
                    .put(
                            "extraData",
                            header.extra()
                                    .with(header.extra().seals().reversed())
                                    .encode(ClientKind.IBFT2)
                                    .toHex());
            blocks.insert(21, again);

            var lines = QbftReplay.of(ClientKind.IBFT2, recorded, null);

            assertThat(ReplayLine.allAccepted(lines)).isTrue();
            assertThat(lines).hasSize(65);
        }

        @Test
        void refuseABlockWithOneSealAndGoOnFromTheOneBefore() {
            var recorded = copy("ibft2-votes-rounds.json");
            var header = header(recorded, 30);
            ((ObjectNode) recorded.at("blocks").node().get(30).get("block"))
                    .put(
                            "extraData",
                            header.extra()
                                    .with(header.extra().seals().subList(0, 1))
                                    .encode(ClientKind.IBFT2)
                                    .toHex());

            var lines = QbftReplay.of(ClientKind.IBFT2, recorded, null);

            int needed = header.extra().seals().size();
            assertThat(at(lines, 30)).isEqualTo(ReplayLine.refused(30, header.hash(), new TooFewSeals(1, needed)));
            assertThat(accepted(lines))
                    .isEqualTo(heights(1, 64).stream()
                            .filter(height -> height != 30)
                            .toList());
        }

        @Test
        void refuseABlockThatStatesAnotherHash() {
            var recorded = copy("ibft2-votes-rounds.json");
            var lie = Bytes32.hex("0x" + "11".repeat(32));
            ((ObjectNode) recorded.at("blocks").node().get(30).get("block")).put("hash", lie.toHex());
            var computed = header(copy("ibft2-votes-rounds.json"), 30).hash();

            assertThat(at(QbftReplay.of(ClientKind.IBFT2, recorded, null), 30))
                    .isEqualTo(ReplayLine.refused(30, computed, new HeaderHashMismatch(lie, computed)));
        }

        @Test
        void refuseWhatIsNoBlock() {
            var recorded = Json.MAPPER.createArrayNode().add("0xzz").add(7).add("0xc0");

            assertThat(qbft(new Json("recorded", recorded)))
                    .extracting(ReplayLine::height, ReplayLine::verdict)
                    .containsOnly(org.assertj.core.groups.Tuple.tuple(-1L, Outcome.REFUSED))
                    .hasSize(3);
            assertThat(qbft(new Json("recorded", Json.MAPPER.createArrayNode().add("0xc0"))))
                    .isEqualTo(List.of(ReplayLine.refused(-1, null, new MalformedHeader("fields"))));
        }

        @Test
        void areNotReadFromWhatIsNoRecording() {
            assertThatThrownBy(() -> qbft(new Json("recorded", Json.MAPPER.createObjectNode())))
                    .isInstanceOf(ChainException.Unavailable.class);
        }

        private QbftHeader header(Json recorded, int number) {
            var block = recorded.at("blocks").list().get(number).at("block");
            return BlockJson.read(ClientKind.IBFT2, block).orElseThrow();
        }
    }

    @Nested
    class ValidatorsNamedByAContract {
        @Test
        void acceptEveryBlockWhoseParentsProofIsRecorded() {
            var lines = qbft(Vectors.read("contract-mode.json"));

            assertThat(ReplayLine.allAccepted(lines)).isTrue();
            assertThat(accepted(lines)).isEqualTo(heights(4, 23));
            assertThat(QbftReplay.of(ClientKind.QBFT_CONTRACT, Vectors.read("contract-mode.json"), null))
                    .isEqualTo(lines);
        }

        @Test
        void beginAtTheAnchorThatIsAskedFor() {
            var lines = QbftReplay.of(ClientKind.QBFT, Vectors.read("contract-mode.json"), 10L);

            assertThat(accepted(lines)).isEqualTo(heights(10, 23));
        }

        @Test
        void areFoundInTheFirstProofWhereTheRecordingDoesNotSay() {
            var recorded = copy("contract-mode.json");
            ((ObjectNode) recorded.node()).remove(List.of("validatorContract", "slots"));

            assertThat(qbft(recorded)).isEqualTo(qbft(Vectors.read("contract-mode.json")));
        }

        @Test
        void refuseABlockWhoseParentsProofIsMissingOrChanged() {
            var recorded = copy("contract-mode.json");
            var blocks = recorded.at("blocks").node();
            ((ObjectNode) blocks.get(8)).remove("validatorProof");
            var proof = (ObjectNode) blocks.get(11).get("validatorProof");
            var node = proof.get("accountProof").get(0).stringValue();
            ((ArrayNode) proof.get("accountProof"))
                    .set(0, Json.MAPPER.getNodeFactory().stringNode("0xf9" + node.substring(4)));

            var lines = qbft(recorded);

            assertThat(at(lines, 9).reason())
                    .isEqualTo("MalformedUpdate: " + new MalformedUpdate("contractProof").explain());
            assertThat(at(lines, 12).reason()).startsWith("NodeHashMismatch: ");
            assertThat(accepted(lines))
                    .isEqualTo(heights(4, 23).stream()
                            .filter(height -> height != 9 && height != 12)
                            .toList());
        }

        @Test
        void areNotTakenFromAnywhereElse() {
            var recorded = copy("contract-mode.json");
            for (var entry : recorded.at("blocks").node()) ((ObjectNode) entry).remove("validatorProof");

            assertThat(qbft(recorded).getFirst().reason()).startsWith(new NoValidators().code());
            assertThatThrownBy(() -> QbftReplay.of(ClientKind.QBFT_CONTRACT, recorded, null))
                    .isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void refuseAnotherContract() {
            var recorded = copy("contract-mode.json");
            ((ObjectNode) recorded.node()).put("validatorContract", "0x" + "00".repeat(20));

            assertThat(qbft(recorded))
                    .allMatch(line -> line.verdict() == Outcome.REFUSED)
                    .isNotEmpty();
        }
    }
}
