package io.waybill.gateway.config;

import io.waybill.core.Bytes;
import io.waybill.gateway.bundle.Anchor;
import io.waybill.gateway.bundle.AnchorJson;
import io.waybill.gateway.bundle.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The anchors that a configuration names.
public final class AnchorFiles {
    private AnchorFiles() {}

    /// Reads one.
    ///
    /// @throws ConfigException if there is none, or it is not in the form of an anchor
    public static Anchor read(Path file) {
        try {
            return AnchorJson.read(Bytes.of(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new ConfigException("%s: expected a readable anchor (%s)".formatted(file, e));
        } catch (FormatException e) {
            throw new ConfigException("%s: %s".formatted(file, e.getMessage()));
        }
    }
}
