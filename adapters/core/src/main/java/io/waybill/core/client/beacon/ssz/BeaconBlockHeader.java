package io.waybill.core.client.beacon.ssz;

import io.waybill.core.Bytes32;
import java.util.List;

/// The header of a beacon block; its root is the block's name.
///
/// @param slot          0 to 2^44 - 1
/// @param proposerIndex of the validator, 64 bits unsigned
/// @param stateRoot     of the state after the block
/// @param bodyRoot      of the block's body
/// @see <a
///     href="https://github.com/ethereum/consensus-specs/blob/dev/specs/phase0/beacon-chain.md#beaconblockheader">
///     consensus-specs, BeaconBlockHeader</a>
public record BeaconBlockHeader(
        long slot, long proposerIndex, Bytes32 parentRoot, Bytes32 stateRoot, Bytes32 bodyRoot) {
    /// One more than the highest slot: 10^6 years from genesis even at two seconds a slot, and far from
    /// overflow when counted in milliseconds.
    public static final long SLOT_LIMIT = 1L << 44;

    public BeaconBlockHeader {
        if (!isSlot(slot)) throw new IllegalArgumentException("slot: expected 0 to 2^44 - 1, got " + slot);
    }

    public static boolean isSlot(long number) {
        return number >= 0 && number < SLOT_LIMIT;
    }

    public Bytes32 root() {
        return Ssz.container(List.of(Ssz.u64(slot), Ssz.u64(proposerIndex), parentRoot, stateRoot, bodyRoot));
    }
}
