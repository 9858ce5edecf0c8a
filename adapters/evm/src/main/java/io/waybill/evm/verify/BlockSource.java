package io.waybill.evm.verify;

import io.waybill.core.client.committee.AttestedBlock;
import java.util.Optional;

/// What a verifier judges by itself before it signs: each answer is proven, none is taken on trust.
public interface BlockSource {
    /// What can be attested of a block.
    ///
    /// @return nothing while the block is not final
    /// @throws io.waybill.core.port.ChainException.Dishonest   if the node's proof does not hold
    /// @throws io.waybill.core.port.ChainException.Unavailable if the node does not answer
    Optional<AttestedBlock> block(long height);

    /// Comes along with the chain without being asked for a block, where beliefs grow old.
    ///
    /// @throws io.waybill.core.port.ChainException as [#block] does
    default void follow() {}
}
