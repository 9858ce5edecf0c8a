package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.client.qbft.QbftEventProof;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Delivery;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.rpc.Json;
import io.waybill.rpc.RpcError;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The range proofs that Java and Solidity judge alike, given to an Inbox whose source emitted their checkpoints.
class LaneRangesIT {
    private static final long HEIGHT = 2;

    private static LaneFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new LaneFixture(LogRole.STATUSES, true);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    /// All checkpoints are events of one block.
    @TestFactory
    Stream<DynamicTest> judgesRangesAsTheCoreDoes() {
        var vectors = ClientVectorsIT.vectors("lane-ranges.json").list().stream()
                .filter(vector -> vector.at("size").integer() > 0)
                .toList();
        var receipts = vectors.stream().map(LaneRangesIT::receipt).toList();
        var header = fixture.source.header(HEIGHT, receipts, 3);
        fixture.evm.transact(fixture.client, ClientCalls.update(fixture.source.update(header)));
        return vectors.stream()
                .map(vector -> DynamicTest.dynamicTest(
                        vector.at("name").text(),
                        () -> assertThat(verdict(vector, receipts, vectors.indexOf(vector)))
                                .isEqualTo(vector.at("expect").text())));
    }

    private static EvmReceipt receipt(Json vector) {
        return SourceChain.receipt(
                LaneFixture.COUNTERPARTY,
                LogRole.PACKETS,
                fixture.lane,
                vector.at("size").integer(),
                vector.at("root").bytes32());
    }

    /// A range that does not begin at the next index is a gap, which is seen only after its proof was accepted.
    private static String verdict(Json vector, List<EvmReceipt> receipts, int index) {
        var size = vector.at("size").integer();
        var delivery = new Delivery(
                fixture.lane,
                Bytes.EMPTY,
                HEIGHT,
                QbftEventProof.of(receipts, index, 0).encode(),
                new Checkpoint(fixture.lane, size, vector.at("root").bytes32()),
                vector.at("first").integer(),
                vector.at("leaves").list(Json::bytes),
                vector.at("proof").list(Json::bytes32));
        try {
            fixture.evm.call(fixture.contract, LaneCalls.submit(LogRole.PACKETS, delivery));
            return "accepted";
        } catch (RpcError e) {
            var name = ContractErrors.decode(e.data().bytes()).name();
            return name.equals("GapInLog") ? "accepted" : name;
        }
    }
}
