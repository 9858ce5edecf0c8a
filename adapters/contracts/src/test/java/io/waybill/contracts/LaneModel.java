package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.lane.StatusRule;
import io.waybill.core.port.Chain;
import java.util.ArrayList;
import java.util.List;

/// What both ends of a lane should hold, in the simplest form that can say it: two lists and a number. Each step
/// answers
/// the name of the refusal, or nothing when it is taken.
final class LaneModel {
    static final String TAKEN = "";

    final List<Bytes> packets = new ArrayList<>();
    final List<Bytes> statuses = new ArrayList<>();
    long acknowledged;
    boolean outboxPaused;
    boolean inboxPaused;
    long nowMs;

    private final LaneId lane;
    private final LaneTerms.Terms terms;
    private final Address sender;

    LaneModel(LaneTerms lane, Address sender, long nowMs) {
        this.lane = lane.id();
        this.terms = lane.terms();
        this.sender = sender;
        this.nowMs = nowMs;
    }

    String send(List<Chain.Send> sends) {
        if (outboxPaused) return "LanePaused";
        for (int i = 0; i < sends.size(); i++) {
            var one = sends.get(i);
            if (Packet.HEADER + one.attestation().size() > terms.maxPacket()) return "PacketTooLarge";
            if (packets.size() - acknowledged + i >= terms.window()) return "WindowFull";
            if (one.timeoutMs() <= nowMs || one.timeoutMs() > nowMs + terms.maxTimeoutMs()) return "TimeoutOutOfRange";
        }
        for (var one : sends) {
            packets.add(new Packet(lane, packets.size(), sender, one.timeoutMs(), one.attestation()).encode());
        }
        return TAKEN;
    }

    /// Packets `[first, end)` are shown, all of them sent.
    String deliver(long first, long end) {
        if (inboxPaused) return "LanePaused";
        if (first > statuses.size()) return "GapInLog";
        for (int i = statuses.size(); i < end; i++) {
            var packet = packets.get(i);
            var status = StatusRule.of(packet, lane, terms, i, nowMs);
            statuses.add(new PacketStatus(lane, i, LaneLog.leaf(packet), status, nowMs).encode());
        }
        return TAKEN;
    }

    /// Statuses `[first, end)` are shown, all of them given.
    String acknowledge(long first, long end) {
        if (first > acknowledged) return "GapInLog";
        acknowledged = Math.max(acknowledged, end);
        return TAKEN;
    }
}
