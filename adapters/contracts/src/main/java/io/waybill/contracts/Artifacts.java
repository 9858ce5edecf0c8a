package io.waybill.contracts;

import io.waybill.core.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The compiled contracts of this release, as `compile.mjs` wrote them: each here as it lives on an EVM, and on
/// another host by [Artifact#on].
public final class Artifacts {
    public static final Artifact OUTBOX = read("Outbox");
    public static final Artifact INBOX = read("Inbox");
    public static final Artifact QBFT_CLIENT = read("QbftClient");
    public static final Artifact FISCO_CLIENT = read("FiscoClient");
    public static final Artifact FISCO_SM_CLIENT = read("FiscoSmClient");
    public static final Artifact CHALLENGED_FISCO_CLIENT = read("ChallengedFiscoClient");
    public static final Artifact CHALLENGED_FISCO_SM_CLIENT = read("ChallengedFiscoSmClient");
    public static final Artifact COMMITTEE_CLIENT = read("CommitteeClient");
    public static final Artifact COUNCIL = read("Council");
    public static final Artifact EAS_SOURCE = read("EasSource");

    private Artifacts() {}

    /// Every contract, as it lives on an EVM.
    public static List<Artifact> all() {
        return List.of(
                OUTBOX,
                INBOX,
                QBFT_CLIENT,
                FISCO_CLIENT,
                FISCO_SM_CLIENT,
                CHALLENGED_FISCO_CLIENT,
                CHALLENGED_FISCO_SM_CLIENT,
                COMMITTEE_CLIENT,
                COUNCIL,
                EAS_SOURCE);
    }

    /// A contract as it lives on a host: what was compiled for it, or else what an EVM would have.
    static Artifact read(Host host, String name) {
        return find(host.folder() + name).orElseGet(() -> read(name));
    }

    /// The artefact in a resource of that name.
    static Artifact read(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("artefact: expected a resource " + name));
    }

    private static Optional<Artifact> find(String name) {
        try (var resource = Artifacts.class.getResourceAsStream(name + ".json")) {
            return resource == null
                    ? Optional.empty()
                    : Optional.of(artifact(JsonMapper.shared().readTree(resource)));
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
