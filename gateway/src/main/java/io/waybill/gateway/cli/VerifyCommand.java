package io.waybill.gateway.cli;

import io.waybill.core.Bytes;
import io.waybill.core.proof.BundleVerifier;
import io.waybill.core.proof.ProofBundle;
import io.waybill.gateway.bundle.Anchor;
import io.waybill.gateway.bundle.AnchorJson;
import io.waybill.gateway.bundle.BundleJson;
import io.waybill.gateway.bundle.FormatException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Checks a proof bundle offline.
@Command(
        name = "verify",
        description = "Checks a proof bundle offline, with nothing but an anchor, and lists every check it made.",
        footer = "Exits 0 only if every check passed. No network is used.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BUNDLE", description = "The bundle, as GET /v1/attestations/{id}/proof answers it.")
    private Path bundle = Path.of("");

    @Option(
            names = "--anchor",
            required = true,
            paramLabel = "ANCHOR",
            description = "The file that pins the first trusted header of the source chain.")
    private Path anchor = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var pinned = anchor();
        var report = BundleVerifier.verify(bundle(), pinned.client(), pinned.state());
        var out = spec.commandLine().getOut();
        for (var check : report.checks()) {
            out.printf("%-4s  %-22s %s%n", check.passed() ? "ok" : "FAIL", check.name(), check.detail());
        }
        out.println(report.holds() ? "The bundle holds." : "The bundle does not hold.");
        out.flush();
        return report.holds() ? WaybillCommand.OK : WaybillCommand.REFUSED;
    }

    private ProofBundle bundle() {
        try {
            return BundleJson.read(Bytes.of(WrongInput.read(bundle)));
        } catch (FormatException e) {
            throw new WrongInput("%s: %s".formatted(bundle, e.getMessage()));
        }
    }

    private Anchor anchor() {
        try {
            return AnchorJson.read(Bytes.of(WrongInput.read(anchor)));
        } catch (FormatException e) {
            throw new WrongInput("%s: %s".formatted(anchor, e.getMessage()));
        }
    }
}
