package io.waybill.gateway.config;

import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads a configuration file. Unknown, missing and wrong keys are refused, naming the file, the line and the key's
/// path.
public final class ConfigReader {
    private ConfigReader() {}

    /// Reads a file; relative paths in it are relative to its folder.
    ///
    /// @throws ConfigException if the file cannot be read or is wrong
    public static WaybillConfig read(Path file) {
        return read(file, WaybillConfig.class);
    }

    /// Reads a plan of lanes; relative paths in it are relative to its folder.
    ///
    /// @throws ConfigException if the file cannot be read or is wrong
    public static LanePlan plan(Path file) {
        return read(file, LanePlan.class);
    }

    /// Reads the configuration of a verifier; relative paths in it are relative to its folder.
    ///
    /// @throws ConfigException if the file cannot be read or is wrong
    public static VerifierConfig verifier(Path file) {
        return read(file, VerifierConfig.class);
    }

    /// Reads the configuration of a watcher; relative paths in it are relative to its folder.
    ///
    /// @throws ConfigException if the file cannot be read or is wrong
    public static WatcherConfig watcher(Path file) {
        return read(file, WatcherConfig.class);
    }

    private static <T> T read(Path file, Class<T> type) {
        var folder = file.toAbsolutePath().normalize().resolveSibling("");
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException("%s: expected a readable file, found none (%s)".formatted(file, e.getMessage()));
        }
        try {
            return mapper(folder).readValue(text, type);
        } catch (JacksonException e) {
            throw new ConfigException(explain(file, e));
        }
    }

    private static YAMLMapper mapper(Path folder) {
        var words = new SimpleModule()
                .addDeserializer(ChainId.class, text("a CAIP-2 name such as eip155:1337", ChainId::new))
                .addDeserializer(Address.class, text("0x and 40 hexadecimal digits", Address::hex))
                .addDeserializer(Bytes32.class, text("0x and 64 hexadecimal digits", Bytes32::hex))
                .addDeserializer(Duration.class, text("an ISO-8601 duration such as PT5S", Duration::parse))
                .addDeserializer(Path.class, text("a path", folder::resolve));
        return YAMLMapper.builder()
                .addModule(words)
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
    }

    private static <T> ValueDeserializer<T> text(String expected, Function<String, T> read) {
        return new ValueDeserializer<>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) {
                var found = parser.getValueAsString();
                try {
                    if (found != null) return read.apply(found);
                } catch (IllegalArgumentException | DateTimeParseException e) {
                    // Said below, with the place in the file that only the parser knows.
                }
                throw DatabindException.from(parser, "expected %s, found %s".formatted(expected, found));
            }
        };
    }

    private static String explain(Path file, JacksonException e) {
        var where = new StringBuilder(file.toString());
        if (e.getLocation() != null && e.getLocation().getLineNr() > 0) {
            where.append(" line ").append(e.getLocation().getLineNr());
        }
        var path = e.getPath().stream()
                .map(step ->
                        step.getPropertyName() != null ? "." + step.getPropertyName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining());
        if (!path.isEmpty()) where.append(", ").append(path.startsWith(".") ? path.substring(1) : path);
        return "%s: %s".formatted(where, reason(e));
    }

    private static String reason(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            var known = unknown.getKnownPropertyIds().stream()
                    .map(Object::toString)
                    .sorted()
                    .toList();
            return "unknown key; expected one of " + known;
        }
        if (e.getCause() instanceof ConfigException wrong) return String.valueOf(wrong.getMessage());
        var message = String.valueOf(e.getOriginalMessage());
        return message.startsWith("Missing creator property") ? "the key is missing" : message;
    }
}
