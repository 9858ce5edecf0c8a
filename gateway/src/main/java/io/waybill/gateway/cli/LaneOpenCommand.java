package io.waybill.gateway.cli;

import io.vertx.core.Vertx;
import io.waybill.gateway.config.ConfigReader;
import io.waybill.gateway.config.PlanValues;
import io.waybill.gateway.setup.FileLogbook;
import io.waybill.gateway.setup.LaneProbe;
import io.waybill.gateway.setup.LaneSetup;
import io.waybill.gateway.setup.PlannedSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Opens lanes.
@Command(
        name = "open",
        description = "Creates what a plan asks for on two chains and opens its lanes; goes on where it was cut off.",
        footer = {
            "",
            "What was done is kept in FOLDER/lane-setup.json, written before each transaction. A run that is through",
            "does nothing. Then the contracts are probed, the deployer gives up its role, and FOLDER/waybill.yaml",
            "and the anchors beside it are what ./waybill run serves the lanes with.",
            "Exit code: 0 open and probed, 1 the probe found something, 2 something is missing or wrong."
        },
        mixinStandardHelpOptions = true)
final class LaneOpenCommand implements Callable<Integer> {
    @Mixin
    private LaneFiles files = new LaneFiles();

    @Option(
            names = "--dry-run",
            description = "Look at the plan, the keys and both chains, say what is left, do nothing.")
    private boolean dryRun;

    @Option(names = "--keep-role", description = "Let the deployer keep the role by which it opens lanes.")
    private boolean keepRole;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        var plan = ConfigReader.plan(files.plan());
        var vertx = Vertx.vertx();
        try {
            var planned = PlannedSetup.connect(vertx, plan);
            if (dryRun) {
                var book = FileLogbook.read(files.state(), PlanValues.of(plan));
                var left = LaneSetup.looking(planned.sides(), planned.lanes(), book)
                        .left();
                left.forEach(name -> out.println("would set up  " + name));
                if (left.isEmpty()) out.println("nothing is left to do");
                out.flush();
                return WaybillCommand.OK;
            }
            var book = FileLogbook.open(files.state(), PlanValues.of(plan));
            var setup = new LaneSetup(planned.sides(), planned.lanes(), book, line -> {
                out.println(line);
                out.flush();
            });
            var opened = setup.open();
            boolean right = files.print(out, LaneProbe.probe(opened, planned.lanes()));
            if (right && !keepRole) setup.renounce(opened);
            Path configuration = planned.write(files.folder(), opened);
            for (var client : opened.clients()) {
                out.printf(
                        "%s believes %s by %s%n",
                        client.ref().chain(), client.anchor().chain(), files.words(client));
            }
            out.printf("%n  ./waybill run --config %s%n", configuration);
            out.flush();
            return right ? WaybillCommand.OK : WaybillCommand.REFUSED;
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
