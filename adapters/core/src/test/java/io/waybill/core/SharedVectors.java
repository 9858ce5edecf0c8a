package io.waybill.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The vector files that Java and Solidity share. They are produced here; with `-Dwaybill.vectors.write=true` they
/// are written anew, and otherwise what is produced must be what is committed.
public final class SharedVectors {
    private static final Path FOLDER = Path.of("../testkit/src/main/resources/vectors/shared");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SharedVectors() {}

    public static void agree(String file, Object produced) {
        var text = JSON.writeValueAsString(produced).replace("\r\n", "\n") + "\n";
        var path = FOLDER.resolve(file);
        try {
            if (Boolean.getBoolean("waybill.vectors.write")) {
                Files.createDirectories(FOLDER);
                Files.writeString(path, text);
            }
            assertThat(Files.readString(path)).isEqualTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
