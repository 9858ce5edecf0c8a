package io.waybill.gateway.cli;

import io.vertx.core.Vertx;
import io.waybill.gateway.config.ConfigReader;
import io.waybill.gateway.config.PlanValues;
import io.waybill.gateway.setup.FileLogbook;
import io.waybill.gateway.setup.LaneProbe;
import io.waybill.gateway.setup.LaneSetup;
import io.waybill.gateway.setup.PlannedSetup;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Probes lanes.
@Command(
        name = "probe",
        description = "Tries on open lanes what must be refused: NT-02, NT-04 and NT-31 of the catalogue.",
        footer = {
            "",
            "Exit code: 0 all of it was refused for the right reason, 1 not so, 2 something is missing or wrong."
        },
        mixinStandardHelpOptions = true)
final class LaneProbeCommand implements Callable<Integer> {
    @Mixin
    private LaneFiles files = new LaneFiles();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var plan = ConfigReader.plan(files.plan());
        var vertx = Vertx.vertx();
        try {
            var planned = PlannedSetup.connect(vertx, plan);
            var book = FileLogbook.read(files.state(), PlanValues.of(plan));
            var opened =
                    LaneSetup.looking(planned.sides(), planned.lanes(), book).open();
            boolean right = files.print(spec.commandLine().getOut(), LaneProbe.probe(opened, planned.lanes()));
            return right ? WaybillCommand.OK : WaybillCommand.REFUSED;
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
