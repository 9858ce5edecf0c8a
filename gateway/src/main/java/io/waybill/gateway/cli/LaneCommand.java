package io.waybill.gateway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Lanes.
@Command(
        name = "lane",
        description = "Lanes: opened by a plan, and probed.",
        mixinStandardHelpOptions = true,
        subcommands = {LaneOpenCommand.class, LaneProbeCommand.class})
final class LaneCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
