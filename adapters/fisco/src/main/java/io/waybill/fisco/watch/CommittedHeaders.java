package io.waybill.fisco.watch;

import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.FiscoHeader;
import java.util.Optional;

/// The headers that a watcher's own node has committed.
@FunctionalInterface
public interface CommittedHeaders {
    /// The header of a height with its hash recomputed, the reason why the node's answer is none, or nothing when
    /// the node has no such block yet.
    ///
    /// @throws io.waybill.core.port.ChainException.Unavailable if the node gave no readable answer
    Optional<Verdict<FiscoHeader>> at(long height);
}
