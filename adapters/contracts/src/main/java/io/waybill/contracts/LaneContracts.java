package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.ChainId;
import io.waybill.core.lane.LogRole;
import io.waybill.core.policy.OutboundPolicy;
import java.util.HashSet;
import java.util.Set;

/// Our contracts on one chain: all that its adapter may be asked of.
///
/// @param clients light clients of other chains that live here
public record LaneContracts(ChainId chain, Address outbox, Address inbox, Set<Address> clients) {
    public LaneContracts {
        clients = Set.copyOf(clients);
    }

    /// The contract that keeps a log.
    public Address of(LogRole role) {
        return role == LogRole.PACKETS ? outbox : inbox;
    }

    /// What whoever carries packets may call of them.
    public OutboundPolicy carrying() {
        var all = new HashSet<>(clients);
        all.add(outbox);
        all.add(inbox);
        return AllowedCalls.carrying(all);
    }
}
