package io.waybill.gateway.demo;

import io.waybill.core.ChainId;
import io.waybill.gateway.bundle.AnchorJson;
import io.waybill.gateway.config.Keystore;
import io.waybill.gateway.config.WaybillConfig.SignerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files a demo leaves: an anchor for each chain, a bundle for each attestation that crossed, and a
/// configuration with
/// keys by which another member can join it.
public final class DemoFiles {
    private final Path folder;

    public DemoFiles(Path folder) {
        this.folder = folder;
    }

    /// Writes the anchors, the keys and the configuration.
    public void write(Demo demo) {
        for (var client : demo.network().clients()) {
            write(anchor(client.anchor().chain()), AnchorJson.write(client.anchor()));
        }
        write(configuration(), demo.configuration());
        keystore("evm", DemoKeys.EVM_ACCOUNT);
        keystore("ledger", DemoKeys.LEDGER_ACCOUNT);
    }

    /// What a second member is run with.
    public Path configuration() {
        return folder.resolve("waybill.yaml");
    }

    private void keystore(String name, DemoKeys key) {
        try {
            Keystore.write(
                    new SignerConfig(folder.resolve(name + "-key.json"), folder.resolve(name + "-key.password")),
                    key.secret(),
                    "devnet");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The anchor of a chain.
    Path anchor(ChainId chain) {
        return folder.resolve(anchorName(chain));
    }

    /// The name of a chain's anchor file.
    static String anchorName(ChainId chain) {
        return "anchor-%s.json".formatted(chain.name().replace(':', '-'));
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
