package io.waybill.core.client.beacon;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.beacon.ssz.BeaconBlockHeader;
import io.waybill.core.client.beacon.ssz.ExecutionPayloadHeader;
import io.waybill.core.client.beacon.ssz.LightClientHeader;
import io.waybill.core.client.beacon.ssz.Ssz;
import io.waybill.core.client.beacon.ssz.SyncAggregate;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import io.waybill.core.proof.Rlp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts that wire forms of this package share, written as RLP and read back. The readers are for use
/// inside `Rlp.parse`: what they cannot read ends the parse.
///
/// | part | RLP |
/// |---|---|
/// | header | `[ [slot, proposerIndex, parentRoot, stateRoot, bodyRoot], execution, executionBranch ]` |
/// | execution | the 17 fields of [ExecutionField]; before Capella `[]`, and so is the branch |
/// | committee | `[ keys and aggregate key in one string, branch ]` |
/// | branch | the siblings from the leaf up, 32 octets each, at most 11 |
final class BeaconWire {
    private static final int HASH = 32;

    private BeaconWire() {}

    static Rlp header(LightClientHeader header) {
        var beacon = header.beacon();
        var execution = header.execution();
        return Rlp.list(
                Rlp.list(
                        Rlp.of(beacon.slot()),
                        Rlp.of(beacon.proposerIndex()),
                        Rlp.of(beacon.parentRoot().value()),
                        Rlp.of(beacon.stateRoot().value()),
                        Rlp.of(beacon.bodyRoot().value())),
                Rlp.list(execution == null ? List.<Bytes>of() : execution.fields(), Rlp::of),
                branch(header.executionBranch()));
    }

    static LightClientHeader header(Rlp item) {
        var items = items(item, 3, "header");
        return new LightClientHeader(beacon(items.get(0)), execution(items.get(1)), branch(items.get(2)));
    }

    private static BeaconBlockHeader beacon(Rlp item) {
        var items = items(item, 5, "beacon header");
        return new BeaconBlockHeader(
                slot(items.get(0)), items.get(1).number(), hash(items.get(2)), hash(items.get(3)), hash(items.get(4)));
    }

    private static @Nullable ExecutionPayloadHeader execution(Rlp item) {
        var fields = item.items().stream().map(Rlp::octets).toList();
        if (fields.isEmpty()) return null;
        if (!ExecutionPayloadHeader.wellFormed(fields)) throw new Rlp.Unexpected("execution header");
        return new ExecutionPayloadHeader(fields);
    }

    static Rlp committee(InState<SyncCommittee> committee) {
        return Rlp.list(Rlp.of(committee.value().octets()), branch(committee.branch()));
    }

    static InState<SyncCommittee> committee(Preset preset, Rlp item) {
        var items = items(item, 2, "committee");
        return new InState<>(keys(preset, items.get(0)), branch(items.get(1)));
    }

    static SyncCommittee keys(Preset preset, Rlp item) {
        return new SyncCommittee(octets(item, SyncCommittee.octets(preset.committeeSize()), "committee"));
    }

    static Rlp branch(List<Bytes32> branch) {
        return Rlp.list(branch, hash -> Rlp.of(hash.value()));
    }

    static List<Bytes32> branch(Rlp item) {
        var items = item.items();
        if (items.size() > Ssz.BRANCH_LIMIT) throw new Rlp.Unexpected("branch");
        return items.stream().map(BeaconWire::hash).toList();
    }

    static Rlp aggregate(SyncAggregate aggregate) {
        return Rlp.list(Rlp.of(aggregate.bits()), Rlp.of(aggregate.signature()));
    }

    static SyncAggregate aggregate(Preset preset, Rlp item) {
        var items = items(item, 2, "sync aggregate");
        return new SyncAggregate(
                octets(items.get(0), preset.committeeSize() / 8, "bits"),
                octets(items.get(1), SyncAggregate.SIGNATURE, "signature"));
    }

    static long slot(Rlp item) {
        long slot = item.number();
        if (!BeaconBlockHeader.isSlot(slot)) throw new Rlp.Unexpected("slot");
        return slot;
    }

    static Bytes32 hash(Rlp item) {
        return new Bytes32(octets(item, HASH, "hash"));
    }

    static List<Rlp> items(Rlp item, int count, String what) {
        var items = item.items();
        if (items.size() != count) throw new Rlp.Unexpected(what);
        return items;
    }

    private static Bytes octets(Rlp item, int size, String what) {
        var octets = item.octets();
        if (octets.size() != size) throw new Rlp.Unexpected(what);
        return octets;
    }
}
