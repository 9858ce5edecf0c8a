package io.waybill.gateway.bundle;

import io.waybill.core.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The bundles that Java and Solidity share, one at least for each kind of client.
public final class BundleSamples {
    private static final JsonMapper JSON = JsonMapper.shared();

    private BundleSamples() {}

    /// An anchor file and a bundle that holds by it.
    public record Sample(String name, JsonNode anchor, ObjectNode bundle) {
        public Bytes anchorFile() {
            return text(anchor);
        }

        public Bytes file() {
            return text(bundle);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public static Bytes text(JsonNode value) {
        return Bytes.utf8(JSON.writeValueAsString(value));
    }

    public static Stream<Sample> all() {
        try (var in = Objects.requireNonNull(BundleSamples.class.getResourceAsStream("/vectors/shared/bundles.json"))) {
            return StreamSupport.stream(JSON.readTree(in).spliterator(), false)
                    .map(entry -> new Sample(
                            entry.path("name").stringValue(), entry.path("anchor"), (ObjectNode) entry.path("bundle")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The id of a sample's lane, as the bundle's terms make it.
    public static String lane(Sample sample) {
        try {
            return BundleJson.read(sample.file()).terms().id().toString();
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }

    public static Sample first() {
        return all().findFirst().orElseThrow();
    }
}
