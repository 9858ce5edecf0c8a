package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;

/// Who may do what at an Outbox or an Inbox. None of them changes what a packet becomes; a pause delays, no more.
///
/// @param admin  gives and takes roles and lifts pauses; a Council in production
/// @param opener opens lanes
/// @param pauser stops a lane at once
public record LaneRoles(Address admin, Address opener, Address pauser) {
    static final String GRANT = "grantRole(bytes32,address)";
    static final String REVOKE = "revokeRole(bytes32,address)";
    static final String RENOUNCE = "renounceRole(bytes32,address)";
    static final String HAS = "hasRole(bytes32,address)";

    /// A role by the name that the contracts give it.
    public enum Role {
        ADMIN(Bytes32.ZERO),
        OPENER(Abi.topic("OPENER_ROLE")),
        PAUSER(Abi.topic("PAUSER_ROLE"));

        private final Bytes32 id;

        Role(Bytes32 id) {
            this.id = id;
        }
    }

    /// All roles in one hand.
    public static LaneRoles of(Address account) {
        return new LaneRoles(account, account, account);
    }

    Abi abi() {
        return Abi.tuple(Abi.of(admin), Abi.of(opener), Abi.of(pauser));
    }

    /// Gives a role to an account, as the admin.
    public static Bytes grant(Role role, Address account) {
        return Abi.call(GRANT, Abi.of(role.id), Abi.of(account));
    }

    /// Takes a role from an account, as the admin.
    public static Bytes revoke(Role role, Address account) {
        return Abi.call(REVOKE, Abi.of(role.id), Abi.of(account));
    }

    /// Gives up a role of one's own.
    ///
    /// @param self who calls; the contract asks for it again
    public static Bytes renounce(Role role, Address self) {
        return Abi.call(RENOUNCE, Abi.of(role.id), Abi.of(self));
    }

    /// Asks whether an account has a role; [LaneCalls#decodeFlag] reads the answer.
    public static Bytes has(Role role, Address account) {
        return Abi.call(HAS, Abi.of(role.id), Abi.of(account));
    }
}
