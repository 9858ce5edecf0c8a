package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection;
import io.waybill.core.LaneId;
import io.waybill.core.client.beacon.ssz.LightClientHeader;
import io.waybill.core.client.qbft.BesuVectors;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.EvmHeader;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.core.proof.Rlp;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The execution blocks that the captured beacon headers finalise: header, receipts root, receipts.
class CapturedExecutionTest {
    private static final LaneId LANE = new LaneId(Bytes32.ZERO);

    @ParameterizedTest
    @CsvSource({
        "exec_finalized_16_slot16, finality_update_fin16_att33",
        "exec_finalized_24_slot24, finality_update_fin24_att41",
        "exec_finalized_32_slot32, finality_update_fin32_att49",
        "exec_finalized_40_slot40, finality_update_fin40_att57",
        "exec_finalized_64_slot64, finality_update_fin64_att80",
        "exec_finalized_72_slot72, finality_update_fin72_att88",
        "exec_finalized_80_slot80, finality_update_fin80_att96",
        "exec_finalized_88_slot88_empty, finality_update_fin88_att104",
        "exec_finalized_152_slot152, finality_update_fin152_att168",
        "exec_finalized_160_slot160, finality_update_fin160_att176",
        "exec_finalized_168_slot168, finality_update_fin168_att184",
        "exec_finalized_192_slot192, finality_update_fin192_att209",
        "exec_finalized_200_slot200, finality_update_fin200_att217",
        "exec_finalized_208_slot208, finality_update_fin208_att224",
        "exec_finalized_272_slot272, finality_update_fin272_att297"
    })
    void everyReceiptFollowsFromTheFinalisedBlockHash(String file, String update) {
        var captured = BeaconVectors.read(file);
        var header = EvmHeader.decode(
                        Rlp.list(BesuVectors.items(captured.get("block"))).encode())
                .orElseThrow();
        var receipts = captured.get("receipts")
                .valueStream()
                .map(CapturedExecutionTest::receipt)
                .toList();
        var beacon = BeaconVectors.update(update).finalised().value();
        agree(beacon, header, receipts);
        for (int i = 0; i < receipts.size(); i++) proven(beacon, header, receipts, i);
    }

    private static void agree(LightClientHeader beacon, EvmHeader header, List<EvmReceipt> receipts) {
        var execution = Objects.requireNonNull(beacon.execution());
        assertThat(header.hash()).isEqualTo(execution.blockHash());
        assertThat(header.receiptsRoot()).isEqualTo(execution.receiptsRoot());
        assertThat(header.timestamp()).isEqualTo(execution.timestamp());
        var trie =
                MerklePatriciaTrie.of(receipts.stream().map(EvmReceipt::encode).toList());
        assertThat(trie.root()).isEqualTo(header.receiptsRoot());
    }

    /// The receipt is proven, as far as what it holds: events of other contracts, and transactions that failed.
    private static void proven(LightClientHeader beacon, EvmHeader header, List<EvmReceipt> receipts, int index) {
        var receipt = receipts.get(index);
        var execution = Objects.requireNonNull(beacon.execution());
        var proof = BeaconEventProof.of(List.of(header.encode()), receipts, index, 0);
        assertThat(BeaconEventProof.decode(proof.encode()).orElseThrow()).isEqualTo(proof);
        var verdict = proof.verify(execution.blockHash(), emitter(receipt), LogRole.PACKETS, LANE);
        assertThat(verdict)
                .isEqualTo(
                        !receipt.success()
                                ? reject(new EventRejection.TransactionFailed())
                                : receipt.logs().isEmpty()
                                        ? reject(new EventRejection.LogIndexOutOfRange(0, 0))
                                        : reject(new EventRejection.WrongTopic()));
    }

    private static Address emitter(EvmReceipt receipt) {
        return receipt.logs().isEmpty()
                ? new Address(Bytes.of(new byte[20]))
                : receipt.logs().getFirst().address();
    }

    private static EvmReceipt receipt(JsonNode json) {
        var logs = json.get("logs")
                .valueStream()
                .map(log -> new EvmLog(
                        Address.hex(BeaconVectors.text(log, "address")),
                        log.get("topics")
                                .valueStream()
                                .map(topic -> Bytes32.hex(topic.asString()))
                                .toList(),
                        BeaconVectors.octets(log, "data")))
                .toList();
        return new EvmReceipt(
                json.has("type") ? (int) BesuVectors.quantity(json, "type") : 0,
                BesuVectors.quantity(json, "status") == 1,
                BesuVectors.quantity(json, "cumulativeGasUsed"),
                BeaconVectors.octets(json, "logsBloom"),
                logs);
    }
}
