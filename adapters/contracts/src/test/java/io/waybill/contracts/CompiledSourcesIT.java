package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The committed artefacts are what the pinned compiler makes of the committed sources.
class CompiledSourcesIT {
    private static final Path COMMITTED = Path.of("src/main/resources/io/waybill/contracts");

    @Test
    void compileToTheCommittedArtefactsOctetForOctet(@TempDir Path fresh) throws IOException, InterruptedException {
        var process = new ProcessBuilder("node", "compile.mjs", fresh.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(names(fresh)).isEqualTo(names(COMMITTED));
        for (var name : names(COMMITTED)) {
            assertThat(fresh.resolve(name)).hasSameTextualContentAs(COMMITTED.resolve(name));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
