package io.waybill.devnet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Finds the anvil program: named by the property `waybill.anvil` or the variable `WAYBILL_ANVIL`, else the one that
/// npm put into this module's `node_modules`, searched for from the working directory upwards.
final class AnvilBinary {
    private static final List<String> ROOMS =
            List.of("node_modules", "devnet/node_modules", "adapters/devnet/node_modules");

    private AnvilBinary() {}

    static Path find() {
        var named = System.getProperty("waybill.anvil", System.getenv().getOrDefault("WAYBILL_ANVIL", ""));
        if (!named.isEmpty()) return checked(Path.of(named));
        var searched = new ArrayList<Path>();
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            for (var room : ROOMS) {
                var candidate = folder.resolve(room).resolve("@foundry-rs").resolve(platform());
                searched.add(candidate);
                if (Files.isExecutable(candidate)) return candidate;
            }
        }
        throw new IllegalStateException(
                "anvil: run `npm ci --ignore-scripts` in adapters/devnet, or name the program by WAYBILL_ANVIL; searched "
                        + searched);
    }

    private static Path checked(Path named) {
        if (Files.isExecutable(named)) return named;
        throw new IllegalStateException("anvil: expected a program at " + named);
    }

    private static String platform() {
        var os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        var arch = System.getProperty("os.arch", "");
        var cpu = Stream.of("aarch64", "arm64").anyMatch(arch::equals) ? "arm64" : "amd64";
        if (os.startsWith("windows")) return "anvil-win32-amd64/bin/anvil.exe";
        return "anvil-%s-%s/bin/anvil".formatted(os.startsWith("mac") ? "darwin" : "linux", cpu);
    }
}
