package io.waybill.core.client.beacon;

import io.waybill.core.Bytes32;
import io.waybill.core.client.beacon.ssz.LightClientHeader;
import io.waybill.core.client.beacon.ssz.SyncAggregate;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import io.waybill.core.proof.Rlp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a sync committee signed and what follows from it. Without a finalised header there is no such update: a
/// header that is attested only is not believed here.
///
/// @param attested      the header that the committee signed
/// @param finalised     the header that the attested block's state holds to be final
/// @param next          the committee of the next period, shown in the same state; null when not given
/// @param signatureSlot the slot of the block that carries the signature, 0 to 2^44 - 1
/// @see <a
///     href="https://github.com/ethereum/consensus-specs/blob/dev/specs/altair/light-client/sync-protocol.md">
///     consensus-specs, Altair light client, LightClientUpdate and LightClientFinalityUpdate</a>
public record LightClientUpdate(
        LightClientHeader attested,
        InState<LightClientHeader> finalised,
        @Nullable InState<SyncCommittee> next,
        SyncAggregate aggregate,
        long signatureSlot) {

    /// The root of the committee of the next period, zero when not given.
    Bytes32 nextRoot() {
        return next == null ? Bytes32.ZERO : next.value().root();
    }

    /// `[ attested, [finalised, branch], committee or [], [bits, signature], signatureSlot ]`
    Rlp item() {
        return Rlp.list(
                BeaconWire.header(attested),
                Rlp.list(BeaconWire.header(finalised.value()), BeaconWire.branch(finalised.branch())),
                next == null ? Rlp.list() : BeaconWire.committee(next),
                BeaconWire.aggregate(aggregate),
                Rlp.of(signatureSlot));
    }

    static LightClientUpdate read(Preset preset, Rlp item) {
        var items = BeaconWire.items(item, 5, "update");
        var finalised = BeaconWire.items(items.get(1), 2, "finalised header");
        return new LightClientUpdate(
                BeaconWire.header(items.get(0)),
                new InState<>(BeaconWire.header(finalised.get(0)), BeaconWire.branch(finalised.get(1))),
                next(preset, items.get(2)),
                BeaconWire.aggregate(preset, items.get(3)),
                BeaconWire.slot(items.get(4)));
    }

    private static @Nullable InState<SyncCommittee> next(Preset preset, Rlp item) {
        return item.items().equals(List.of()) ? null : BeaconWire.committee(preset, item);
    }
}
