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
    private static final Path COMMITTED_FOR_TESTS = Path.of("src/test/resources/io/waybill/contracts");
    private static final Path EAS = Path.of("../testkit/src/main/resources/io/waybill/testkit/eas");

    @Test
    void compileToTheCommittedArtefactsOctetForOctet(@TempDir Path fresh, @TempDir Path forTests, @TempDir Path eas)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder("node", "compile.mjs", fresh.toString(), forTests.toString(), eas.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        assertSame(fresh, COMMITTED);
        assertSame(forTests, COMMITTED_FOR_TESTS);
        assertSame(eas, EAS);
    }

    private static void assertSame(Path fresh, Path committed) throws IOException {
        assertThat(names(fresh)).isEqualTo(names(committed));
        for (var name : names(committed)) {
            assertThat(fresh.resolve(name)).hasSameTextualContentAs(committed.resolve(name));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
