package io.waybill.gateway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Receipts.
@Command(
        name = "receipt",
        description = "Receipts of blocks.",
        mixinStandardHelpOptions = true,
        subcommands = ReceiptVerifyCommand.class)
final class ReceiptCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
