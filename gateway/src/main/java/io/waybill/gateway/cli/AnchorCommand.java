package io.waybill.gateway.cli;

import io.vertx.core.Vertx;
import io.waybill.core.ChainId;
import io.waybill.core.client.conflux.ConfluxParams;
import io.waybill.core.proof.conflux.LogSpace;
import io.waybill.evm.conflux.ConfluxFinality;
import io.waybill.gateway.bundle.Anchor;
import io.waybill.gateway.bundle.AnchorJson;
import io.waybill.rpc.JsonRpc;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Writes the anchor of a Conflux chain.
@Command(
        name = "anchor",
        description = "Writes what a light client of a Conflux chain would believe to begin with, as a node shows it.",
        footer = "Nothing of it is proven: run it against nodes of two operators who do not know each other, and use"
                + " the file only if both name the same hash at one height (--epoch).",
        mixinStandardHelpOptions = true)
final class AnchorCommand implements Callable<Integer> {
    @Option(names = "--chain", required = true, description = "CAIP-2 name of the eSpace, such as eip155:1030.")
    private String chain = "";

    @Option(names = "--rpc", required = true, paramLabel = "URI", description = "JSON-RPC of the eSpace.")
    private URI rpc = URI.create("");

    @Option(
            names = "--core-rpc",
            required = true,
            paramLabel = "URI",
            description = "JSON-RPC of the Core space of the same node, with the namespace pos.")
    private URI coreRpc = URI.create("");

    @Option(names = "--epoch", description = "The PoS epoch whose end is the anchor (the last that ended).")
    private long epoch;

    @Option(
            names = "--trusting-period",
            defaultValue = "P7D",
            description = "How old what is believed may grow: below the 13 days for which stake is locked"
                    + " (${DEFAULT-VALUE}).")
    private Duration trustingPeriod = Duration.ofDays(7);

    @Option(
            names = "--max-clock-drift",
            defaultValue = "PT30S",
            description = "How far ahead of the verifier's clock a ledger info may be (${DEFAULT-VALUE}).")
    private Duration maxClockDrift = Duration.ofSeconds(30);

    @Option(
            names = "--min-votes",
            defaultValue = "" + ConfluxParams.MIN_VOTES,
            description = "Headers that must vouch for a receipts root (${DEFAULT-VALUE}).")
    private int minVotes = ConfluxParams.MIN_VOTES;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var anchor = read();
        var folder = file.toAbsolutePath().normalize().resolveSibling("");
        Files.createDirectories(folder);
        Files.writeString(file, AnchorJson.write(anchor));
        var info = anchor.ledgerInfo();
        var out = spec.commandLine().getOut();
        out.printf(
                "PoS epoch %d ended on pivot %d; compare this hash with another operator's:%n",
                info.epoch(), anchor.params().anchorHeight());
        out.printf("%s%n", info.hash());
        out.flush();
        return WaybillCommand.OK;
    }

    private Anchor.Conflux read() {
        var vertx = Vertx.vertx();
        try (var core = new JsonRpc(vertx, coreRpc);
                var eSpace = new JsonRpc(vertx, rpc)) {
            var id = new ChainId(chain);
            long found = eSpace.call("eth_chainId").quantity();
            if (!id.equals(new ChainId("eip155:" + found))) {
                throw new WrongInput("chain id: expected %s, the node says %d"
                        .formatted(id.name().replaceFirst("eip155:", ""), found));
            }
            var node = new ConfluxFinality(core, eSpace, minVotes);
            var info = (epoch == 0 ? node.latestEnd() : node.end(epoch)).info();
            var params = ConfluxParams.of(id, info, trustingPeriod.toMillis(), maxClockDrift.toMillis())
                    .in(LogSpace.ESPACE)
                    .withMinVotes(minVotes);
            return new Anchor.Conflux(params, info);
        } catch (IllegalArgumentException e) {
            throw new WrongInput(String.valueOf(e.getMessage()));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
