package io.waybill.evm.beacon;

import io.waybill.core.BeaconRejection;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.port.ChainException;
import io.waybill.rpc.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A recorded beacon chain judged answer by answer: what `client replay` prints. The lines come in the order in
/// which a client would have asked: the earliest bootstrap is the anchor, accepted as given; then each update,
/// with the slot and root of the header that it finalises; at the end the bootstraps of headers that no update
/// had finalised when their slot came.
///
/// A later bootstrap never replaces what follows from an earlier one: its committee must be the one that is
/// known for its period, and its header the one that was finalised at its slot, if one was. Only where the
/// recording leaves out a whole period, so that nothing is known about its committee, does it begin anew as an
/// anchor.
///
/// The network is the one of `spec.json` and `genesis.json` (or `fork_schedule.json` in place of the spec).
/// Without them the public networks are tried, and the one under which most is accepted is the one: a signature
/// verifies under one genesis validators root only.
public final class BeaconReplay {
    private static final long LARGEST_FILE = 64L << 20;

    private BeaconReplay() {}

    /// Judges the REST answers in a folder: its files whose names end in `.json`.
    ///
    /// @throws IOException                if the folder or a file cannot be read
    /// @throws ChainException.Unavailable if a configuration in it cannot be read
    public static List<ReplayLine> of(Path folder) throws IOException {
        var documents = new TreeMap<String, Json>();
        var unreadable = new ArrayList<ReplayLine>();
        for (var file : files(folder)) {
            var name = file.getFileName().toString();
            try {
                if (Files.size(file) > LARGEST_FILE) throw new ChainException.Unavailable(name + ": too large");
                documents.put(name, Json.parse(name, Files.readAllBytes(file)));
            } catch (ChainException.Unavailable e) {
                if (judged(name)) unreadable.add(refused(e));
            }
        }
        unreadable.addAll(of(documents));
        return List.copyOf(unreadable);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static boolean judged(String name) {
        return name.startsWith("bootstrap") || name.startsWith("update") || name.startsWith("finality");
    }

    private static ReplayLine refused(ChainException.Unavailable e) {
        return ReplayLine.refused(-1, null, new BeaconRejection.MalformedSsz(String.valueOf(e.getMessage())));
    }

    /// Judges REST answers.
    ///
    /// @param documents by file name; an answer is known by what it holds
    /// @throws ChainException.Unavailable if a configuration among them cannot be read
    public static List<ReplayLine> of(Map<String, Json> documents) {
        var answers = new RecordedAnswers(documents);
        List<ReplayLine> best = List.of();
        for (var chain : answers.chains()) {
            var lines = new BeaconWalk(chain).judge(answers.inOrder());
            if (best.isEmpty() || accepted(lines) > accepted(best)) best = lines;
        }
        return best;
    }

    private static long accepted(List<ReplayLine> lines) {
        return lines.stream()
                .filter(line -> line.verdict() == ReplayLine.Outcome.ACCEPTED)
                .count();
    }
}
