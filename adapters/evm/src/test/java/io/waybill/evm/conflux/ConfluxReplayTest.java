package io.waybill.evm.conflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.ClientRejection.TrustedSetMismatch;
import io.waybill.core.ConfluxRejection.CommitteeNotVouchedFor;
import io.waybill.core.ConfluxRejection.EpochMismatch;
import io.waybill.core.ConfluxRejection.LedgerInfoSignatureInvalid;
import io.waybill.core.ConfluxRejection.NoNextCommittee;
import io.waybill.core.ConfluxRejection.TooLittleVotingPower;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.client.conflux.LedgerInfo;
import io.waybill.core.client.conflux.SignedLedgerInfo;
import io.waybill.rpc.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class ConfluxReplayTest {
    private static final Json CHAIN = ConfluxCaptures.read("pos-epoch-chain.json");

    private static List<Json> infos() {
        return CHAIN.at("ledgerInfos").list();
    }

    private static LedgerInfo info(Json json) {
        return LedgerInfoJson.signed(json).map(SignedLedgerInfo::info).orElseThrow();
    }

    private static JsonNode anchor() {
        return Json.MAPPER
                .createObjectNode()
                .set("epochState", CHAIN.at("epochState1").node());
    }

    private static Json array(JsonNode... items) {
        var array = Json.MAPPER.createArrayNode();
        Arrays.stream(items).forEach(array::add);
        return new Json("recorded", array);
    }

    private static JsonNode enveloped(JsonNode result) {
        var envelope = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0").put("id", 1);
        return envelope.set("result", result);
    }

    private static List<ReplayLine> nineteen() {
        var lines = new ArrayList<ReplayLine>();
        for (var json : infos()) {
            lines.add(ReplayLine.accepted(info(json).epoch(), info(json).hash()));
        }
        return lines;
    }

    @Nested
    class Recorded {
        @Test
        void chainOfNineteenEpochsIsAccepted() {
            var lines = ConfluxReplay.of(CHAIN);

            assertThat(ReplayLine.allAccepted(lines)).isTrue();
            assertThat(lines.subList(1, 20)).isEqualTo(nineteen());
            assertThat(lines.getFirst().reason()).isEqualTo("anchor");
        }

        @Test
        void chainReadsAlikeInEveryShape() {
            var bare = new ArrayList<JsonNode>(List.of(anchor()));
            var enveloped = new ArrayList<JsonNode>(
                    List.of(enveloped(CHAIN.at("epochState1").node())));
            for (var json : infos()) {
                bare.add(json.node());
                enveloped.add(enveloped(json.node()));
            }
            enveloped.add(enveloped(Json.MAPPER.nullNode()));
            var pages = array(anchor(), enveloped(CHAIN.at("ledgerInfos").node()));
            var expected = ConfluxReplay.of(CHAIN);

            assertThat(ConfluxReplay.of(array(bare.toArray(JsonNode[]::new)))).isEqualTo(expected);
            assertThat(ConfluxReplay.of(array(enveloped.toArray(JsonNode[]::new))))
                    .isEqualTo(expected);
            assertThat(ConfluxReplay.of(pages)).isEqualTo(expected);
        }

        @Test
        void chainMayBeginWithALedgerInfoThatNamesTheNextCommittee() {
            var lines = ConfluxReplay.of(CHAIN.at("ledgerInfos"));

            assertThat(lines.getFirst())
                    .isEqualTo(ReplayLine.anchor(1, info(infos().getFirst()).hash()));
            assertThat(lines.subList(1, 19)).isEqualTo(nineteen().subList(1, 19));
        }

        @Test
        void committeesOfLaterEpochsMustBeThoseVouchedFor() {
            var second = infos().getFirst().at("ledgerInfo").at("commitInfo").at("nextEpochState");
            var changed = ConfluxCaptures.copy(second).put("vrfSeed", "0x01");
            var beyond = ConfluxCaptures.copy(second).put("epoch", "0x9");
            var first = infos().getFirst().node();
            var honest = LedgerInfoJson.committee(second).orElseThrow();
            var other = LedgerInfoJson.committee(ConfluxCaptures.of(changed)).orElseThrow();
            var later = LedgerInfoJson.committee(ConfluxCaptures.of(beyond)).orElseThrow();

            assertThat(ReplayLine.allAccepted(ConfluxReplay.of(array(anchor(), second.node(), first))))
                    .isTrue();
            assertThat(ConfluxReplay.of(array(anchor(), changed, first)).getLast())
                    .isEqualTo(ReplayLine.refused(
                            2, other.setHash(), new TrustedSetMismatch(honest.setHash(), other.setHash())));
            assertThat(ConfluxReplay.of(array(anchor(), beyond, first)).getLast())
                    .isEqualTo(ReplayLine.refused(9, later.setHash(), new CommitteeNotVouchedFor(9)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"eas-4validators.json", "eas-single.json", "forged-receipts-root.json"})
        void capturesOfOneEventAreReadForTheirLedgerInfo(String file) {
            var lines = ConfluxReplay.of(ConfluxCaptures.read(file));

            assertThat(lines).hasSize(2);
            assertThat(ReplayLine.allAccepted(lines)).isTrue();
        }

        @Test
        void ledgerInfosInsideAnEpochAndRepeatedOnesAreFine() {
            var capture = ConfluxCaptures.read("eas-4validators.json");
            var within = capture.at("ledgerInfo").node();
            var end = infos().stream()
                    .filter(json -> info(json).epoch() == 14)
                    .findFirst()
                    .orElseThrow()
                    .node();
            var before = capture.at("prevEpochLedgerInfo").node();

            var lines = ConfluxReplay.of(array(before, within, within, end, end));

            assertThat(lines).hasSize(5);
            assertThat(ReplayLine.allAccepted(lines)).isTrue();
        }

        @Test
        void mainnetOfOlderNodesIsRead() {
            var state = ConfluxCaptures.thirdParty("gosdk/epoch-state-0x2710.json");
            var end = ConfluxCaptures.thirdParty("gosdk/ledger-info-epoch-0x2710.json");

            var lines = ConfluxReplay.of(array(state.node(), end.node()));

            assertThat(lines).hasSize(2);
            assertThat(ReplayLine.allAccepted(lines)).isTrue();
        }
    }

    @Nested
    class Refused {
        private static ReplayLine second(Json recorded) {
            return ConfluxReplay.of(recorded).get(1);
        }

        @Test
        void isAnEpochLeftOut() {
            var third = infos().get(2);

            assertThat(ConfluxReplay.of(array(anchor(), infos().get(0).node(), third.node()))
                            .get(2))
                    .isEqualTo(ReplayLine.refused(3, info(third).hash(), new EpochMismatch(2, 3)));
        }

        @Test
        void isALedgerInfoWithAFieldChanged() {
            var changed = ConfluxCaptures.copy(infos().getFirst());
            ((ObjectNode) changed.get("ledgerInfo").get("commitInfo").get("pivot")).put("height", "0x3c");
            var json = ConfluxCaptures.of(changed);

            assertThat(second(array(anchor(), changed)))
                    .isEqualTo(ReplayLine.refused(1, info(json).hash(), new LedgerInfoSignatureInvalid()));
        }

        @Test
        void isOneThatTooFewSigned() {
            var changed = ConfluxCaptures.copy(infos().getFirst());
            var signatures = (ObjectNode) changed.get("signatures");
            signatures.remove(List.copyOf(signatures.propertyNames()).subList(0, 2));

            assertThat(second(array(anchor(), changed)).reason()).startsWith(new TooLittleVotingPower(0, 201).code());
        }

        @Test
        void isAnAnchorThatNamesNoCommittee() {
            var within = ConfluxCaptures.read("eas-4validators.json").at("ledgerInfo");

            assertThat(ConfluxReplay.of(array(within.node())))
                    .containsExactly(ReplayLine.refused(14, info(within).hash(), new NoNextCommittee(14)));
        }

        @Test
        void isWhatIsNeither() {
            var lines = ConfluxReplay.of(
                    array(anchor(), Json.MAPPER.createObjectNode().put("error", "none")));

            assertThat(lines.getLast().height()).isEqualTo(-1);
            assertThat(ReplayLine.allAccepted(lines)).isFalse();
            assertThat(ReplayLine.allAccepted(ConfluxReplay.of(array()))).isFalse();
        }

        @Test
        void isACommitteeWithAnAccountTwice() {
            var state = ConfluxCaptures.copy(CHAIN.at("epochState1"));
            var validators = (ObjectNode) state.get("verifier").get("addressToValidatorInfo");
            var account = validators.propertyNames().iterator().next();
            var shouted = "0x" + account.substring(2).toUpperCase(Locale.ROOT);
            validators.set(shouted, validators.get(account));
            var json = array(state);

            assertThat(ConfluxReplay.of(json).getFirst().reason()).startsWith("MalformedLedgerInfo");
        }
    }
}
