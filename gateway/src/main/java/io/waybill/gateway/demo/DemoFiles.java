package io.waybill.gateway.demo;

import io.waybill.core.ChainId;
import io.waybill.gateway.bundle.AnchorJson;
import io.waybill.gateway.config.Keystore;
import io.waybill.gateway.config.WaybillConfig.SignerConfig;
import io.waybill.gateway.setup.MemberConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files a demo leaves: an anchor for each chain, a bundle for each attestation that crossed, and a
/// configuration with keys by which another member can join it.
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
            var signer = signer(name);
            Keystore.write(
                    new SignerConfig(folder.resolve(signer.keystore()), folder.resolve(signer.passwordFile())),
                    key.secret(),
                    "devnet");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where a chain's key lies, relative to the configuration.
    static SignerConfig signer(String name) {
        return new SignerConfig(Path.of(name + "-key.json"), Path.of(name + "-key.password"));
    }

    /// The anchor of a chain.
    Path anchor(ChainId chain) {
        return folder.resolve(MemberConfiguration.anchorName(chain));
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
