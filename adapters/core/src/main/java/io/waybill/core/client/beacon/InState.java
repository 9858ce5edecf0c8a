package io.waybill.core.client.beacon;

import io.waybill.core.Bytes32;
import java.util.List;

/// Something with the Merkle branch that shows it in a beacon state.
///
/// @param branch siblings from the leaf up, at most 11; of an older state in a newer container the first are
///     zero
public record InState<T>(T value, List<Bytes32> branch) {
    public InState {
        branch = List.copyOf(branch);
    }
}
