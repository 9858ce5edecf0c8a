package io.waybill.core.client.beacon;

import io.waybill.core.Bytes;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.Verdict;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import io.waybill.core.proof.Rlp;

/// A header update in its wire form, `RLP [ trustedSlot, currentRoot, nextRoot, signers, update ]`.
///
/// @param trusted what the client knows of committees at a slot it holds, shown again
/// @param signers the committee that signed, of the trusted header's period or of the next
/// @param update  as in [LightClientUpdate]
public record BeaconUpdate(SyncStore trusted, SyncCommittee signers, LightClientUpdate update) {
    public Bytes encode() {
        return Rlp.list(
                        Rlp.of(trusted.slot()),
                        Rlp.of(trusted.current().value()),
                        Rlp.of(trusted.next().value()),
                        Rlp.of(signers.octets()),
                        update.item())
                .encode();
    }

    /// Reads the wire form; total.
    public static Verdict<BeaconUpdate> decode(Preset preset, Bytes octets) {
        return Rlp.parse(octets, MalformedUpdate::new, item -> Verdict.accept(read(preset, item)));
    }

    private static BeaconUpdate read(Preset preset, Rlp item) {
        var items = BeaconWire.items(item, 5, "items");
        var trusted = new SyncStore(
                BeaconWire.slot(items.get(0)), BeaconWire.hash(items.get(1)), BeaconWire.hash(items.get(2)));
        return new BeaconUpdate(
                trusted, BeaconWire.keys(preset, items.get(3)), LightClientUpdate.read(preset, items.get(4)));
    }
}
