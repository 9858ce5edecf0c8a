package io.waybill.gateway.cli;

import io.waybill.gateway.RunningMember;
import io.waybill.gateway.config.ConfigReader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs one member.
@Command(
        name = "run",
        description = "Runs one member: relayer, API, console and operations.",
        footer = "Ctrl-C hands its lanes over and ends it.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The member's configuration.")
    private Path config = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        try (var member = RunningMember.start(ConfigReader.read(config))) {
            var out = spec.commandLine().getOut();
            out.printf("  console   http://127.0.0.1:%d/%n", member.apiPort());
            out.printf("  metrics   http://127.0.0.1:%d/metrics%n%nCtrl-C ends it.%n", member.opsPort());
            out.flush();
            var end = new CountDownLatch(1);
            var main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> handOver(end, main), "member-end"));
            end.await();
        }
        return WaybillCommand.OK;
    }

    /// Lets the member end before the process does.
    private static void handOver(CountDownLatch end, Thread main) {
        end.countDown();
        try {
            main.join(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
