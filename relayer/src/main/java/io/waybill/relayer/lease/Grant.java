package io.waybill.relayer.lease;

/// Who holds a lease, by the books that all members share.
///
/// @param owner   the member's name with the mark of one run of its process, `name/run`; empty when given back
/// @param epoch   counts the changes of holder of this lease, from 1; it never falls while a member that saw
///     it lives, although the cluster may lose entries
/// @param untilMs when the lease ends unless renewed, milliseconds since 1970 by the clock of whoever keeps the
///     books
public record Grant(String owner, long epoch, long untilMs) {
    public Grant {
        if (epoch < 1) throw new IllegalArgumentException("epoch: expected ≥ 1, got " + epoch);
    }

    /// Whether someone holds the lease at an instant of the books' clock.
    public boolean holds(long nowMs) {
        return !owner.isEmpty() && nowMs < untilMs;
    }

    /// The member's name without the mark of its run.
    public String member() {
        int slash = owner.lastIndexOf('/');
        return slash < 0 ? owner : owner.substring(0, slash);
    }
}
