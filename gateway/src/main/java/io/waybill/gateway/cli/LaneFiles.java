package io.waybill.gateway.cli;

import io.waybill.gateway.Network;
import io.waybill.gateway.attest.TrustMode;
import io.waybill.gateway.setup.LaneProbe;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// What commands about lanes are given, and how they speak of what they found.
final class LaneFiles {
    @Option(
            names = "--plan",
            required = true,
            paramLabel = "FILE",
            description = "The plan: see config/lane-plan.yaml.")
    private Path plan = Path.of("");

    @Option(
            names = "--folder",
            defaultValue = "data/lanes",
            paramLabel = "FOLDER",
            description = "Where the state of the setup and what comes of it lie (${DEFAULT-VALUE}).")
    private Path folder = Path.of("data/lanes");

    Path plan() {
        return plan;
    }

    Path folder() {
        return folder;
    }

    Path state() {
        return folder.resolve("lane-setup.json");
    }

    /// Prints what a probe met.
    ///
    /// @return whether every contract did what it must
    boolean print(PrintWriter out, List<LaneProbe.Finding> findings) {
        for (var finding : findings) {
            out.printf(
                    "%-5s %-6s %-24s %s: %s%n",
                    finding.right() ? "ok" : "WRONG",
                    finding.test(),
                    finding.chain(),
                    finding.what(),
                    finding.right()
                            ? finding.found()
                            : "expected %s, found %s".formatted(finding.expected(), finding.found()));
        }
        out.flush();
        return findings.stream().allMatch(LaneProbe.Finding::right);
    }

    /// By what one chain believes another.
    String words(Network.Client client) {
        var trust = client.anchor().trust();
        return switch (trust) {
            case TrustMode.HeaderProof() ->
                "%s header proof".formatted(client.anchor().kind());
            case TrustMode.Corroborated(int needed, int watchers) ->
                "%s seals and %d of %d watchers".formatted(client.anchor().kind(), needed, watchers);
            case TrustMode.MinerVotes(int needed) -> "a committee's signature and %d miners' votes".formatted(needed);
            case TrustMode.Committee(int needed, int verifiers) ->
                "the word of %d of %d verifiers".formatted(needed, verifiers);
        };
    }
}
