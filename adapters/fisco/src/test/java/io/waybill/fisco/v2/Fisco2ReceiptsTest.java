package io.waybill.fisco.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco2.Fisco2Receipt;
import io.waybill.core.proof.fisco2.HexadecimalTree;
import io.waybill.rpc.Json;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

class Fisco2ReceiptsTest {
    private static final FiscoSuite SUITE = FiscoSuite.STANDARD;

    private static ObjectNode receipt(int index) {
        var json = Json.MAPPER.createObjectNode();
        json.put("root", "0x" + "0a".repeat(32));
        json.put("gasUsed", "0x10a88");
        json.put("contractAddress", "0x" + "00".repeat(20));
        json.put("logsBloom", "0x" + "00".repeat(256));
        json.put("status", "0x0");
        json.put("output", "0x");
        json.put("transactionIndex", Json.quantity(index));
        var log = json.putArray("logs").addObject();
        log.put("address", "0x" + "0b".repeat(20));
        log.put("data", "0x" + "%02x".formatted(index));
        log.putArray("topics").add("0x" + "0c".repeat(32));
        return json;
    }

    private static Json json(ObjectNode... receipts) {
        return new Json("receipts", Recorded.array(receipts));
    }

    private static Bytes32 hash(ObjectNode receipt, boolean remains) {
        return Fisco2ReceiptJson.read(new Json("receipt", receipt), remains).hash(SUITE);
    }

    @Test
    void haveTheRootOverTheirHashes() {
        var expected = HexadecimalTree.root(SUITE, List.of(hash(receipt(0), false), hash(receipt(1), false)));

        assertThat(Fisco2Receipts.root(SUITE, json(receipt(0), receipt(1)))).isEqualTo(expected);
        assertThat(Fisco2Receipts.root(SUITE, json(receipt(1), receipt(0)))).isEqualTo(expected);
        assertThat(Fisco2Receipts.roots(SUITE, json(receipt(0), receipt(1)))).containsExactly(expected);
    }

    @ParameterizedTest
    @EnumSource(FiscoSuite.class)
    void ofAnEmptyBlockHaveTheHashOfNothing(FiscoSuite suite) {
        assertThat(Fisco2Receipts.root(suite, json())).isEqualTo(suite.hash(Bytes.EMPTY));
    }

    @Test
    void thatPrintWhatGasRemainsHaveTwoPossibleRoots() {
        var newer = receipt(0);
        newer.put("remainGas", "0x0");
        var with = HexadecimalTree.root(SUITE, List.of(hash(newer, true)));
        var without = HexadecimalTree.root(SUITE, List.of(hash(newer, false)));

        assertThat(Fisco2Receipts.root(SUITE, json(newer))).isEqualTo(with);
        assertThat(Fisco2Receipts.roots(SUITE, json(newer))).containsExactly(with, without);
        assertThat(Fisco2Receipts.roots(SUITE, json(newer, receipt(1)))).hasSize(1);
    }

    @Test
    void areReadOutOfEnvelopesAndProofs() {
        var proven = Json.MAPPER.createObjectNode();
        proven.set("transactionReceipt", receipt(0));
        proven.putArray("receiptProof");
        var envelope = Json.MAPPER.createObjectNode();
        envelope.set("result", proven);

        assertThat(Fisco2Receipts.root(SUITE, json(envelope))).isEqualTo(Fisco2Receipts.root(SUITE, json(receipt(0))));
    }

    @Test
    void areAllOfABlockEachOnce() {
        for (var part : List.of(json(receipt(1)), json(receipt(0), receipt(0)), json(receipt(0), receipt(2)))) {
            assertThatThrownBy(() -> Fisco2Receipts.root(SUITE, part))
                    .isInstanceOf(ChainException.Unavailable.class)
                    .hasMessageContaining("each index from 0 once");
        }
    }

    @Test
    void areReadFieldByField() {
        var json = receipt(5);
        json.put("remainGas", "0x" + "f".repeat(64));
        var read = Fisco2ReceiptJson.read(new Json("receipt", json), true);

        assertThat(read)
                .extracting(Fisco2Receipt::gasUsed, Fisco2Receipt::status, Fisco2Receipt::remainGas)
                .containsExactly(
                        BigInteger.valueOf(0x10a88),
                        0L,
                        BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE));
        assertThat(read.logs().getFirst().data()).isEqualTo(Bytes.of(5));
    }

    @Test
    void areUnreadableInAnotherShape() {
        for (var field : List.of("root", "gasUsed", "contractAddress", "logsBloom", "status", "output", "logs")) {
            var json = receipt(0);
            json.put(field, "0xz");
            assertThatThrownBy(() -> Fisco2Receipts.root(SUITE, json(json)))
                    .isInstanceOf(ChainException.Unavailable.class);
        }
    }
}
