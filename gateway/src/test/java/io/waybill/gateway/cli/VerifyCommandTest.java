package io.waybill.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.gateway.bundle.BundleCbor;
import io.waybill.gateway.bundle.BundleFile;
import io.waybill.gateway.bundle.BundleSamples;
import io.waybill.gateway.bundle.BundleSamples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class VerifyCommandTest {
    private final Sample sample = BundleSamples.first();

    @TempDir
    Path folder;

    private Path file(String name, Bytes octets) throws IOException {
        return Files.write(folder.resolve(name), octets.toArray());
    }

    private Path anchor() throws IOException {
        return file("anchor.json", sample.anchorFile());
    }

    @Test
    void listsEveryCheckOfABundleThatHolds() throws IOException {
        var said = Said.by("verify", file("bundle.json", sample.file()), "--anchor", anchor());
        assertThat(said.exit()).isEqualTo(WaybillCommand.OK);
        assertThat(said.err()).isEmpty();
        var lines = said.out().lines().toList();
        assertThat(lines.subList(0, lines.size() - 1)).hasSizeGreaterThan(10).allMatch(line -> line.startsWith("ok "));
        assertThat(lines.getLast())
                .isEqualTo("The bundle holds: packet 4 of lane %s was final on eip155:1337 by block 20."
                        .formatted(BundleSamples.lane(sample)));
    }

    @Test
    void takesCborAndSaysWhatItFoundAsJson() throws Exception {
        var octets = BundleCbor.write(BundleFile.read(sample.file()).bundle());
        var said = Said.by("verify", file("bundle.cbor", octets), "--anchor", anchor(), "--json");
        assertThat(said.exit()).isEqualTo(WaybillCommand.OK);
        var report = JsonMapper.shared().readTree(said.out());
        assertThat(report.path("holds").booleanValue()).isTrue();
        assertThat(report.path("notation").stringValue()).isEqualTo("cbor");
        assertThat(report.path("checks")).allMatch(check -> check.path("passed").booleanValue());
        assertThat(report.path("checks").get(0).propertyNames()).containsExactly("name", "passed", "detail");
    }

    @Test
    void namesTheCheckThatFailed() throws IOException {
        var changed = sample.bundle().deepCopy();
        var packet = Bytes.hex(changed.path("packet").stringValue());
        changed.put(
                "packet",
                packet.with(packet.size() - 1, packet.at(packet.size() - 1) ^ 1).toHex());
        var said = Said.by("verify", file("bundle.json", BundleSamples.text(changed)), "--anchor", anchor());
        assertThat(said.exit()).isEqualTo(WaybillCommand.REFUSED);
        assertThat(said.out()).contains("FAIL  inclusion ").endsWith("The bundle does not hold.\n");
    }

    @Test
    void printsItsSchema() {
        var said = Said.by("verify", "--schema");
        assertThat(said.exit()).isEqualTo(WaybillCommand.OK);
        assertThat(JsonMapper.shared().readTree(said.out()).path("$id").stringValue())
                .isEqualTo("urn:waybill:proof-bundle:1");
    }

    @Test
    void saysWhatItLacks() throws IOException {
        var noAnchor = Said.by("verify", file("bundle.json", sample.file()));
        assertThat(noAnchor.exit()).isEqualTo(WaybillCommand.WRONG);
        assertThat(noAnchor.err()).startsWith("Missing: --anchor ANCHOR").contains("Usage: waybill verify");
        var noBundle = Said.by("verify", "--anchor", anchor());
        assertThat(noBundle.exit()).isEqualTo(WaybillCommand.WRONG);
        assertThat(noBundle.err()).startsWith("Missing: BUNDLE");
    }

    @Test
    void saysWhichFileItCannotUseAndWhy() throws IOException {
        var bundle = file("bundle.json", Bytes.utf8("{}"));
        var said = Said.by("verify", bundle, "--anchor", anchor());
        assertThat(said.exit()).isEqualTo(WaybillCommand.WRONG);
        assertThat(said.err())
                .startsWith("waybill: %s: /".formatted(bundle))
                .contains(": expected a value, found none");
        var absent = Said.by("verify", folder.resolve("none.json"), "--anchor", anchor());
        assertThat(absent.exit()).isEqualTo(WaybillCommand.WRONG);
        assertThat(absent.err()).contains("none.json: expected a file, found none");
        var wrongAnchor = Said.by("verify", file("good.json", sample.file()), "--anchor", bundle);
        assertThat(wrongAnchor.exit()).isEqualTo(WaybillCommand.WRONG);
        assertThat(wrongAnchor.err()).contains("/format: expected a string, found nothing");
    }
}
