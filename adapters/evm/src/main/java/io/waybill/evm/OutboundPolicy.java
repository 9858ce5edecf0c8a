package io.waybill.evm;

import io.waybill.contracts.Artifacts;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.digest.Digests;
import io.waybill.core.port.ChainException;
import java.util.Set;
import java.util.stream.Collectors;

/// What this process may sign: calls of named functions of named contracts, and nothing else. That their value is 0 is
/// not asked here: no transaction is ever built with another.
///
/// @param contracts targets that are ours
/// @param selectors the functions that may be called, four octets each
record OutboundPolicy(Set<Address> contracts, Set<Bytes> selectors) {
    private static final Set<String> CARRYING =
            Set.of("send", "sendBatch", "checkpoint", "deliver", "acknowledge", "update");

    OutboundPolicy {
        contracts = Set.copyOf(contracts);
        selectors = Set.copyOf(selectors);
    }

    /// What a relayer and a gateway may call: the functions that carry packets and headers, and no others.
    ///
    /// @param contracts targets that are ours
    static OutboundPolicy relaying(Set<Address> contracts) {
        var selectors = Artifacts.all().stream()
                .flatMap(artifact -> artifact.abi().stream())
                .filter(entry -> entry.type().equals("function") && CARRYING.contains(entry.name()))
                .map(entry ->
                        Digests.keccak256(Bytes.utf8(entry.signature())).value().slice(0, 4))
                .collect(Collectors.toUnmodifiableSet());
        return new OutboundPolicy(contracts, selectors);
    }

    /// Judges one call.
    ///
    /// @throws ChainException.Refused if the call is not allowed
    void check(Address to, Bytes calldata) {
        if (!contracts.contains(to)) {
            throw new ChainException.Refused("token policy: expected one of our contracts as target, got " + to);
        }
        var selector = calldata.slice(0, Math.min(4, calldata.size()));
        if (!selectors.contains(selector)) {
            throw new ChainException.Refused("token policy: expected an allow-listed function, got " + selector);
        }
    }
}
