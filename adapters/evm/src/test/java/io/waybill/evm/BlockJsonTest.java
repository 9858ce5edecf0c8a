package io.waybill.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes32;
import io.waybill.core.QbftRejection.HeaderHashMismatch;
import io.waybill.core.QbftRejection.MalformedHeader;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.rpc.Json;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class BlockJsonTest {
    static Stream<Json> qbft() {
        return Vectors.headers().stream();
    }

    static Stream<Json> ibft2() {
        return Vectors.read("ibft2-headers.json").list().stream();
    }

    private static Json changed(Json block, String field, String value) {
        var copy = ((ObjectNode) block.node()).deepCopy();
        return new Json("block", copy.put(field, value));
    }

    @Nested
    class Read {
        @ParameterizedTest
        @MethodSource("io.waybill.evm.BlockJsonTest#qbft")
        void readsEveryQbftHeaderOctetForOctet(Json block) {
            var height = Long.toString(block.at("number").quantity());

            var header = BlockJson.read(ClientKind.QBFT, block).orElseThrow();

            assertThat(header.encode())
                    .isEqualTo(Vectors.read("raw-headers.json").at(height).bytes());
            assertThat(header.hash()).isEqualTo(block.at("hash").bytes32());
        }

        @ParameterizedTest
        @MethodSource("io.waybill.evm.BlockJsonTest#ibft2")
        void readsEveryIbft2Header(Json block) {
            var header = BlockJson.read(ClientKind.IBFT2, block).orElseThrow();

            assertThat(header.hash()).isEqualTo(block.at("hash").bytes32());
        }

        @Test
        void refusesAStatedHashThatIsNotTheHeadersOwn() {
            var block = Vectors.header(211);
            var lie = "0x" + "11".repeat(32);

            assertThat(BlockJson.read(ClientKind.QBFT, changed(block, "hash", lie)))
                    .isEqualTo(Verdict.reject(new HeaderHashMismatch(
                            Bytes32.hex(lie), block.at("hash").bytes32())));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "parentHash", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom", "number",
                    "gasLimit", "gasUsed", "timestamp", "baseFeePerGas", "extraData", "sha3Uncles", "difficulty",
                    "mixHash", "nonce"
                })
        void refusesEveryFieldWithOneDigitChanged(String field) {
            var block = Vectors.header(211);
            var text = block.at(field).text();
            char last = text.charAt(text.length() - 1);
            var other = text.substring(0, text.length() - 1) + (last == '1' ? '2' : '1');
            // The last octet of extraData is a seal's: seals are outside the hash, and told by the light client.
            if (field.equals("extraData")) other = text.substring(0, 20) + '1' + text.substring(21);

            assertThat(BlockJson.read(ClientKind.QBFT, changed(block, field, other)))
                    .isInstanceOf(Verdict.Rejected.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"parentHash", "gasUsed", "extraData", "logsBloom", "mixHash"})
        void refusesAHeaderWithoutOneOfItsFields(String field) {
            var copy = ((ObjectNode) Vectors.header(211).node()).deepCopy();
            copy.remove(field);

            assertThat(BlockJson.read(ClientKind.QBFT, new Json("block", copy)))
                    .isEqualTo(Verdict.<QbftHeader>reject(
                            new MalformedHeader("block." + field + ": expected text, got nothing")));
        }

        @Test
        void refusesTheOtherKindsExtraData() {
            assertThat(BlockJson.read(ClientKind.IBFT2, Vectors.header(211))).isInstanceOf(Verdict.Rejected.class);
        }

        @Test
        void refusesWhatIsNoBlock() {
            assertThat(BlockJson.read(ClientKind.QBFT, new Json("block", Json.MAPPER.nullNode())))
                    .isInstanceOf(Verdict.Rejected.class);
        }
    }
}
