package io.waybill.gateway.store;

import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One stage an attestation reached.
///
/// @param at    when this gateway learnt of it
/// @param where the place on a chain, absent for what happened in the gateway
public record Stage(State state, Instant at, @Nullable Place where) {
    /// A block of a chain.
    ///
    /// @param tx     the transaction it happened in, absent where the block is all that is meant
    /// @param timeMs the block's time, milliseconds since 1970 by that chain's clock; 0 where it is not known
    public record Place(
            ChainId chain, long height, @Nullable Bytes32 tx, long timeMs) {}
}
