package io.waybill.gateway.cli;

import io.vertx.core.Vertx;
import io.waybill.devnet.conflux.ConfluxDevnet;
import io.waybill.gateway.GatewayVerticle.Listen;
import io.waybill.gateway.Member;
import io.waybill.gateway.demo.Demo;
import io.waybill.gateway.demo.DemoFiles;
import io.waybill.gateway.demo.FirstCrossing;
import io.waybill.gateway.store.Database;
import io.waybill.relayer.lane.Pace;
import io.waybill.relayer.lease.SoloLeases;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows everything at once.
@Command(
        name = "demo",
        description = "Starts two local chains, watchers, contracts and a gateway, and moves an attestation each way.",
        footer = "Stays up and serves the console, unless --once is given.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final Duration TERM = Duration.ofSeconds(5);

    @Option(names = "--once", description = "Move one attestation each way, print its stages, and end.")
    private boolean once;

    @Option(
            names = "--evm",
            defaultValue = "qbft",
            description = "The EVM chain: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}). conflux is the eSpace of a real"
                    + " node, which exists for Linux on x64.")
    private Evm evm = Evm.QBFT;

    @Option(names = "--port", defaultValue = "8080", description = "Of API and console (${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(
            names = "--folder",
            defaultValue = "data/demo",
            description = "Where anchors and a configuration to join with are written (${DEFAULT-VALUE}).")
    private Path folder = Path.of("data/demo");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// What the EVM chain is.
    private enum Evm {
        QBFT,
        CONFLUX
    }

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var vertx = Vertx.vertx();
        if (evm == Evm.CONFLUX && !ConfluxDevnet.isAvailable()) {
            throw new WrongInput("demo: expected the Conflux node, found none; it comes from npm with the build, for"
                    + " Linux on x64 only. Without --evm conflux the demo runs anywhere");
        }
        out.println(
                evm == Evm.QBFT
                        ? "Starting two chains, three watchers and the contracts ..."
                        : "Starting a Conflux node, a ledger, three verifiers, three watchers and the contracts ...");
        out.flush();
        var options = options();
        try (var demo = Demo.start(vertx, options);
                var database = Database.temporary();
                var member = Member.start(
                        vertx,
                        demo.network(),
                        database,
                        new SoloLeases("demo", InstantSource.system(), TERM),
                        manner(),
                        event -> {})) {
            var files = new DemoFiles(folder);
            files.write(demo);
            boolean crossed = new FirstCrossing(URI.create("http://127.0.0.1:" + member.apiPort()), files, out).run();
            out.flush();
            if (once) return crossed ? WaybillCommand.OK : WaybillCommand.REFUSED;
            stayUp(out, demo, member);
            return WaybillCommand.OK;
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private Demo.Options options() {
        var options = once ? Demo.Options.EPHEMERAL : new Demo.Options(8545, 20200, 9201, Duration.ofSeconds(1), null);
        return evm == Evm.QBFT ? options : options.with(ConfluxDevnet.Options.DEFAULT);
    }

    private Member.Manner manner() {
        return new Member.Manner(
                new Listen("127.0.0.1", once ? 0 : port),
                new Listen("127.0.0.1", once ? 0 : port + 1),
                TERM,
                Pace.of(Duration.ofMillis(250), 100, 1));
    }

    private void stayUp(PrintWriter out, Demo demo, Member member) throws InterruptedException {
        out.printf("%n  console   http://127.0.0.1:%d/%n", member.apiPort());
        out.printf("  metrics   http://127.0.0.1:%d/metrics%n", member.opsPort());
        out.printf("  chains    %s%n", demo.evmInWords());
        out.printf("            %s (ledger)%n", demo.ledger().rpc());
        out.printf("  files     %s%n%nCtrl-C ends it.%n", folder.toAbsolutePath());
        out.flush();
        var end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(end::countDown, "demo-end"));
        end.await();
    }
}
