package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.FiscoRejection.MalformedGenesis;
import io.waybill.core.FiscoRejection.WasmChain;
import io.waybill.core.FiscoRejection.WrongCryptoSuite;
import io.waybill.core.Verdict;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Block 0 of a FISCO BCOS 3.x chain: no parent, no roots, no gas, only a text that names the chain, its
/// cryptography and its first sealers, and that its hash commits to.
///
/// No later header need be linked to it: some executors write another hash of block 0 into block 1.
///
/// @param version compatibility version as the block has it, 0 before 3.1
/// @param text    the block's extraData
public record FiscoGenesis(int version, Bytes text) {
    private static final Pattern SEALER = Pattern.compile("node\\.[0-9]+:([0-9a-f]{128}),([0-9]{1,10})");

    public Bytes32 hash(FiscoSuite suite) {
        return suite.hash(Bytes.concat(Bytes.u32(version), Bytes.u64(0), Bytes.u64(0), Bytes.u64(0), text));
    }

    /// Holds the text to what a client can follow, rule R4.1: contracts of an EVM, and the suite that is
    /// configured.
    public Verdict<FiscoGenesis> check(FiscoSuite suite) {
        var wasm = value("iswasm");
        if (wasm.isEmpty()) return reject(new MalformedGenesis("iswasm"));
        if (!wasm.get().equals("0")) return reject(new WasmChain());
        var sm = value("sm_crypto");
        if (sm.isEmpty()) return reject(new MalformedGenesis("sm_crypto"));
        boolean expected = suite == FiscoSuite.SM;
        return sm.get().equals(expected ? "1" : "0") ? accept(this) : reject(new WrongCryptoSuite(expected));
    }

    /// The sealers of block 1.
    public Verdict<SealerSet> sealers() {
        Map<Bytes, Long> weights = new TreeMap<>();
        for (var line : lines()) {
            if (!line.startsWith("node.")) continue;
            var sealer = SEALER.matcher(line);
            if (!sealer.matches() || weights.put(Bytes.hex(sealer.group(1)), Long.parseLong(sealer.group(2))) != null)
                return reject(new MalformedGenesis("node"));
        }
        return SealerSet.of(List.copyOf(weights.keySet()), List.copyOf(weights.values()));
    }

    /// The value of a key that stands in exactly one line.
    private Optional<String> value(String key) {
        var values = lines().stream()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.substring(key.length() + 1).strip())
                .toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private List<String> lines() {
        return text.toUtf8().lines().toList();
    }
}
