package io.waybill.gateway.cli;

import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.evm.QbftReplay;
import io.waybill.fisco.FiscoReplay;
import io.waybill.rpc.Json;
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
        description = "Judges a file of recorded block headers as a light client would: one JSON line for each.",
        footer = "Exits 0 only if every header ended accepted.",
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

    @Parameters(
            paramLabel = "FILE",
            description = "A JSON array of results of eth_getBlockByNumber or of FISCO getBlockByNumber, or "
                    + "{\"chain\":[{\"block\":...}]}.")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// Whose rules.
    enum Kind {
        QBFT,
        IBFT2,
        FISCO,
        FISCO_SM
    }

    @Override
    public Integer call() {
        var lines = judge(recorded());
        var out = spec.commandLine().getOut();
        for (var line : lines) out.println(print(line));
        out.flush();
        if (lines.isEmpty()) {
            throw new WrongInput("%s: expected a header at the anchor, found none".formatted(file));
        }
        return ReplayLine.allAccepted(lines) ? WaybillCommand.OK : WaybillCommand.REFUSED;
    }

    private Json recorded() {
        try {
            return Json.parse(file.toString(), WrongInput.read(file));
        } catch (ChainException.Unavailable e) {
            throw new WrongInput(String.valueOf(e.getMessage()));
        }
    }

    private List<ReplayLine> judge(Json recorded) {
        try {
            return switch (kind) {
                case QBFT -> QbftReplay.of(ClientKind.QBFT, recorded, anchor);
                case IBFT2 -> QbftReplay.of(ClientKind.IBFT2, recorded, anchor);
                case FISCO -> FiscoReplay.of(FiscoSuite.STANDARD, recorded, anchor);
                case FISCO_SM -> FiscoReplay.of(FiscoSuite.SM, recorded, anchor);
            };
        } catch (ChainException.Unavailable e) {
            throw new WrongInput(String.valueOf(e.getMessage()));
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
