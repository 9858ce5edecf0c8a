package io.waybill.core.lane;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ClientRejection;
import io.waybill.core.EventRejection;
import io.waybill.core.LaneId;
import io.waybill.core.LaneRejection;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.LightClient;
import io.waybill.core.port.Delivery;
import java.util.List;

/// Judges a delivery or an acknowledgement as the contract at the other end does, rule R3.1, before a cent of gas is
/// spent: client update, client status, checkpoint event, range proof.
///
/// @param client  the client of the chain the leaves come from
/// @param role    whether the leaves are packets or statuses
/// @param lane    the lane they belong to
/// @param emitter the contract that keeps their log: the Outbox for packets, the Inbox for statuses
public record LaneVerifier(LightClient client, LogRole role, LaneId lane, Address emitter) {
    /// The verifier of one of a lane's two logs.
    public static LaneVerifier of(LightClient client, LogRole role, LaneTerms terms) {
        return new LaneVerifier(client, role, terms.id(), role == LogRole.PACKETS ? terms.outbox() : terms.inbox());
    }

    /// What a delivery proved.
    ///
    /// @param state  the client afterwards; frozen if the update proved misbehaviour, and then nothing was
    /// delivered
    /// @param leaves the leaves proven to be in the log, none if the client froze
    public record Proven(ClientState state, List<Bytes> leaves) {
        public Proven {
            leaves = List.copyOf(leaves);
        }
    }

    /// Judges a delivery against what the client believes.
    ///
    /// @param nowMs the time at the chain that would take the delivery, milliseconds since 1970
    public Verdict<Proven> judge(ClientState state, Delivery delivery, long nowMs) {
        if (!delivery.lane().equals(lane)) {
            return reject(new EventRejection.WrongLane(delivery.lane().value()));
        }
        var updated = delivery.update().isEmpty() ? accept(state) : client.update(state, delivery.update(), nowMs);
        return updated.then(after -> after.frozen() && !state.frozen()
                ? accept(new Proven(after, List.of()))
                : proven(after, delivery, nowMs));
    }

    private Verdict<Proven> proven(ClientState state, Delivery delivery, long nowMs) {
        var status = client.status(state, nowMs);
        if (status != ClientStatus.ACTIVE) return reject(new ClientRejection.ClientNotActive(status));
        return client.verifyCheckpoint(state, emitter, role, lane, delivery.height(), delivery.eventProof())
                .then(found -> agrees(found, delivery.checkpoint()))
                .then(found -> RangeProof.verify(found, delivery.first(), delivery.leaves(), delivery.rangeProof()))
                .then(leaves -> role == LogRole.PACKETS ? accept(leaves) : placed(delivery.first(), leaves))
                .map(leaves -> new Proven(state, leaves));
    }

    /// The checkpoint that was expected is the one that was proven.
    private static Verdict<Checkpoint> agrees(Checkpoint found, Checkpoint expected) {
        if (found.equals(expected)) return accept(found);
        return found.size() == expected.size()
                ? reject(new LaneRejection.LogForked(found.size()))
                : reject(new LaneRejection.InconsistentLog());
    }

    /// Each status is one of this lane, at its own index.
    private Verdict<List<Bytes>> placed(long first, List<Bytes> leaves) {
        for (int i = 0; i < leaves.size(); i++) {
            long index = first + i;
            var status = PacketStatus.decode(leaves.get(i))
                    .then(decoded -> decoded.lane().equals(lane) && decoded.index() == index
                            ? accept(decoded)
                            : reject(new LaneRejection.StatusMisplaced(index)));
            if (status instanceof Verdict.Rejected<PacketStatus>(var reason)) return reject(reason);
        }
        return accept(leaves);
    }
}
