package io.waybill.gateway.cli;

import io.waybill.gateway.config.ConfigReader;
import io.waybill.gateway.witness.RunningWitness;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs one verifier.
@Command(
        name = "verifier",
        description = "Runs one verifier: it judges blocks of a Conflux chain by the light client, and signs them for"
                + " ledgers that cannot.",
        footer = "Run it beside a node of its own, by people who run none of the others. Ctrl-C ends it.",
        mixinStandardHelpOptions = true)
final class VerifierCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The verifier's configuration: see config/verifier.yaml.")
    private Path config = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        try (var verifier = RunningWitness.verifier(ConfigReader.verifier(config))) {
            var out = spec.commandLine().getOut();
            out.printf("  verifier  %s%n", verifier.address());
            out.printf("  port      %d%n", verifier.port());
            out.printf("  metrics   http://127.0.0.1:%d/metrics%n%nCtrl-C ends it.%n", verifier.opsPort());
            out.flush();
            var end = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(end::countDown, "verifier-end"));
            end.await();
        }
        return WaybillCommand.OK;
    }
}
