package io.waybill.core.client.beacon;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.client.beacon.ssz.BeaconBlockHeader;
import io.waybill.core.client.beacon.ssz.Fork;
import io.waybill.core.client.beacon.ssz.LightClientHeader;
import io.waybill.core.client.beacon.ssz.Ssz;
import java.util.List;

/// What makes one beacon chain another, pinned when a client of it is created.
///
/// @param genesisValidatorsRoot goes into everything that is signed, so that a signature is of this chain only
/// @param genesisTime           seconds since 1970, 0 to 2^40
/// @param slotMs                milliseconds a slot lasts, 1 to 2^16
public record BeaconChain(
        Preset preset, ForkSchedule forks, Bytes32 genesisValidatorsRoot, long genesisTime, int slotMs) {
    private static final Bytes DOMAIN_SYNC_COMMITTEE = Bytes.of(7, 0, 0, 0);

    public BeaconChain {
        if (genesisTime < 0 || genesisTime > 1L << 40) {
            throw new IllegalArgumentException("genesis time: expected 0 to 2^40 s, got " + genesisTime);
        }
        if (slotMs < 1 || slotMs > 1 << 16) {
            throw new IllegalArgumentException("slot: expected 1 to 2^16 ms, got " + slotMs);
        }
    }

    public long period(long slot) {
        return preset.period(slot);
    }

    /// When a slot begins, milliseconds since 1970.
    public long timeMs(long slot) {
        return genesisTime * 1000 + slot * slotMs;
    }

    /// The fork of a slot, which decides what a header and a state look like.
    public Verdict<Fork> fork(long slot) {
        return forks.at(preset.epoch(slot)).map(ForkSchedule.Activation::fork);
    }

    /// A header that is well formed for the fork of its own slot.
    public Verdict<LightClientHeader> check(LightClientHeader header) {
        return fork(header.slot()).then(header::check);
    }

    /// What a sync committee signs at a slot for a header before it. The fork is that of the slot *before* the
    /// signature's, which differs at the first slot of a fork.
    public Verdict<Bytes32> signingRoot(BeaconBlockHeader attested, long signatureSlot) {
        long epoch = preset.epoch(Math.max(signatureSlot, 1) - 1);
        return forks.at(epoch).map(activation -> Ssz.container(List.of(attested.root(), domain(activation.version()))));
    }

    private Bytes32 domain(Bytes forkVersion) {
        var forkData = Ssz.container(List.of(Ssz.vector(forkVersion), genesisValidatorsRoot));
        return new Bytes32(Bytes.concat(DOMAIN_SYNC_COMMITTEE, forkData.value().slice(0, 28)));
    }
}
