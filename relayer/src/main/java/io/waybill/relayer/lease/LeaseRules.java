package io.waybill.relayer.lease;

import org.jspecify.annotations.Nullable;

/// How the books of leases change: pure, the time is an argument.
final class LeaseRules {
    private LeaseRules() {}

    /// The entry after a member asked for a lease; whoever is its owner now holds it.
    ///
    /// An end further away than one term was written by a clock that ran ahead of this one. It is drawn in to one
    /// term from now, so that a wrong clock delays a takeover and never prevents it.
    ///
    /// @param floor the highest epoch the asking member has seen: books that lost an entry count on from there
    static Grant acquire(@Nullable Grant current, String owner, long floor, long termMs, long nowMs) {
        long seen = Math.max(floor, current == null ? 0 : current.epoch());
        if (current == null || !current.holds(nowMs)) return new Grant(owner, seen + 1, nowMs + termMs);
        if (current.owner().equals(owner)) return new Grant(owner, seen, nowMs + termMs);
        return current.untilMs() - nowMs > termMs
                ? new Grant(current.owner(), current.epoch(), nowMs + termMs)
                : current;
    }

    /// The entry after a member gave a lease back: only that member, and only in the epoch it knows, can. The epoch
    /// stays, so that the next holder counts on.
    static @Nullable Grant release(@Nullable Grant current, String owner, long epoch) {
        if (current == null || !current.owner().equals(owner) || current.epoch() != epoch) return current;
        return new Grant("", epoch, 0);
    }
}
