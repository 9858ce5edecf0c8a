package io.waybill.testkit;

import io.waybill.core.Bytes;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LaneVerifier;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Delivery;
import io.waybill.core.port.LogEntry;
import io.waybill.core.port.Sighting;
import io.waybill.testkit.ContractSetting.Followed;
import java.util.List;
import java.util.Objects;

/// Carries leaves by hand, one step after another, with nothing of a relayer: what a test needs to see that an
/// adapter builds proofs which the rules in Java accept and submits them so that the contract does.
public final class HandCarrier {
    private final ContractSetting setting;
    private final LogRole role;
    private ClientState state;

    public HandCarrier(ContractSetting setting, LogRole role) {
        this.setting = setting;
        this.role = role;
        this.state = ClientState.anchoredAt(client().anchor());
    }

    /// What our own client believes of a height of the chain that is carried from.
    public ConsensusState know(long height) {
        long trusted = Objects.requireNonNull(state.history().floorKey(height));
        setting.from(role).headerUpdates(client().ref(), trusted, height).forEach(this::apply);
        return Objects.requireNonNull(state.at(height));
    }

    /// The newest checkpoint of the log, published now if none covers `end` leaves, after our own client has judged
    /// its proof.
    public Sighting sighting(long end) {
        var lane = setting.terms().id();
        var sighting = setting.from(role)
                .checkpoint(role, lane)
                .filter(newest -> newest.checkpoint().size() >= end)
                .orElseGet(() -> setting.from(role).publishCheckpoint(role, lane));
        know(sighting.height());
        return sighting;
    }

    /// The checkpoint that an event proof proves to our own client.
    public Checkpoint judged(Sighting sighting, Bytes eventProof) {
        var emitter = role == LogRole.PACKETS
                ? setting.terms().outbox()
                : setting.terms().inbox();
        return client().rules()
                .verifyCheckpoint(state, emitter, role, setting.terms().id(), sighting.height(), eventProof)
                .orElseThrow();
    }

    /// Brings the contract's client to where only one more update is needed, and makes the delivery of `[first,
    /// end)`, judged by our own rules already.
    public Delivery delivery(long first, long end) {
        var lane = setting.terms().id();
        var sighting = sighting(end);
        var proof = setting.from(role).eventProof(lane, role, sighting);
        var updates = updates(sighting.height());
        if (updates.size() > 1) {
            updates.subList(0, updates.size() - 1)
                    .forEach(update -> setting.to(role).updateClient(client().ref(), update));
        }
        var leaves = setting
                .from(role)
                .entries(role, lane, 0, sighting.checkpoint().size())
                .stream()
                .map(LogEntry::leaf)
                .toList();
        var delivery = new Delivery(
                lane,
                updates.isEmpty() ? Bytes.EMPTY : updates.getLast(),
                sighting.height(),
                proof,
                sighting.checkpoint(),
                first,
                leaves.subList((int) first, (int) end),
                LaneLog.of(leaves).rangeProof(first, end, sighting.checkpoint().size()));
        state = LaneVerifier.of(client().rules(), role, setting.terms())
                .judge(state, delivery, setting.clock().millis())
                .orElseThrow()
                .state();
        return delivery;
    }

    /// Header updates that lead the contract's client to a height, from what it holds now.
    public List<Bytes> updates(long height) {
        var accepted = setting.to(role).client(client().ref()).accepted();
        if (accepted.containsKey(height)) return List.of();
        long trusted = Objects.requireNonNull(accepted.floorKey(height));
        know(trusted);
        return setting.from(role).headerUpdates(client().ref(), trusted, height);
    }

    private void apply(Bytes update) {
        state = client().rules().update(state, update, setting.clock().millis()).orElseThrow();
    }

    private Followed client() {
        return setting.client(role);
    }
}
