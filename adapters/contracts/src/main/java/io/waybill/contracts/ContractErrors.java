package io.waybill.contracts;

import io.waybill.core.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a contract says when it refuses: revert data read as the name of its custom error and the numbers in it.
///
/// The names are those of the [io.waybill.core.Rejection] records.
///
/// @param name      `GapInLog`; `Error` and `Panic` are Solidity's own; `Unknown` when the data says nothing known
/// @param arguments each as `name=value`
public record ContractErrors(String name, List<String> arguments) {
    private static final Map<Bytes, Artifact.AbiEntry> KNOWN = known();

    public ContractErrors {
        arguments = List.copyOf(arguments);
    }

    /// Reads revert data; total.
    public static ContractErrors decode(Bytes revertData) {
        var entry = revertData.size() < 4 ? null : KNOWN.get(revertData.slice(0, 4));
        if (entry == null) return new ContractErrors("Unknown", List.of("data=" + revertData));
        var words = new AbiWords(revertData.slice(4, revertData.size()));
        try {
            var arguments = new ArrayList<String>();
            for (int i = 0; i < entry.inputs().size(); i++) {
                var input = entry.inputs().get(i);
                arguments.add(input.name() + "=" + value(words, i, input.type()));
            }
            return new ContractErrors(entry.name(), arguments);
        } catch (RuntimeException e) {
            return new ContractErrors("Unknown", List.of("data=" + revertData));
        }
    }

    private static String value(AbiWords words, int index, String type) {
        return switch (type) {
            case "string" -> words.bytes(index).toUtf8();
            case "bytes32" -> words.word(index).toHex();
            case "address" -> words.address(index).toHex();
            default -> new BigInteger(1, words.word(index).value().toArray()).toString();
        };
    }

    private static Map<Bytes, Artifact.AbiEntry> known() {
        var known = new HashMap<Bytes, Artifact.AbiEntry>();
        add(known, solidity("Error(string)", "reason", "string"));
        add(known, solidity("Panic(uint256)", "code", "uint256"));
        // What lacks a precompile says so on hosts that should have one.
        var elsewhere = List.of(Artifacts.OUTBOX.on(Host.FISCO_SM));
        for (var artifact :
                Stream.concat(Artifacts.all().stream(), elsewhere.stream()).toList()) {
            artifact.abi().stream().filter(e -> e.type().equals("error")).forEach(e -> add(known, e));
        }
        return Map.copyOf(known);
    }

    private static void add(Map<Bytes, Artifact.AbiEntry> known, Artifact.AbiEntry entry) {
        known.put(Abi.selector(entry.signature()), entry);
    }

    private static Artifact.AbiEntry solidity(String signature, String argument, String type) {
        return new Artifact.AbiEntry("error", signature, "", List.of(new Artifact.Argument(argument, type)));
    }

    /// The error in words: `GapInLog(expected=3, first=5)`.
    @Override
    public String toString() {
        return name + "(" + String.join(", ", arguments) + ")";
    }
}
