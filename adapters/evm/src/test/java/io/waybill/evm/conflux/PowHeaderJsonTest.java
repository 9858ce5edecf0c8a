package io.waybill.evm.conflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.PowHeaderHashMismatch;
import io.waybill.core.Verdict;
import io.waybill.core.proof.conflux.PowHeader;
import io.waybill.rpc.Json;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class PowHeaderJsonTest {
    static Stream<Json> described() {
        var eas = Stream.of("eas-4validators.json", "eas-single.json")
                .flatMap(file -> ConfluxCaptures.read(file).at("headers").list().stream());
        var special =
                ConfluxCaptures.read("epochs-special.json").list().stream().map(epoch -> epoch.at("deferredHeader"));
        return Stream.concat(eas, special);
    }

    private static Json first() {
        return ConfluxCaptures.read("eas-4validators.json").at("headers").list().getFirst();
    }

    /// The header with its octets left out, so that they must be rebuilt.
    private static ObjectNode withoutOctets(Json header) {
        var copy = ConfluxCaptures.copy(header);
        copy.remove("rlp");
        return copy;
    }

    @ParameterizedTest
    @MethodSource("described")
    void rebuildsEveryCapturedHeaderOctetForOctet(Json header) {
        assertThat(PowHeaderJson.read(ConfluxCaptures.of(withoutOctets(header))).map(PowHeader::encode))
                .isEqualTo(Verdict.accept(header.at("rlp").bytes()));
    }

    @Test
    void readsTheBareAnswerWithTheFeeBesideIt() {
        var block = ConfluxCaptures.copy(first().at("rpcCore"));
        block.put("espaceBaseFee", "0x1");

        assertThat(PowHeaderJson.read(ConfluxCaptures.of(block)).map(PowHeader::encode))
                .isEqualTo(Verdict.accept(first().at("rlp").bytes()));
    }

    @Test
    void readsOctetsThatHashToWhatIsStated() {
        var lie = Bytes32.hex("11".repeat(32));
        var hash = first().at("hash").bytes32();

        assertThat(PowHeaderJson.read(first()).map(PowHeader::hash)).isEqualTo(Verdict.accept(hash));
        assertThat(PowHeaderJson.read(
                        ConfluxCaptures.of(ConfluxCaptures.copy(first()).put("hash", lie.toHex()))))
                .isEqualTo(Verdict.reject(new PowHeaderHashMismatch(1295, lie, hash)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parentHash", "height", "timestamp", "miner", "transactionsRoot", "deferredStateRoot",
                "deferredReceiptsRoot", "deferredLogsBloomHash", "blame", "difficulty", "gasLimit", "nonce",
                "posReference", "baseFeePerGas", "hash"
            })
    void refusesEveryFieldChangedOrMissing(String field) {
        var changed = withoutOctets(first());
        var block = (ObjectNode) changed.get("rpcCore");
        var text = block.get(field).stringValue();
        char last = text.charAt(text.length() - 1);
        block.put(field, text.substring(0, text.length() - 1) + (last == '1' ? '2' : '1'));
        assertThat(PowHeaderJson.read(ConfluxCaptures.of(changed))).isInstanceOf(Verdict.Rejected.class);

        block.remove(field);
        assertThat(PowHeaderJson.read(ConfluxCaptures.of(changed))).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void refusesWhatIsNoBlock() {
        assertThat(PowHeaderJson.read(Json.parse("x", Bytes.utf8("[]").toArray())))
                .isInstanceOf(Verdict.Rejected.class);
        assertThat(PowHeaderJson.read(
                        Json.parse("x", Bytes.utf8("{\"rlp\":\"0xc0\"}").toArray())))
                .isInstanceOf(Verdict.Rejected.class);
    }
}
