package io.waybill.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.core.digest.SelfTest;
import io.waybill.core.digest.SelfTest.Disagreement;
import io.waybill.core.port.ChainException;
import io.waybill.gateway.config.ConfigException;
import java.io.PrintWriter;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/// The root of all commands.
@Command(
        name = "waybill",
        description = "Carries attestations between chains, with proof and without tokens.",
        mixinStandardHelpOptions = true,
        version = "waybill 1.0.0-SNAPSHOT",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            LaneCommand.class,
            WatcherCommand.class,
            VerifierCommand.class,
            VerifyCommand.class,
            ClientCommand.class,
            ReceiptCommand.class
        })
public final class WaybillCommand implements Runnable {
    /// Done, and what was judged was accepted.
    public static final int OK = 0;
    /// Done, and something was refused.
    public static final int REFUSED = 1;
    /// Not done: asked for wrongly, or something needed is not there.
    public static final int WRONG = 2;
    /// Not done: cryptography on this machine answers wrongly, so nothing that it says may be believed.
    public static final int UNSOUND = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// Runs a command line.
    ///
    /// @return the exit code
    public static int run(String... args) {
        return run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), args);
    }

    /// Runs a command line that speaks to these writers.
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(SelfTest::run, out, err, args);
    }

    static int run(Supplier<List<Disagreement>> selfTest, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new WaybillCommand())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(parsed -> execute(parsed, selfTest))
                .setExecutionExceptionHandler((thrown, command, _) -> {
                    var e = thrown instanceof CompletionException && thrown.getCause() instanceof Exception cause
                            ? cause
                            : thrown;
                    if (isBindFailure(e)) {
                        command.getErr()
                                .println("waybill: a port is in use already (is another demo or member running?);"
                                        + " stop that, or choose other ports");
                        return WRONG;
                    }
                    if (!(e instanceof ConfigException || e instanceof ChainException || e instanceof WrongInput)) {
                        throw e;
                    }
                    command.getErr().println("waybill: " + e.getMessage());
                    return WRONG;
                })
                .execute(args);
    }

    /// No command but help is carried out by cryptography that answers wrongly.
    private static int execute(ParseResult parsed, Supplier<List<Disagreement>> selfTest) {
        var helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) return helped;
        var wrong = selfTest.get();
        if (wrong.isEmpty()) return new RunLast().execute(parsed);
        var err = parsed.commandSpec().commandLine().getErr();
        err.println("waybill: cryptography on this machine answers wrongly; nothing is started");
        for (var each : wrong) err.println("  " + each);
        return UNSOUND;
    }

    private static boolean isBindFailure(@Nullable Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) return true;
        }
        return false;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
