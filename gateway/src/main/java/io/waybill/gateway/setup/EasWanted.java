package io.waybill.gateway.setup;

import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import java.util.List;

/// An Ethereum Attestation Service whose attestations a lane is to take as well.
///
/// @param contract  EAS, on the lane's source
/// @param schemas   whose attestations go, at least one; without resolver
/// @param attesters whose attestations go, at least one
public record EasWanted(Address contract, List<Bytes32> schemas, List<Address> attesters) {
    public EasWanted {
        schemas = schemas.stream().sorted().toList();
        attesters = attesters.stream().sorted().toList();
    }

    /// The EasSource that sends them.
    ///
    /// @param from height at which it was created, or lower
    public record Opened(String lane, Address contract, Address source, long from) {}
}
