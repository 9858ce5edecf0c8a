package io.waybill.core.client.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import org.jspecify.annotations.Nullable;

/// What a committee signs: the PoS block it commits, and with it a block of the PoW chain.
///
/// @param commitInfo        the committed PoS block
/// @param consensusDataHash of the votes; of no use here, but signed
public record LedgerInfo(BlockInfo commitInfo, Bytes32 consensusDataHash) {
    /// SHA3-256 of `DIEM::LedgerInfo`, which keeps these signatures from being taken for others.
    static final Bytes32 SEED = Bytes32.hex("cd510d1ab583c33b54fa949014601df0664857c18c4cfb228c862dd869df1b62");

    /// A block of the PoS chain.
    ///
    /// @param epoch           of the committee that signs
    /// @param round           within the epoch
    /// @param id              the PoS block's hash
    /// @param executedStateId all zero on Conflux
    /// @param version         of the PoS ledger
    /// @param timestampUsecs  microseconds since 1970
    /// @param nextEpochState  the committee of the next epoch; null but in the last ledger info of an epoch
    /// @param pivot           the PoW block decided on; null where none is yet
    public record BlockInfo(
            long epoch,
            long round,
            Bytes32 id,
            Bytes32 executedStateId,
            long version,
            long timestampUsecs,
            @Nullable EpochState nextEpochState,
            @Nullable Pivot pivot) {
        private Bytes encode() {
            return Bytes.concat(
                    Bcs.u64(epoch),
                    Bcs.u64(round),
                    Bcs.octets(id.value()),
                    Bcs.octets(executedStateId.value()),
                    Bcs.u64(version),
                    Bcs.u64(timestampUsecs),
                    Bcs.option(nextEpochState, EpochState::encode),
                    Bcs.option(pivot, Pivot::encode));
        }

        private static BlockInfo read(Bcs.Reader in) {
            return new BlockInfo(
                    in.u64("epoch"),
                    in.u64("round"),
                    in.hash("id"),
                    in.hash("executedStateId"),
                    in.u64("version"),
                    in.u64("timestampUsecs"),
                    in.option(EpochState::read, "nextEpochState"),
                    in.option(Pivot::read, "pivot"));
        }
    }

    public long epoch() {
        return commitInfo.epoch();
    }

    /// Milliseconds since 1970.
    public long timeMs() {
        return commitInfo.timestampUsecs() / 1000;
    }

    /// SHA-256 over the encoding: how an anchor is named.
    public Bytes32 hash() {
        return Digests.sha256(encode());
    }

    /// The octets that validators sign, hashed to the curve as they are.
    public Bytes signedMessage() {
        return Bytes.concat(SEED.value(), encode());
    }

    public Bytes encode() {
        return Bytes.concat(commitInfo.encode(), Bcs.octets(consensusDataHash.value()));
    }

    /// Reads the BCS encoding, strictly: what is accepted re-encodes to itself; total.
    public static Verdict<LedgerInfo> decode(Bytes octets) {
        return Bcs.parse(octets, in -> new LedgerInfo(BlockInfo.read(in), in.hash("consensusDataHash")));
    }
}
