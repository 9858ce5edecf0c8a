package io.waybill.relayer.lease;

/// A lease as its holder sees it.
///
/// @param name       what is leased
/// @param epoch      the count of holders, ours included
/// @param deadlineNs instant of [System#nanoTime] after which the holder must take it for lost: counted from before
///     the request was sent, by a clock that never jumps, so it ends here no later than in the books
public record Lease(String name, long epoch, long deadlineNs) {
    /// Whether the holder may still act.
    ///
    /// @param nanoTime an instant of [System#nanoTime]
    public boolean heldAt(long nanoTime) {
        return nanoTime - deadlineNs < 0;
    }
}
