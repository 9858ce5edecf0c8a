package io.waybill.gateway.store;

import io.waybill.core.attestation.FinalStatus;
import java.util.Locale;

/// How far an attestation has come, in the order of the way. The names in lower case are those of the API.
public enum State {
    /// Stored here; no chain knows of it yet.
    ACCEPTED,
    /// Handed to the source chain in a batch; whether it arrived is not known yet.
    SUBMITTED,
    /// In a block of the source chain.
    INCLUDED,
    /// That block is final.
    FINAL,
    /// A relayer proved the block, the checkpoint and the packet, and its own light client accepted them.
    PROVEN,
    /// The Inbox gave it the status Delivered.
    DELIVERED,
    /// The Inbox gave it the status Expired: it came at or after its timeout.
    EXPIRED,
    /// The Inbox gave it the status Refused: the packet is malformed or against the lane's policy.
    REFUSED,
    /// The Outbox learnt of the final status, by proof.
    ACKNOWLEDGED,
    /// It will not move by itself; the reason says why.
    PARKED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static State of(FinalStatus status) {
        return switch (status) {
            case DELIVERED -> DELIVERED;
            case EXPIRED -> EXPIRED;
            case REFUSED -> REFUSED;
        };
    }
}
