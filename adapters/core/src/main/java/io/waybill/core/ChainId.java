package io.waybill.core;

import io.waybill.core.digest.Digests;
import java.util.regex.Pattern;

/// The name of one ledger, written as CAIP-2 writes it: `eip155:1337`, `fisco:chain0-group0`.
///
/// @param name `namespace:reference`; namespace 3 to 8 of `[-a-z0-9]`, reference 1 to 32 of `[-_a-zA-Z0-9]`
/// @see <a href="https://chainagnostic.org/CAIPs/caip-2">CAIP-2</a>
public record ChainId(String name) {
    private static final Pattern CAIP_2 = Pattern.compile("[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}");

    public ChainId {
        if (!CAIP_2.matcher(name).matches()) {
            throw new IllegalArgumentException("chain id: expected namespace:reference as in CAIP-2, got " + name);
        }
    }

    /// What contracts know a chain by: `sha256(utf8(name))`, rule R1.1.
    public Bytes32 hash() {
        return Digests.sha256(Bytes.utf8(name));
    }

    @Override
    public String toString() {
        return name;
    }
}
