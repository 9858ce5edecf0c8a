package io.waybill.gateway.demo;

import io.waybill.core.ChainId;
import io.waybill.gateway.bundle.AnchorJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files a demo leaves: an anchor for each chain, and a bundle for each attestation that crossed.
public final class DemoFiles {
    private final Path folder;

    public DemoFiles(Path folder) {
        this.folder = folder;
    }

    /// Writes the anchors.
    public void write(Demo demo) {
        for (var client : demo.network().clients()) {
            write(anchor(client.anchor().chain()), AnchorJson.write(client.anchor()));
        }
    }

    /// The anchor of a chain.
    Path anchor(ChainId chain) {
        return folder.resolve("anchor-%s.json".formatted(chain.name().replace(':', '-')));
    }

    /// Writes the bundle of an attestation that crossed a lane.
    Path bundle(String lane, String json) {
        return write(folder.resolve("bundle-%s.json".formatted(lane)), json);
    }

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().normalize().resolveSibling(""));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
