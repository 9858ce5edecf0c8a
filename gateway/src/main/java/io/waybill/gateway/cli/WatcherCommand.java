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

/// Runs one watcher.
@Command(
        name = "watcher",
        description = "Runs one watcher: it signs headers of a FISCO BCOS ledger that its own node executed.",
        footer = "Run it beside a node that does not seal, by people who run none of the sealers. Ctrl-C ends it.",
        mixinStandardHelpOptions = true)
final class WatcherCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The watcher's configuration: see config/watcher.yaml.")
    private Path config = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        try (var watcher = RunningWitness.watcher(ConfigReader.watcher(config))) {
            var out = spec.commandLine().getOut();
            out.printf("  watcher   %s%n", watcher.address());
            out.printf("  port      %d%n", watcher.port());
            out.printf("  metrics   http://127.0.0.1:%d/metrics%n%nCtrl-C ends it.%n", watcher.opsPort());
            out.flush();
            var end = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(end::countDown, "watcher-end"));
            end.await();
        }
        return WaybillCommand.OK;
    }
}
