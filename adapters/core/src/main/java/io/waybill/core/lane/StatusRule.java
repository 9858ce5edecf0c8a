package io.waybill.core.lane;

import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.TokenPolicy;

/// The one final status of a packet: a function of its octets, the lane's terms, its position and the destination's
/// time, and of nothing else, rule R3.4. Total: for any octets it answers.
public final class StatusRule {
    private StatusRule() {}

    /// The status that packet octets get.
    ///
    /// @param lane  the lane whose log they are a leaf of
    /// @param index their position in that log
    /// @param nowMs the destination's block time, milliseconds since 1970
    public static FinalStatus of(Bytes packet, LaneId lane, LaneTerms.Terms terms, long index, long nowMs) {
        if (packet.size() > terms.maxPacket()) return FinalStatus.REFUSED;
        if (!terms.policyHash().equals(TokenPolicy.HASH)) return FinalStatus.REFUSED;
        var verdict = Packet.decode(packet);
        if (!verdict.isAccepted()) return FinalStatus.REFUSED;
        var decoded = verdict.orElseThrow();
        if (!decoded.encode().equals(packet)) return FinalStatus.REFUSED;
        if (!decoded.lane().equals(lane) || decoded.index() != index) return FinalStatus.REFUSED;
        var policy = Attestation.decode(decoded.attestation()).then(TokenPolicy::judge);
        if (!policy.isAccepted()) return FinalStatus.REFUSED;
        return nowMs >= decoded.timeoutMs() ? FinalStatus.EXPIRED : FinalStatus.DELIVERED;
    }
}
