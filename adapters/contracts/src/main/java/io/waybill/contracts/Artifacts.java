package io.waybill.contracts;

import io.waybill.core.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The compiled contracts of this release, as `compile.mjs` wrote them.
public final class Artifacts {
    public static final Artifact OUTBOX = read("Outbox");
    public static final Artifact INBOX = read("Inbox");
    public static final Artifact QBFT_CLIENT = read("QbftClient");
    public static final Artifact FISCO_CLIENT = read("FiscoClient");
    public static final Artifact COUNCIL = read("Council");

    private Artifacts() {}

    public static List<Artifact> all() {
        return List.of(OUTBOX, INBOX, QBFT_CLIENT, FISCO_CLIENT, COUNCIL);
    }

    /// The artefact in a resource of that name.
    static Artifact read(String name) {
        try (var resource = Artifacts.class.getResourceAsStream(name + ".json")) {
            if (resource == null) throw new IllegalStateException("artefact: expected a resource " + name + ".json");
            return artifact(JsonMapper.shared().readTree(resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Artifact artifact(JsonNode json) {
        return new Artifact(
                json.path("contract").asString(),
                each(json.path("abi")).stream().map(Artifacts::entry).toList(),
                Bytes.hex(json.path("creationCode").asString()),
                Bytes.hex(json.path("runtimeCode").asString()),
                each(json.path("immutableReferences")).stream()
                        .map(span -> new Artifact.Span(
                                span.path("start").asInt(), span.path("length").asInt()))
                        .toList());
    }

    private static Artifact.AbiEntry entry(JsonNode json) {
        var inputs = each(json.path("inputs"));
        return new Artifact.AbiEntry(
                json.path("type").asString(),
                json.path("name").asString("") + types(inputs),
                json.path("stateMutability").asString(""),
                inputs.stream()
                        .map(input -> new Artifact.Argument(input.path("name").asString(""), type(input)))
                        .toList());
    }

    private static String types(List<JsonNode> inputs) {
        return inputs.stream().map(Artifacts::type).collect(Collectors.joining(",", "(", ")"));
    }

    /// A tuple is written as the list of its components, then whatever makes it an array.
    private static String type(JsonNode input) {
        var type = input.path("type").asString();
        return type.startsWith("tuple")
                ? types(each(input.path("components"))) + type.substring("tuple".length())
                : type;
    }

    private static List<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
