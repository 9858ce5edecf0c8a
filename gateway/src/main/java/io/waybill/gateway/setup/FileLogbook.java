package io.waybill.gateway.setup;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.port.SignedTx;
import io.waybill.gateway.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A logbook in a JSON file that is replaced as a whole, each time on the disk before the setup goes on. It holds
/// signed transactions and no key.
///
/// ```json
/// {"format": "waybill/lane-setup/1",
///  "plan": {"chains[0].id": "eip155:1337", ...},
///  "entries": {"outbox on eip155:1337": {"what": "0x..", "tx": "0x..", "octets": "0x..", "limit": 3, "value":
/// "0x.."}}}
/// ```
public final class FileLogbook extends Logbook {
    private static final String FORMAT = "waybill/lane-setup/1";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;
    private final Map<String, String> plan;
    private final Map<String, Entry> written;
    private final boolean writing;

    private FileLogbook(Path file, Map<String, String> plan, Map<String, Entry> entries, boolean writing) {
        super(entries);
        this.writing = writing;
        this.file = file;
        this.plan = plan;
        this.written = new LinkedHashMap<>(entries);
    }

    /// Opens a logbook; one that does not exist begins empty.
    ///
    /// @param plan the values by which lanes and contracts are what they are, by their place in the plan
    /// @throws ConfigException if the file cannot be read, or was begun with another plan
    public static FileLogbook open(Path file, Map<String, String> plan) {
        return open(file, plan, true);
    }

    /// Opens a logbook that is only looked at: what would have to be written is refused.
    public static FileLogbook read(Path file, Map<String, String> plan) {
        return open(file, plan, false);
    }

    private static FileLogbook open(Path file, Map<String, String> plan, boolean writing) {
        if (!Files.exists(file)) return new FileLogbook(file, plan, Map.of(), writing);
        try {
            var json = JSON.readTree(Files.readAllBytes(file));
            if (!FORMAT.equals(json.path("format").stringValue(null))) {
                throw new ConfigException(
                        "%s: expected the format %s, found %s".formatted(file, FORMAT, json.path("format")));
            }
            compare(file, json.path("plan"), plan);
            var entries = new LinkedHashMap<String, Entry>();
            json.path("entries").forEachEntry((name, entry) -> entries.put(name, entry(entry)));
            return new FileLogbook(file, plan, entries, writing);
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new ConfigException("%s: expected the state of a setup, found %s".formatted(file, e.getMessage()));
        }
    }

    private static void compare(Path file, JsonNode before, Map<String, String> plan) {
        var all = new LinkedHashMap<>(plan);
        before.forEachEntry((key, _) -> all.putIfAbsent(key, "nothing"));
        all.forEach((key, now) -> {
            var then = before.path(key).stringValue("nothing");
            if (!then.equals(now)) {
                throw new ConfigException(
                        "%s: begun with %s = %s, and the plan says %s; restore the plan, or begin anew with another --state"
                                .formatted(file, key, then, now));
            }
        });
    }

    private static Entry entry(JsonNode json) {
        var tx = text(json, "tx");
        var octets = text(json, "octets");
        var what = text(json, "what");
        return new Entry(
                what == null ? null : Bytes32.hex(what),
                text(json, "value"),
                tx == null || octets == null
                        ? null
                        : new SignedTx(
                                Bytes32.hex(tx),
                                Bytes.hex(octets),
                                json.path("limit").asLong()));
    }

    private static @Nullable String text(JsonNode json, String key) {
        return json.path(key).stringValue(null);
    }

    @Override
    protected void write(String name, Entry entry) {
        if (!writing) {
            throw new ConfigException(
                    "%s: expected %s, found none; ./waybill lane open sets up what is missing".formatted(file, name));
        }
        written.put(name, entry);
        var root = JSON.createObjectNode().put("format", FORMAT);
        var begun = root.putObject("plan");
        plan.forEach(begun::put);
        var entries = root.putObject("entries");
        written.forEach((key, value) -> put(entries.putObject(key), value));
        try {
            replace(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        } catch (IOException e) {
            throw new UncheckedIOException("%s: expected to write the state".formatted(file), e);
        }
    }

    private static void put(ObjectNode json, Entry entry) {
        if (entry.what() != null) json.put("what", entry.what().toHex());
        if (entry.signed() != null) {
            json.put("tx", entry.signed().hash().toHex());
            json.put("octets", entry.signed().octets().toHex());
            json.put("limit", entry.signed().limit());
        }
        if (entry.value() != null) json.put("value", entry.value());
    }

    private void replace(byte[] octets) throws IOException {
        var folder = file.toAbsolutePath().normalize().resolveSibling("");
        Files.createDirectories(folder);
        var next = folder.resolve(file.getFileName() + ".next");
        Files.write(next, octets);
        try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
