package io.waybill.evm.conflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.BlamedRootsCount;
import io.waybill.core.Verdict;
import io.waybill.core.proof.conflux.EpochReceipts;
import io.waybill.rpc.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class EpochReceiptsJsonTest {
    static Stream<Json> epochs() {
        return Stream.of("epoch-receipts.json", "epochs-special.json")
                .flatMap(file -> ConfluxCaptures.read(file).list().stream());
    }

    private static Json special(int index) {
        return ConfluxCaptures.read("epochs-special.json").list().get(index);
    }

    @ParameterizedTest
    @MethodSource("epochs")
    void rebuildsTheRootOfEveryCapturedEpoch(Json epoch) {
        var root = epoch.at("root").bytes32();

        assertThat(EpochReceiptsJson.root(epoch)).isEqualTo(Verdict.accept(root));
        assertThat(EpochReceiptsJson.root(epoch.at("receipts"))).isEqualTo(Verdict.accept(root));
    }

    @Test
    void rebuildsEveryReceiptAsTheNodeHoldsIt() {
        for (var epoch : ConfluxCaptures.read("epochs-special.json").list()) {
            var held = epoch.at("receiptRlp").list(block -> block.list(Json::bytes));

            assertThat(EpochReceiptsJson.read(epoch)).isEqualTo(Verdict.accept(new EpochReceipts(held)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eas-4validators.json", "eas-single.json"})
    void equalsWhatTheHeaderFiveEpochsLaterStates(String file) {
        var capture = ConfluxCaptures.read(file);
        var header = capture.at("headers").list().getFirst();

        assertThat(EpochReceiptsJson.root(capture)).isEqualTo(EpochReceiptsJson.stated(header));
        assertThat(EpochReceiptsJson.stated(header.at("rpcCore"))).isEqualTo(EpochReceiptsJson.stated(header));
        assertThat(EpochReceiptsJson.root(capture).isAccepted()).isTrue();
    }

    @Test
    void findsTheAnswerInItsEnvelope() {
        var envelope = Json.MAPPER.createObjectNode();
        envelope.put("jsonrpc", "2.0")
                .put("id", 1)
                .set("result", special(0).at("receipts").node());

        assertThat(EpochReceiptsJson.root(ConfluxCaptures.of(envelope)))
                .isEqualTo(Verdict.accept(special(0).at("root").bytes32()));
    }

    @Test
    void readsNoRootFromAHeaderThatBlamesOthers() {
        var headers =
                ConfluxCaptures.read("forged-receipts-root.json").at("headers").list();

        assertThat(EpochReceiptsJson.stated(headers.get(3))).isEqualTo(Verdict.reject(new BlamedRootsCount(1, 0, 0)));
        assertThat(EpochReceiptsJson.stated(headers.get(4)).isAccepted()).isTrue();
    }

    static List<String> fields() {
        return List.of(
                "accumulatedGasUsed=0x1",
                "gasFee=0x1",
                "outcomeStatus=0x1",
                "outcomeStatus=0x3",
                "logsBloom=0x00",
                "space=evm",
                "space=other",
                "storageCollateralized=0x41",
                "from=NET1234:TYPE.USER:AAJM0STA05SU6DASXKRRF8SU6TV6KSS64EPH0K5UH6",
                "from=nobody",
                "burntGasFee=0x0");
    }

    @ParameterizedTest
    @MethodSource("fields")
    void makesNoneOrAnotherRootOfAReceiptWithAFieldChanged(String change) {
        var epoch = ConfluxCaptures.copy(special(0));
        var receipt = (ObjectNode) ((ArrayNode) epoch.get("receipts")).get(0).get(0);
        var parts = change.split("=", 2);
        receipt.put(parts[0], parts[1]);

        assertThat(EpochReceiptsJson.root(ConfluxCaptures.of(epoch)))
                .isNotEqualTo(Verdict.<Bytes32>accept(special(0).at("root").bytes32()));
    }
}
