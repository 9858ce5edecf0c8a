package io.waybill.relayer.lane;

import io.waybill.core.port.ChainException;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.event.RelayListener;
import io.waybill.relayer.lane.PassageStatus.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The root of a passage's thread: takes turn after turn until it is interrupted or the lane is no longer ours.
/// Whatever a turn throws is judged here by its type and ends in a rest, never in the end of the thread.
final class PassageLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PassageLoop.class);

    private final Passage passage;
    private final Pace pace;
    private final Backoff backoff;
    private final RelayListener listener;
    private final InstantSource clock;
    private final Runnable moved;
    private final WakeUp wakeUp = new WakeUp();
    private volatile boolean resume;

    /// @param moved called after each turn that moved something
    PassageLoop(
            Passage passage,
            Pace pace,
            RandomGenerator random,
            RelayListener listener,
            InstantSource clock,
            Runnable moved) {
        this.passage = passage;
        this.pace = pace;
        this.backoff = new Backoff(pace.retryFirst(), pace.retryMost(), random);
        this.listener = listener;
        this.clock = clock;
        this.moved = moved;
    }

    void wake() {
        wakeUp.call();
    }

    /// Lets a halted passage look again, after a person has seen to the cause.
    void resume() {
        resume = true;
        wakeUp.call();
    }

    PassageStatus status() {
        return passage.status();
    }

    @Override
    public void run() {
        try {
            var rest = Duration.ZERO;
            while (!Thread.currentThread().isInterrupted() && !rest.isNegative()) {
                if (rest.isPositive()) wakeUp.rest(rest);
                rest = step();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// One turn, and how long to rest after it; negative when the lane is no longer ours.
    Duration step() {
        if (passage.status().state() == State.HALTED && !resume) return pace.parked();
        resume = false;
        var before = passage.status().state();
        try {
            var turn = passage.turn();
            backoff.succeeded();
            if (before == State.PARKED || before == State.HALTED) resumed();
            return after(turn);
        } catch (ChainException.Unavailable e) {
            return retry(e);
        } catch (ChainException.Refused e) {
            return passage.refused() ? retry(e) : park(message(e));
        } catch (ChainException.Dishonest e) {
            return dishonest("Dishonest", message(e));
        } catch (ProofRefused e) {
            return dishonest(e.rejection().code(), message(e));
        } catch (Halt e) {
            return halt(e);
        } catch (RuntimeException | Error e) {
            return unexpected(e);
        }
    }

    private Duration after(Passage.Turn turn) {
        return switch (turn) {
            case RESTED -> pace.poll();
            case STOOD_DOWN -> Duration.ofNanos(-1);
            case MOVED -> {
                moved.run();
                yield Duration.ZERO;
            }
        };
    }

    private Duration retry(RuntimeException cause) {
        if (Thread.currentThread().isInterrupted()) return Duration.ZERO;
        var rest = backoff.failed();
        if (passage.status().state() != State.RETRYING) {
            LOG.warn("passage.stalled lane={} retry-in={} cause={}", passage.route(), rest, cause.getMessage());
        }
        show(State.RETRYING, message(cause), rest);
        return rest;
    }

    private Duration park(String reason) {
        if (passage.status().state() != State.PARKED) {
            LOG.error("passage.parked lane={} retry-in={} cause={}", passage.route(), pace.parked(), reason);
        }
        show(State.PARKED, reason, pace.parked());
        listener.on(new RelayEvent.Parked(
                passage.route().id(),
                passage.route().role(),
                reason,
                clock.instant().plus(pace.parked()),
                clock.instant()));
        return pace.parked();
    }

    /// A node showed something that our own rules refuse. The adapter may know another node, so a few quick tries
    /// come first; then the passage is parked, and a person is told.
    private Duration dishonest(String code, String reason) {
        passage.doubt();
        listener.on(new RelayEvent.ProofRejected(
                passage.route().id(), passage.route().role(), code, reason, clock.instant()));
        LOG.error("proof.rejected lane={} code={} cause={}", passage.route(), code, reason);
        var rest = backoff.failed();
        if (rest.compareTo(pace.retryMost().dividedBy(2)) >= 0) return park(reason);
        show(State.RETRYING, reason, rest);
        return rest;
    }

    private Duration halt(Halt cause) {
        LOG.error("passage.halted lane={} cause={}", passage.route(), cause.getMessage());
        passage.status(passage.status().with(State.HALTED, message(cause), null));
        listener.on(
                new RelayEvent.Halted(passage.route().id(), passage.route().role(), message(cause), clock.instant()));
        return pace.parked();
    }

    private Duration unexpected(Throwable cause) {
        if (Thread.currentThread().isInterrupted()) return Duration.ZERO;
        var rest = backoff.failed();
        LOG.error("passage.failed lane={} retry-in={}", passage.route(), rest, cause);
        show(State.RETRYING, cause.toString(), rest);
        return rest;
    }

    private void resumed() {
        LOG.info("passage.resumed lane={}", passage.route());
        listener.on(new RelayEvent.Resumed(passage.route().id(), passage.route().role(), clock.instant()));
    }

    private void show(State state, String reason, Duration rest) {
        passage.status(passage.status().with(state, reason, clock.instant().plus(rest)));
    }

    private static String message(Throwable cause) {
        var message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }
}
