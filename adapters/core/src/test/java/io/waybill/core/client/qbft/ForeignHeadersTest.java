package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.ClientKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Headers of networks that others ran, in the vectors folder that `-Dwaybill.vectors` names; skipped without it.
class ForeignHeadersTest {
    private static JsonNode read(String name) {
        var root = System.getProperty("waybill.vectors");
        assumeTrue(root != null, "skipped: -Dwaybill.vectors names no folder");
        return JsonMapper.builder()
                .build()
                .readTree(Path.of(String.valueOf(root), "third-party/bft", name).toFile());
    }

    private static QbftHeader header(ClientKind kind, JsonNode file) {
        var octets = Bytes.hex(BesuVectors.text(file.get("cases").get(0), "headerRlp"));
        var header = QbftHeader.decode(kind, octets).orElseThrow();
        assertThat(header.encode()).isEqualTo(octets);
        return header;
    }

    private static void isSealed(QbftHeader header, int validators, int seals) {
        var candidate = SealedHeader.listing(header);
        assertThat(candidate.wellFormed()).isEqualTo(accept(candidate));
        assertThat(header.validators()).hasSize(validators);
        assertThat(QbftSeals.signers(candidate, SealCurve.SECP256K1).orElseThrow())
                .hasSize(seals);
    }

    @Test
    void aHeaderOfRoundOneIsSealedOverTheHashItsSourceStates() {
        var file = read("qbft-elc-4val-round1.json");
        var header = header(ClientKind.QBFT, file);

        isSealed(header, 4, 3);
        assertThat(header.extra().round()).isEqualTo(1);
        assertThat(header.sealDigest()).isEqualTo(Bytes32.hex(BesuVectors.text(file, "expectedCommitHash")));
    }

    @Test
    void anIbft2HeaderOfOneValidatorIsSealedByIt() {
        isSealed(header(ClientKind.IBFT2, read("signare-ibft2-1val.json")), 1, 1);
    }

    @Test
    void extraDataOfFourValidatorsReads() {
        var octets = Bytes.hex(BesuVectors.text(read("signare-ibft2-1val.json"), "qbftExtraOnly4val3seals"));
        var extra = BftExtra.decode(ClientKind.QBFT, octets).orElseThrow();

        assertThat(extra.validators()).hasSize(4);
        assertThat(extra.seals()).hasSize(3);
    }
}
