package io.waybill.relayer.lane;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A call that ends a rest early. Calls made while nobody rests are kept as one, so that none is lost between
/// looking and resting; it is only ever a hint that looking is worth while.
final class WakeUp {
    private final Semaphore calls = new Semaphore(0);

    void call() {
        if (calls.availablePermits() == 0) calls.release();
    }

    /// Rests until called or until the time is over.
    void rest(Duration atMost) throws InterruptedException {
        if (calls.tryAcquire(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS)) calls.drainPermits();
    }
}
