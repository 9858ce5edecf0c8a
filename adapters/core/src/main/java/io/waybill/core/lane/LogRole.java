package io.waybill.core.lane;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;

/// Which of a lane's two logs is meant: the packets an Outbox sent, or the statuses an Inbox gave them.
public enum LogRole {
    PACKETS("PacketCheckpoint(bytes32,uint256,bytes32)"),
    STATUSES("StatusCheckpoint(bytes32,uint256,bytes32)");

    private final String event;
    private final Bytes32 topic;

    LogRole(String event) {
        this.event = event;
        this.topic = Digests.keccak256(Bytes.utf8(event));
    }

    /// The signature of the checkpoint event of this log, rule R2.4.
    public String event() {
        return event;
    }

    /// Topic 0 of the checkpoint event: Keccak-256 of its signature, on every chain.
    public Bytes32 topic() {
        return topic;
    }
}
