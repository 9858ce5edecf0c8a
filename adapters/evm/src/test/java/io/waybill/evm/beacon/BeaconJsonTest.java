package io.waybill.evm.beacon;

import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.client.beacon.ssz.ExecutionField;
import io.waybill.core.port.ChainException;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeaconJsonTest {
    private static final String CAPELLA = "finality_update_fin16_att33.json";
    private static final String BOUNDARY = "finality_update_fin32_att49.json";

    private static Recording lodestar() {
        return Recording.of(Recording.LODESTAR);
    }

    @Nested
    class Headers {
        @Test
        void ofCapellaHaveNoBlobGas() {
            var header = BeaconJson.header(lodestar().json(CAPELLA).at("data").at("finalized_header"));
            var execution = Objects.requireNonNull(header.execution());
            assertThat(execution.of(ExecutionField.BLOB_GAS_USED)).isEqualTo(Bytes.EMPTY);
            assertThat(execution.of(ExecutionField.BLOCK_NUMBER)).isEqualTo(Bytes.of(16));
        }

        @Test
        void ofCapellaMayComeInAContainerOfDeneb() {
            var json = lodestar().json(BOUNDARY).at("data").at("finalized_header");
            assertThat(json.at("execution").fields()).containsKey("excess_blob_gas");
            var header = BeaconJson.header(json);
            assertThat(Objects.requireNonNull(header.execution()).of(ExecutionField.EXCESS_BLOB_GAS))
                    .isEqualTo(Bytes.EMPTY);
        }

        @Test
        void withOneOfTheTwoBlobFieldsAreUnreadable() {
            var recording = lodestar().replacing(BOUNDARY, "\"excess_blob_gas\"", "\"excess\"");
            assertThatThrownBy(() -> BeaconJson.update(recording.json(BOUNDARY)))
                    .isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void withoutAnExecutionHeaderAreOfBeforeCapella() {
            var recording = lodestar()
                    .replacing(CAPELLA, "\"execution\"", "\"nothing\"")
                    .replacing(CAPELLA, "\"execution_branch\"", "\"nobranch\"");
            var header = BeaconJson.header(recording.json(CAPELLA).at("data").at("finalized_header"));
            assertThat(header.execution()).isNull();
            assertThat(header.executionBranch()).isEmpty();
        }
    }

    @Nested
    class Updates {
        @Test
        void mayBeBareOrInTheirEnvelope() {
            var json = lodestar().json(CAPELLA);
            assertThat(BeaconJson.update(json.at("data"))).isEqualTo(BeaconJson.update(json));
        }

        @Test
        void withoutAFinalisedHeaderAreRefused() {
            var recording = lodestar().replacing(CAPELLA, "\"finalized_header\"", "\"header\"");
            assertThat(BeaconJson.update(recording.json(CAPELLA)))
                    .isEqualTo(reject(new BeaconRejection.NotFinalised()));
        }

        @ParameterizedTest
        @CsvSource({
            "signature_slot\": \"34\", signature_slot\": 34",
            "signature_slot\": \"34\", signature_slot\": \"034\"",
            "signature_slot\": \"34\", signature_slot\": \"0x22\"",
            "signature_slot\": \"34\", signature_slot\": \"+34\"",
            "signature_slot\": \"34\", signature_slot\": \"-34\"",
            "signature_slot\": \"34\", signature_slot\": \"17592186044416\"",
            "signature_slot\": \"34\", signature_slot\": \"18446744073709551616\"",
            "gas_limit\": \"30000000\", gas_limit\": \"18446744073709551616\"",
            "sync_committee_signature\": \"0x, sync_committee_signature\": \"0x00",
            "sync_committee_signature\": \"0x, sync_committee_signature\": \"",
            "logs_bloom\": \"0x, logs_bloom\": \"0x00",
            "parent_root\": \"0x, parent_root\": \"0x00"
        })
        void areReadStrictly(String part, String by) {
            var recording = lodestar().replacing(CAPELLA, part, by);
            assertThatThrownBy(() -> BeaconJson.update(recording.json(CAPELLA)))
                    .isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void ofNamesThatComeTwiceAreUnreadable() {
            var recording = lodestar()
                    .replacing(CAPELLA, "\"signature_slot\"", "\"signature_slot\": \"34\", \"signature_slot\"");
            assertThatThrownBy(() -> recording.json(CAPELLA)).isInstanceOf(ChainException.Unavailable.class);
        }
    }
}
