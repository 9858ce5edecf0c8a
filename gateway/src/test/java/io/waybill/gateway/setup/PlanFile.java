package io.waybill.gateway.setup;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.gateway.config.ConfigReader;
import io.waybill.gateway.config.Keystore;
import io.waybill.gateway.config.LanePlan;
import io.waybill.gateway.config.WaybillConfig.SignerConfig;
import io.waybill.gateway.demo.Demo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// A plan between the chains of a demo, by keys of its own, written as the shipped example is.
final class PlanFile {
    private final Path folder;
    private final Path file;

    /// @param name tells apart the accounts of plans
    PlanFile(Path folder, String name, Demo demo) throws IOException {
        this(folder, name, demo.evm().rpc(), demo.ledger().rpc(), "standard", demo.watchers());
    }

    /// A plan between other chains.
    ///
    /// @param crypto of the ledger, as a plan says it
    PlanFile(Path folder, String name, URI evm, URI ledger, String crypto, List<URI> watching) throws IOException {
        this.folder = folder;
        this.file = folder.resolve("lane-plan.yaml");
        Files.createDirectories(folder);
        for (var role : List.of("deployer", "signer")) {
            key("evm-" + role, name);
            key("ledger-" + role, name);
        }
        var watchers = IntStream.range(0, 3)
                .mapToObj(i -> "{uri: \"%s\", address: \"%s\", destination: %s}"
                        .formatted(
                                watching.get(i),
                                KeyPair.named("watcher-" + (i + 1)).address(),
                                i == 0))
                .toList();
        Files.writeString(file, """
                chains:
                  - kind: evm
                    id: eip155:1337
                    rpc: [%s]
                    finality: qbft
                %s
                  - kind: fisco
                    id: fisco:chain0-group0
                    rpc: [%s]
                    group: group0
                    crypto: %s
                    version-floor: 3.6.0
                    watchers: %s
                %s
                lanes:
                  - {name: evm-to-ledger, source: "eip155:1337", destination: "fisco:chain0-group0", max-packet: 8192,
                     window: 100, max-timeout: P7D, senders: ["%s"]}
                  - {name: ledger-to-evm, source: "fisco:chain0-group0", destination: "eip155:1337", max-packet: 8192,
                     window: 100, max-timeout: P7D, senders: ["%s"]}
                eas: []
                """.formatted(
                        evm,
                        side("evm"),
                        ledger,
                        crypto,
                        watchers,
                        side("ledger"),
                        account("evm-signer", name),
                        account("ledger-signer", name)));
    }

    private static String side(String chain) {
        var members = IntStream.range(0, 3)
                .mapToObj(i -> KeyPair.named("council-" + i).address())
                .map("\"%s\""::formatted)
                .toList();
        return """
                    deployer: {keystore: %1$s-deployer.json, password-file: %1$s-deployer.password}
                    signer: {keystore: %1$s-signer.json, password-file: %1$s-signer.password}
                    council: {kind: create, members: %2$s, approvals: 2, delay: P2D}
                    contracts: {kind: create}
                    pauser: "%3$s"
                    trust: {trusting-period: P7D, max-clock-drift: PT15S, anchor: {kind: latest}}""".formatted(chain, members, KeyPair.named("pauser").address())
                .indent(4)
                .stripTrailing();
    }

    private void key(String role, String name) throws IOException {
        Keystore.write(
                new SignerConfig(folder.resolve(role + ".json"), folder.resolve(role + ".password")),
                Digests.sha256(Bytes.utf8("waybill/devnet-key/" + role + name)),
                "devnet");
    }

    static Address account(String role, String name) {
        return KeyPair.named(role + name).address();
    }

    Path file() {
        return file;
    }

    LanePlan plan() {
        return ConfigReader.plan(file);
    }

    /// The file with a text in place of another.
    void change(String from, String to) throws IOException {
        var text = Files.readString(file);
        if (!text.contains(from)) throw new AssertionError("plan: expected " + from);
        Files.writeString(file, text.replace(from, to));
    }
}
