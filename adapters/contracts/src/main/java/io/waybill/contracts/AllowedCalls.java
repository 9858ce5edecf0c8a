package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.policy.OutboundPolicy;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which functions of this release's contracts each part of the software may call.
public final class AllowedCalls {
    private static final Set<String> CARRYING =
            Set.of("send", "sendBatch", "checkpoint", "deliver", "acknowledge", "update");
    private static final Set<String> MIRRORING = Set.of("attest", "revoke");

    private AllowedCalls() {}

    /// What a relayer and a gateway may call: the functions that carry packets and headers, and no others.
    ///
    /// @param contracts targets that are ours
    public static OutboundPolicy carrying(Set<Address> contracts) {
        var lanes = Artifacts.all().stream().filter(artifact -> !artifact.equals(Artifacts.EAS_SOURCE));
        return new OutboundPolicy(contracts, selectors(lanes, CARRYING::contains), false);
    }

    /// What a member may call that brings attestations of EAS onto a lane.
    ///
    /// @param source EasSource of the lane
    public static OutboundPolicy mirroring(Address source) {
        return new OutboundPolicy(
                Set.of(source), selectors(Stream.of(Artifacts.EAS_SOURCE), MIRRORING::contains), false);
    }

    /// What a setup may do: create contracts, and call every function of those that it knows.
    ///
    /// @param contracts that it created or was shown
    public static OutboundPolicy settingUp(Set<Address> contracts) {
        return new OutboundPolicy(contracts, selectors(Artifacts.all().stream(), _ -> true), true);
    }

    private static Set<Bytes> selectors(Stream<Artifact> artifacts, Predicate<String> functions) {
        return artifacts
                .flatMap(artifact -> artifact.abi().stream())
                .filter(entry -> entry.type().equals("function")
                        && entry.mutability().equals("nonpayable")
                        && functions.test(entry.name()))
                .map(entry -> Abi.selector(entry.signature()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
