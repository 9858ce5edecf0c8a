package io.waybill.evm.beacon;

import io.waybill.core.client.ReplayLine;
import io.waybill.rpc.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A folder of REST answers, some of them left out or changed.
final class Recording {
    /// Captured for this project; the core's tests judge the same files without a reader of REST.
    static final Path LODESTAR = Path.of("../core/src/test/resources/vectors/beacon/lodestar-minimal");

    private final TreeMap<String, String> texts = new TreeMap<>();

    private Recording() {}

    static Recording of(Path folder) {
        var recording = new Recording();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                recording.texts.put(file.getFileName().toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return recording;
    }

    Recording without(String prefix) {
        texts.keySet().removeIf(name -> name.startsWith(prefix));
        return this;
    }

    /// Only the files of these names, beside the configuration.
    Recording only(String... names) {
        texts.keySet()
                .removeIf(name -> !List.of("spec.json", "genesis.json").contains(name)
                        && !List.of(names).contains(name));
        return this;
    }

    Recording with(String name, String text) {
        texts.put(name, text);
        return this;
    }

    /// Replaces text that must be there.
    Recording replacing(String name, String part, String by) {
        var text = text(name);
        if (!text.contains(part)) throw new IllegalArgumentException(name + ": expected " + part);
        return with(name, text.replace(part, by));
    }

    String text(String name) {
        var text = texts.get(name);
        if (text == null) throw new IllegalArgumentException("no answer " + name);
        return text;
    }

    Json json(String name) {
        return Json.parse(name, text(name).getBytes(StandardCharsets.UTF_8));
    }

    List<ReplayLine> replay() {
        return BeaconReplay.of(texts.keySet().stream().collect(Collectors.toMap(name -> name, this::json)));
    }
}
