package io.waybill.relayer.lane;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to rest after failures in a row: doubling from the first to the longest, each drawn evenly from the
/// upper half, so that members that failed together do not return together. All randomness comes from the generator
/// given.
final class Backoff {
    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    /// The rest after one more failure, between half of the present step and the whole of it.
    Duration failed() {
        var step = first;
        for (int i = 0; i < failures && step.compareTo(most) < 0; i++) step = step.multipliedBy(2);
        failures++;
        if (step.compareTo(most) > 0) step = most;
        long nanos = Math.max(1, step.toNanos());
        return Duration.ofNanos(nanos - random.nextLong(nanos / 2 + 1));
    }

    void succeeded() {
        failures = 0;
    }
}
