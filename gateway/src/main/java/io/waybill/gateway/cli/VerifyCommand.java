package io.waybill.gateway.cli;

import io.waybill.core.Bytes;
import io.waybill.core.proof.BundleVerifier;
import io.waybill.gateway.bundle.Anchor;
import io.waybill.gateway.bundle.AnchorJson;
import io.waybill.gateway.bundle.BundleFile;
import io.waybill.gateway.bundle.FormatException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// Checks a proof bundle offline.
@Command(
        name = "verify",
        description = "Checks a proof bundle offline, with nothing but an anchor, and lists every check it made.",
        footer = {
            "",
            "Exits 0 if every check passed, 1 if one failed, 2 if a file cannot be used.",
            "No network is used, and nothing is believed that the anchor does not vouch for.",
            "",
            "  waybill verify bundle.json --anchor anchor.json",
            "  waybill verify bundle.cbor --anchor anchor.json --json",
            "  waybill verify --schema > proof-bundle-1.json"
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "BUNDLE",
            arity = "0..1",
            description = "The bundle, JSON or CBOR, as GET /v1/attestations/{id}/proof answers it.")
    private @Nullable Path bundle;

    @Option(
            names = "--anchor",
            paramLabel = "ANCHOR",
            description = "The file that pins the first trusted header of the source chain.")
    private @Nullable Path anchor;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Option(names = "--schema", description = "Print the JSON Schema of a bundle, and end.")
    private boolean schema;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (schema) {
            out.print(BundleFile.schema());
            out.flush();
            return WaybillCommand.OK;
        }
        var pinned = anchor(needed(anchor, "--anchor ANCHOR"));
        var file = bundle(needed(bundle, "BUNDLE"));
        var report = BundleVerifier.verify(file.bundle(), pinned.client(), pinned.state());
        if (json) out.println(JsonMapper.shared().writeValueAsString(tree(file, report)));
        else print(out, file, report);
        out.flush();
        return report.holds() ? WaybillCommand.OK : WaybillCommand.REFUSED;
    }

    private Path needed(@Nullable Path given, String what) {
        if (given == null) throw new ParameterException(spec.commandLine(), "Missing: " + what);
        return given;
    }

    private static void print(PrintWriter out, BundleFile file, BundleVerifier.Report report) {
        for (var check : report.checks()) {
            out.printf("%-4s  %-22s %s%n", check.passed() ? "ok" : "FAIL", check.name(), check.detail());
        }
        var bundle = file.bundle();
        if (report.holds()) {
            out.printf(
                    "The bundle holds: packet %d of lane %s was final on %s by block %d.%n",
                    bundle.index(),
                    bundle.checkpoint().lane(),
                    bundle.terms().source().name(),
                    bundle.height());
        } else {
            out.println("The bundle does not hold.");
        }
    }

    private static Map<String, Object> tree(BundleFile file, BundleVerifier.Report report) {
        var bundle = file.bundle();
        var checks = new ArrayList<Map<String, Object>>();
        for (var check : report.checks()) {
            var line = new LinkedHashMap<String, Object>();
            line.put("name", check.name());
            line.put("passed", check.passed());
            line.put("detail", check.detail());
            checks.add(line);
        }
        var tree = new LinkedHashMap<String, Object>();
        tree.put("holds", report.holds());
        tree.put("notation", file.notation().name().toLowerCase(Locale.ROOT));
        tree.put("source", bundle.terms().source().name());
        tree.put("lane", bundle.terms().id().toString());
        tree.put("index", bundle.index());
        tree.put("checks", checks);
        return tree;
    }

    private static BundleFile bundle(Path file) {
        try {
            return BundleFile.read(Bytes.of(WrongInput.read(file)));
        } catch (FormatException e) {
            throw new WrongInput("%s: %s".formatted(file, e.getMessage()));
        }
    }

    private static Anchor anchor(Path file) {
        try {
            return AnchorJson.read(Bytes.of(WrongInput.read(file)));
        } catch (FormatException e) {
            throw new WrongInput("%s: %s".formatted(file, e.getMessage()));
        }
    }
}
