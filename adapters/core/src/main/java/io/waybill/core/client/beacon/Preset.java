package io.waybill.core.client.beacon;

/// The sizes that a beacon chain is compiled with.
///
/// @param slotsPerEpoch   ≥ 1
/// @param epochsPerPeriod epochs that a sync committee serves, ≥ 1
/// @param committeeSize   members of a sync committee, a power of two from 8 to 4096
/// @see <a href="https://github.com/ethereum/consensus-specs/tree/dev/presets">consensus-specs, presets</a>
public record Preset(int slotsPerEpoch, int epochsPerPeriod, int committeeSize) {
    public static final Preset MAINNET = new Preset(32, 256, 512);
    public static final Preset MINIMAL = new Preset(8, 8, 32);

    private static final int LIMIT = 1 << 20;

    public Preset {
        if (slotsPerEpoch < 1 || slotsPerEpoch > LIMIT) {
            throw new IllegalArgumentException("slots per epoch: expected 1 to 2^20, got " + slotsPerEpoch);
        }
        if (epochsPerPeriod < 1 || epochsPerPeriod > LIMIT) {
            throw new IllegalArgumentException("epochs per period: expected 1 to 2^20, got " + epochsPerPeriod);
        }
        if (committeeSize < 8 || committeeSize > 4096 || Integer.bitCount(committeeSize) != 1) {
            throw new IllegalArgumentException(
                    "committee size: expected a power of two from 8 to 4096, got " + committeeSize);
        }
    }

    public long epoch(long slot) {
        return slot / slotsPerEpoch;
    }

    /// The sync-committee period of a slot.
    public long period(long slot) {
        return epoch(slot) / epochsPerPeriod;
    }

    /// The participants an update needs, `⌈2n/3⌉`: also for the headers that the protocol would hold for less.
    public int participantsNeeded() {
        return (2 * committeeSize + 2) / 3;
    }
}
