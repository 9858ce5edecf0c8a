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
    /// A transaction in a block of a chain.
    ///
    /// @param timeMs the block's time, milliseconds since 1970 by that chain's clock
    public record Place(ChainId chain, long height, Bytes32 tx, long timeMs) {}
}
