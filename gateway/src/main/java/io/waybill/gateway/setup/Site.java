package io.waybill.gateway.setup;

import io.waybill.contracts.Artifact;
import io.waybill.contracts.Artifacts;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneRoles;
import io.waybill.contracts.LaneRoles.Role;
import io.waybill.core.Address;
import io.waybill.core.LaneId;
import io.waybill.core.port.ChainException;

/// What stands on one chain: who is above it, an Outbox and an Inbox, each compared with the code of this release.
///
/// @param council the admin of both, and of the clients there
public record Site(ContractHost host, Address council, Address outbox, Address inbox) {
    /// Refuses contracts whose code is not this release's, rule R1.4.
    public void compare() {
        require(Artifacts.OUTBOX, outbox);
        require(Artifacts.INBOX, inbox);
    }

    /// Refuses a contract whose code is not this release's.
    void require(Artifact artifact, Address address) {
        if (!artifact.on(host.kind()).isDeployedAs(host.code(address))) {
            throw new ChainException.Refused("%s on %s: expected the code of %s, release %s, found another"
                    .formatted(
                            address,
                            host.chain(),
                            artifact.name(),
                            artifact.on(host.kind()).releaseHash()));
        }
    }

    /// Whether a contract knows a lane by its id.
    boolean knows(Address contract, LaneId lane) {
        try {
            LaneCalls.decodeLog(host.call(contract, LaneCalls.log(lane)));
            return true;
        } catch (ChainException.Refused e) {
            if (String.valueOf(e.getMessage()).contains("LaneNotOpen")) return false;
            throw e;
        }
    }

    /// Whether an account may open lanes at a contract here.
    boolean mayOpen(Address contract, Address account) {
        return LaneCalls.decodeFlag(host.call(contract, LaneRoles.has(Role.OPENER, account)));
    }
}
