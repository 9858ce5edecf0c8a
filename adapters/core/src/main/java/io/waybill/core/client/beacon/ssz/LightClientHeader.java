package io.waybill.core.client.beacon.ssz;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A beacon block's header with, from Capella on, the execution header in its body.
///
/// @param execution       null before Capella
/// @param executionBranch what proves it under the body's root; empty before Capella
/// @see <a
///     href="https://github.com/ethereum/consensus-specs/blob/dev/specs/capella/light-client/sync-protocol.md">
///     consensus-specs, Capella light client</a>
public record LightClientHeader(
        BeaconBlockHeader beacon, @Nullable ExecutionPayloadHeader execution, List<Bytes32> executionBranch) {
    private static final int EXECUTION_DEPTH = 4;

    public LightClientHeader {
        executionBranch = List.copyOf(executionBranch);
    }

    public long slot() {
        return beacon.slot();
    }

    /// The hash of the execution block, zero before Capella.
    public Bytes32 blockHash() {
        return execution == null ? Bytes32.ZERO : execution.blockHash();
    }

    /// `is_valid_light_client_header`: whether the execution header is there exactly when it should be, and is
    /// the one in the block.
    ///
    /// @param fork of the header's slot
    public Verdict<LightClientHeader> check(Fork fork) {
        if (fork.before(Fork.CAPELLA)) {
            return execution == null && executionBranch.isEmpty()
                    ? accept(this)
                    : reject(new BeaconRejection.ExecutionHeaderUnexpected(slot()));
        }
        if (execution == null) return reject(new BeaconRejection.ExecutionHeaderMissing(slot()));
        if (fork.before(Fork.DENEB) && execution.hasBlobGas()) {
            return reject(new BeaconRejection.BlobGasBeforeDeneb(slot()));
        }
        boolean held = executionBranch.size() == EXECUTION_DEPTH
                && Ssz.branch(execution.root(fork), executionBranch, Fork.EXECUTION_PAYLOAD, beacon.bodyRoot());
        return held ? accept(this) : reject(new BeaconRejection.ExecutionBranchInvalid(slot()));
    }
}
