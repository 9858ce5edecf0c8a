package io.waybill.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The document and the code say the same. That every operation is bound is checked when a router is made.
class OpenApiTest {
    private final JsonNode document =
            YAMLMapper.shared().readTree(OpenApi.load().text());

    private Stream<String> words(String pointer) {
        return document.at(pointer).valueStream().map(JsonNode::stringValue);
    }

    @Test
    void listsEveryProblemType() {
        assertThat(words("/components/schemas/Problem/properties/type/enum"))
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(ProblemType::uri)
                        .toList());
    }

    @Test
    void listsEveryState() {
        assertThat(words("/components/schemas/State/enum"))
                .containsExactlyElementsOf(Arrays.stream(io.waybill.gateway.store.State.values())
                        .map(io.waybill.gateway.store.State::word)
                        .toList());
    }

    @Test
    void describesEveryPropertyOfTheViews() {
        describes("Attestation", Views.AttestationView.class);
        describes("Stage", Views.StageView.class);
        describes("Lane", Views.LaneView.class);
        describes("Client", Views.ClientViewJson.class);
        describes("Trust", Views.Trust.class);
        describes("Log", Views.LogNumbers.class);
        describes("Status", Views.Status.class);
        describes("Problem", Problem.Body.class);
    }

    private void describes(String schema, Class<?> view) {
        var described =
                document.at("/components/schemas/" + schema + "/properties").propertyNames();
        var written = Arrays.stream(view.getRecordComponents())
                .map(java.lang.reflect.RecordComponent::getName)
                .toList();
        assertThat(described).as(schema).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void namesOperationsOnce() {
        assertThat(OpenApi.load().routes().stream().map(OpenApi.Route::id)).doesNotHaveDuplicates();
    }
}
