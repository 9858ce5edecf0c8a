package io.waybill.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The tables of rules name the tests that hold them: each of those exists, in this module or another.
class RulesTableTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    /// `Class`, `Class#method`, `Class.Nested.method`, with a module before it or not.
    private static final Pattern TEST = Pattern.compile("(?:[a-z]+: )?([A-Z]\\w*(?:Test|IT))((?:[#.]\\w+)*)");
    /// `#method` of the class named before it in the row.
    private static final Pattern MEMBER = Pattern.compile("#\\w+");
    private static final Pattern NAME = Pattern.compile("\\w+");

    /// The sources of every test class of the project, by simple name; a name may be in several modules.
    private static Map<String, String> sources = Map.of();

    @BeforeAll
    static void readTheSources() throws IOException {
        try (var adapters = Files.list(ROOT.resolve("adapters"))) {
            var modules = Stream.concat(adapters, Stream.of(ROOT.resolve("relayer"), ROOT.resolve("gateway")))
                    .map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList();
            sources = modules.stream()
                    .flatMap(RulesTableTest::classes)
                    .collect(Collectors.toUnmodifiableMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            RulesTableTest::text,
                            String::concat));
        }
    }

    static List<Path> tables() throws IOException {
        try (var docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    private static Stream<Path> classes(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyTestThatATableNamesExists(Path table) {
        var missing = text(table).lines().filter(line -> line.startsWith("|")).flatMap(row -> missing(row).stream());
        assertThat(missing).isEmpty();
    }

    @Test
    void thereIsATableAtAll() throws IOException {
        assertThat(tables()).hasSizeGreaterThan(2);
        assertThat(sources).containsKey("RulesTableTest");
    }

    private static List<String> missing(String row) {
        var missing = new ArrayList<String>();
        var source = "";
        var spans = SPAN.matcher(row);
        while (spans.find()) {
            var span = spans.group(1);
            var test = TEST.matcher(span);
            boolean named = test.matches();
            if (!named && !MEMBER.matcher(span).matches()) continue;
            if (named) source = sources.getOrDefault(test.group(1), "");
            if (source.isEmpty() || !holds(source, named ? test.group(2) : span)) missing.add(span);
        }
        return missing;
    }

    /// Whether a class has every nested class and method of a path.
    private static boolean holds(String source, String path) {
        var names = NAME.matcher(path);
        while (names.find()) {
            if (!Pattern.compile("\\b(void|class) " + names.group() + "\\b")
                    .matcher(source)
                    .find()) return false;
        }
        return true;
    }
}
