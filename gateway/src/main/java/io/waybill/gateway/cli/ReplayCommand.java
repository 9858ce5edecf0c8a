package io.waybill.gateway.cli;

import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.evm.QbftReplay;
import io.waybill.evm.beacon.BeaconReplay;
import io.waybill.evm.conflux.ConfluxReplay;
import io.waybill.fisco.FiscoReplay;
import io.waybill.fisco.v2.Fisco2Replay;
import io.waybill.rpc.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Judges recorded headers as a light client would.
@Command(
        name = "replay",
        description = "Judges recorded headers as a light client would: one JSON line for each.",
        footer = {
            "",
            "What FILE holds, by kind:",
            "  qbft, ibft2, fisco, fisco_sm, fisco2, fisco2_sm",
            "          a JSON array of results of eth_getBlockByNumber or of FISCO getBlockByNumber, bare or within",
            "          their envelopes, or {\"chain\":[{\"block\":...}]}",
            "  conflux",
            "          a JSON array of {\"epochState\":...} and ledger infos, or an object that holds both; the first",
            "          committee is the anchor, and the height of a line is the PoS epoch",
            "  beacon  a folder of a beacon node's REST answers: bootstrap*.json, update*.json, finality_update*.json,",
            "          and spec.json and genesis.json where the network is none of the public ones",
            "",
            "Each line has height, hash, verdict (accepted, waiting, refused) and reason.",
            "Exits 0 only if every header ended accepted, 1 if one did not, 2 if FILE cannot be used."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Option(names = "--kind", required = true, description = "The chain's rules: ${COMPLETION-CANDIDATES}.")
    private Kind kind = Kind.QBFT;

    @Option(
            names = "--anchor",
            paramLabel = "HEIGHT",
            description =
                    "The first trusted header; the first in the file unless given. Headers before it are passed over.")
    private @Nullable Long anchor;

    @Parameters(paramLabel = "FILE", description = "The recording; for beacon a folder.")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// Whose rules.
    enum Kind {
        QBFT,
        IBFT2,
        FISCO,
        FISCO_SM,
        FISCO2,
        FISCO2_SM,
        CONFLUX,
        BEACON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        var lines = Recorded.reading(this::judge);
        var out = spec.commandLine().getOut();
        for (var line : lines) out.println(print(line));
        out.flush();
        if (lines.isEmpty()) {
            throw new WrongInput("%s: expected a header at the anchor, found none".formatted(file));
        }
        return ReplayLine.allAccepted(lines) ? WaybillCommand.OK : WaybillCommand.REFUSED;
    }

    private List<ReplayLine> judge() {
        return switch (kind) {
            case QBFT -> QbftReplay.of(ClientKind.QBFT, Recorded.read(file), anchor);
            case IBFT2 -> QbftReplay.of(ClientKind.IBFT2, Recorded.read(file), anchor);
            case FISCO -> FiscoReplay.of(FiscoSuite.STANDARD, Recorded.read(file), anchor);
            case FISCO_SM -> FiscoReplay.of(FiscoSuite.SM, Recorded.read(file), anchor);
            case FISCO2 -> Fisco2Replay.of(FiscoSuite.STANDARD, Recorded.read(file), anchor);
            case FISCO2_SM -> Fisco2Replay.of(FiscoSuite.SM, Recorded.read(file), anchor);
            case CONFLUX -> conflux();
            case BEACON -> beacon();
        };
    }

    private List<ReplayLine> conflux() {
        if (anchor != null) {
            throw new WrongInput("--anchor: expected none for conflux, whose first committee is the anchor");
        }
        return ConfluxReplay.of(Recorded.read(file));
    }

    private List<ReplayLine> beacon() {
        if (anchor != null) {
            throw new WrongInput("--anchor: expected none for beacon, whose first bootstrap is the anchor");
        }
        if (!Files.isDirectory(file)) throw new WrongInput("%s: expected a folder of REST answers".formatted(file));
        try {
            return BeaconReplay.of(file);
        } catch (IOException e) {
            throw new WrongInput("%s: expected readable files (%s)".formatted(file, e));
        }
    }

    private static String print(ReplayLine line) {
        var json = Json.MAPPER.createObjectNode().put("height", line.height());
        json.put("hash", line.hash() == null ? null : line.hash().toHex());
        json.put("verdict", line.verdict().name().toLowerCase(Locale.ROOT));
        json.put("reason", line.reason());
        return json.toString();
    }
}
