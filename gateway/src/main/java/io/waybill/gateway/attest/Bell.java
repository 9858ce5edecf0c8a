package io.waybill.gateway.attest;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes one worker that rests. Rings while it works are kept as one.
final class Bell {
    private final Semaphore rung = new Semaphore(0);

    void ring() {
        if (rung.availablePermits() == 0) rung.release();
    }

    /// Rests until the bell is rung, or for a time.
    void await(Duration rest) throws InterruptedException {
        var _ = rung.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS);
        rung.drainPermits();
    }
}
