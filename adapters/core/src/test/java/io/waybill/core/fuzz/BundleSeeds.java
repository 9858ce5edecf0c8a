package io.waybill.core.fuzz;

import io.waybill.core.Bytes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Seeds out of the bundles that every implementation shares, one or more of each kind of client.
final class BundleSeeds {
    private static final Path BUNDLES = Path.of("../testkit/src/main/resources/vectors/shared/bundles.json");

    private BundleSeeds() {}

    static Map<String, Bytes> anchors(String kinds, String field) {
        var seeds = new LinkedHashMap<String, Bytes>();
        for (var sample : samples()) {
            var kind = kind(sample);
            if (kind.matches(kinds))
                seeds.put(kind, octets(sample.path("anchor").path(field)));
        }
        return seeds;
    }

    static Map<String, Bytes> updates(String kinds) {
        var seeds = new LinkedHashMap<String, Bytes>();
        for (var sample : samples()) {
            if (!kind(sample).matches(kinds)) continue;
            for (var update : sample.path("bundle").path("updates")) {
                seeds.put(kind(sample) + " " + seeds.size(), octets(update));
            }
        }
        return seeds;
    }

    static Map<String, Bytes> events(String kinds) {
        var seeds = new LinkedHashMap<String, Bytes>();
        for (var sample : samples()) {
            var proof = sample.path("bundle").path("event").path("proof");
            if (kind(sample).matches(kinds)) seeds.put(kind(sample), octets(proof));
        }
        return seeds;
    }

    private static JsonNode samples() {
        return JsonMapper.shared().readTree(BUNDLES.toFile());
    }

    private static String kind(JsonNode sample) {
        return sample.path("bundle").path("anchor").path("kind").stringValue();
    }

    private static Bytes octets(JsonNode text) {
        return Bytes.hex(text.stringValue());
    }
}
