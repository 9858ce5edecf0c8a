package io.waybill.gateway.setup;

import io.waybill.core.Address;
import io.waybill.core.ChainId;
import java.util.List;

/// One of the two chains between which lanes are opened, and what is wanted there.
///
/// @param checkpointOnChange whether event proofs of this chain cover every field of a receipt with its length, so that
///     a change of a log may end with its own checkpoint; never on FISCO BCOS, rule R2.5
/// @param council            who is above everything that can be changed there
/// @param contracts          its Outbox and Inbox
/// @param pauser             who may stop a lane there at once
/// @param followed           how the other chain is to believe this one
public record Side(
        ContractHost host,
        boolean checkpointOnChange,
        Seat council,
        Contracts contracts,
        Address pauser,
        Followed followed) {
    public ChainId chain() {
        return host.chain();
    }

    /// Who is above clients, roles and pauses.
    public sealed interface Seat {
        /// A council that is created.
        ///
        /// @param members   2 to 32, strictly ascending
        /// @param approvals how many must approve, 2 at least
        /// @param delayMs   how long an approved call waits, 1 ms to 30 days
        record Create(List<Address> members, int approvals, long delayMs) implements Seat {
            public Create {
                members = List.copyOf(members);
            }
        }

        /// An account that exists: a council, or whoever answers for a chain that is only tried out.
        record Use(Address account) implements Seat {}
    }

    /// Where lanes begin and end.
    public sealed interface Contracts {
        /// Both are created.
        record Create() implements Contracts {}

        /// Both exist, are of this release, and our account may open lanes at them.
        record Use(Address outbox, Address inbox) implements Contracts {}
    }
}
