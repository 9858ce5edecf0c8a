package io.waybill.gateway.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The recorded answers among the test resources, and changed ones in a folder.
///
/// @param folder where changed ones are written
record Files(Path folder) {
    static Path vector(String name) {
        try {
            return Path.of(Objects.requireNonNull(Files.class.getResource("/vectors/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode read(String name) {
        return JsonMapper.shared().readTree(vector(name));
    }

    Path write(String name, JsonNode value) {
        return write(name, value.toString());
    }

    Path write(String name, String text) {
        try {
            return java.nio.file.Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
