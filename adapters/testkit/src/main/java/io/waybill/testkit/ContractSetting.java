package io.waybill.testkit;

import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.LightClient;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Chain;
import io.waybill.core.port.ClientRef;
import java.time.InstantSource;

/// Two chains with an open lane between them, each holding a client of the other: where [ChainContract] takes
/// place.
///
/// @param clock a clock that both chains' times follow
public record ContractSetting(
        Chain source,
        Chain destination,
        LaneTerms terms,
        Followed ofSource,
        Followed ofDestination,
        InstantSource clock) {

    /// A light-client contract, its rules in Java and its anchor.
    public record Followed(ClientRef ref, LightClient rules, ConsensusState anchor) {}

    Chain from(LogRole role) {
        return role == LogRole.PACKETS ? source : destination;
    }

    Chain to(LogRole role) {
        return role == LogRole.PACKETS ? destination : source;
    }

    Followed client(LogRole role) {
        return role == LogRole.PACKETS ? ofSource : ofDestination;
    }
}
