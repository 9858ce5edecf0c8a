package io.waybill.gateway.attest;

import io.waybill.core.port.ChainException;
import io.waybill.gateway.store.StoreException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A virtual thread that takes one step after another, rests when there is nothing to do, and goes on after any
/// failure. Failures are logged when they change, not on each turn.
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// One step of the work.
    @FunctionalInterface
    public interface Step {
        /// Whether there may be more to do at once.
        boolean take() throws InterruptedException;
    }

    private final String name;
    private final Step step;
    private final Duration rest;
    private final Bell bell = new Bell();
    private final Thread thread;
    private @Nullable String trouble;

    private Worker(String name, Step step, Duration rest) {
        this.name = name;
        this.step = step;
        this.rest = rest;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    public static Worker start(String name, Step step, Duration rest) {
        var worker = new Worker(name, step, rest);
        worker.thread.start();
        return worker;
    }

    /// Ends the worker's rest.
    public void wake() {
        bell.ring();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (!step()) bell.await(rest);
            }
        } catch (InterruptedException e) {
            // Asked to stop.
        }
    }

    private boolean step() throws InterruptedException {
        try {
            boolean more = step.take();
            if (trouble != null) LOG.info("work.resumed worker={}", name);
            trouble = null;
            return more;
        } catch (ChainException | StoreException e) {
            var found = String.valueOf(e.getMessage());
            if (!Objects.equals(found, trouble)) LOG.warn("work.stalled worker={} cause={}", name, found);
            trouble = found;
            return false;
        } catch (RuntimeException e) {
            // The root of a thread: a bug in one step must not end the lane's work for ever.
            LOG.error("work.failed worker={}", name, e);
            trouble = String.valueOf(e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            if (!thread.join(PATIENCE)) LOG.warn("work.not-stopped worker={}", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
