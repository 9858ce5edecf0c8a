package io.waybill.devnet.fisco;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.rpc.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The process `ledger-evm.mjs`: an EVM with FISCO BCOS's hash behind the opcode KECCAK256 and its precompile at
/// 0x100a.
/// One request a line, one answer a line, one at a time. It ends when closed, and with this JVM.
final class ScriptedEvm implements LedgerEvm {
    private static final String SCRIPT = "ledger-evm.mjs";
    private static final List<String> ROOMS = List.of("", "devnet", "adapters/devnet");

    private final Process process;
    private final Thread hook;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    /// Starts a process.
    ///
    /// @throws IllegalStateException if there is no script or no Node.js
    ScriptedEvm(FiscoSuite suite) {
        var command = List.of("node", script().toString(), suite.name().toLowerCase(Locale.ROOT));
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("ledger: Node.js cannot be started: " + e.getMessage(), e);
        }
        hook = new Thread(process::destroyForcibly, "ledger-evm-end");
        Runtime.getRuntime().addShutdownHook(hook);
        requests = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    private static Path script() {
        var searched = new ArrayList<Path>();
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            for (var room : ROOMS) {
                var candidate = folder.resolve(room).resolve(SCRIPT);
                searched.add(candidate);
                if (Files.isRegularFile(candidate)) return candidate;
            }
        }
        throw new IllegalStateException("ledger: expected %s, searched %s".formatted(SCRIPT, searched));
    }

    @Override
    public Outcome execute(List<Call> calls, long number, long timeMs) {
        var request = request("execute").put("number", number).put("timeMs", timeMs);
        var transactions = request.putArray("transactions");
        for (var call : calls) {
            var to = call.to();
            transactions
                    .addObject()
                    .put("from", call.from().toHex())
                    .put("to", to == null ? null : to.toHex())
                    .put("data", call.input().toHex());
        }
        var answer = ask(request);
        return new Outcome(answer.at("stateRoot").bytes32(), answer.at("done").list(ScriptedEvm::execution));
    }

    private static Execution execution(Json json) {
        return new Execution(
                (int) json.at("status").integer(),
                Long.parseLong(json.at("gasUsed").text()),
                json.at("contract").isNull()
                        ? Optional.empty()
                        : Optional.of(json.at("contract").address()),
                json.at("output").bytes(),
                json.at("logs").list(ScriptedEvm::log));
    }

    private static Execution.Log log(Json log) {
        return new Execution.Log(
                log.at("address").address(),
                log.at("topics").list(Json::bytes32),
                log.at("data").bytes());
    }

    @Override
    public Called call(Address to, Bytes input, long number, long timeMs) {
        var answer = ask(request("call")
                .put("to", to.toHex())
                .put("data", input.toHex())
                .put("number", number)
                .put("timeMs", timeMs));
        return new Called(
                (int) answer.at("status").integer(), answer.at("output").bytes());
    }

    @Override
    public Bytes code(Address address) {
        return ask(request("code").put("address", address.toHex())).at("code").bytes();
    }

    private static ObjectNode request(String operation) {
        return Json.MAPPER.createObjectNode().put("operation", operation);
    }

    private synchronized Json ask(ObjectNode request) {
        try {
            requests.write(request.toString());
            requests.newLine();
            requests.flush();
            var line = answers.readLine();
            if (line == null) throw new IllegalStateException("ledger: the EVM ended");
            var answer = Json.parse("ledger EVM", line.getBytes(StandardCharsets.UTF_8));
            if (answer.node().has("error")) {
                throw new IllegalStateException(
                        "ledger: the EVM failed: " + answer.at("error").text());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("ledger: the EVM ended", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook does what it is there for.
        }
    }
}
