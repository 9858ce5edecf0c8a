package io.waybill.relayer.lane;

import io.waybill.core.lane.LogRole;
import io.waybill.relayer.event.RelayListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Carries one lane while this member holds it: two passages, each on a virtual thread of its own, so that trouble
/// on the way back never keeps packets from going out.
public final class LaneWorker {
    private final Lane lane;
    private final PassageLoop packets;
    private final PassageLoop statuses;
    private volatile boolean stopping;
    private @Nullable Thread out;
    private @Nullable Thread back;

    /// @param held asked before each submission: whether this member still holds the lane
    public LaneWorker(Lane lane, Pace pace, RelayListener listener, InstantSource clock, BooleanSupplier held) {
        this.lane = lane;
        var random =
                new SplittableRandom(pace.seed() ^ lane.id().value().value().number(0, 8));
        BooleanSupplier ours = () -> !stopping && held.getAsBoolean();
        var guarded = RelayListener.all(listener);
        this.statuses = new PassageLoop(
                new Passage(new Route(lane, LogRole.STATUSES), pace, guarded, clock, ours),
                pace,
                random.split(),
                guarded,
                clock,
                () -> {});
        this.packets = new PassageLoop(
                new Passage(new Route(lane, LogRole.PACKETS), pace, guarded, clock, ours),
                pace,
                random.split(),
                guarded,
                clock,
                statuses::wake);
    }

    public Lane lane() {
        return lane;
    }

    public void start() {
        out = Thread.ofVirtual().name(lane.name() + "/packets").start(packets);
        back = Thread.ofVirtual().name(lane.name() + "/statuses").start(statuses);
    }

    /// Looks at once instead of at the next poll: something was sent.
    public void wake() {
        packets.wake();
        statuses.wake();
    }

    /// Lets halted passages look again, after a person has seen to the cause.
    public void resume() {
        packets.resume();
        statuses.resume();
    }

    public PassageStatus packets() {
        return packets.status();
    }

    public PassageStatus statuses() {
        return statuses.status();
    }

    /// Whether both passages still run; false after a stop and after the lane was lost.
    public boolean isRunning() {
        return alive(out) && alive(back);
    }

    /// Submits nothing more, lets the present turns end for at most `grace`, then interrupts them.
    public void stop(Duration grace) throws InterruptedException {
        stopping = true;
        wake();
        long deadline = System.nanoTime() + grace.toNanos();
        for (var thread : new Thread[] {out, back}) {
            if (thread != null && !thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                thread.interrupt();
                thread.join(grace.plusMillis(1));
            }
        }
    }

    private static boolean alive(@Nullable Thread thread) {
        return thread != null && thread.isAlive();
    }
}
