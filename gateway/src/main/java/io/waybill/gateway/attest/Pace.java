package io.waybill.gateway.attest;

import java.time.Duration;

/// How fast the gateway works on its lanes.
///
/// @param poll   how long a worker rests when nothing wakes it
/// @param settle how long after handing over a batch whose answer was lost the chain is asked, before the batch counts
///     as never arrived and is sent again; longer than a transaction may wait in a node
/// @param batch  attestations sent in one transaction, at most
public record Pace(Duration poll, Duration settle, int batch) {
    public static final Pace DEFAULT = new Pace(Duration.ofMillis(500), Duration.ofSeconds(60), 100);

    public Pace {
        if (!poll.isPositive()) throw new IllegalArgumentException("poll: expected > 0, got " + poll);
        if (settle.isNegative()) throw new IllegalArgumentException("settle: expected ≥ 0, got " + settle);
        if (batch < 1) throw new IllegalArgumentException("batch: expected ≥ 1, got " + batch);
    }
}
