package io.waybill.gateway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Light clients.
@Command(
        name = "client",
        description = "Light clients.",
        mixinStandardHelpOptions = true,
        subcommands = {ReplayCommand.class, AnchorCommand.class})
final class ClientCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
