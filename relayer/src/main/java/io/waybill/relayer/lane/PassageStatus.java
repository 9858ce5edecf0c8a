package io.waybill.relayer.lane;

import io.waybill.core.lane.LogRole;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where one passage of a lane stands, as its worker last saw it on the chains.
///
/// @param role           packets on their way out, or statuses on their way back
/// @param size           leaves in the log that is carried from
/// @param cursor         leaves that have arrived at the other side
/// @param oldestMs       source time of the first leaf that has not arrived, 0 when all have
/// @param clientHeight   latest height the client contract accepted, 0 while unknown
/// @param clientTimeMs   that header's time, 0 while unknown
/// @param state          see [State]
/// @param reason         why it is not running freely; absent when it is
/// @param retryAt        when it tries again; absent unless it waits for that
/// @param lastLooked     when the chains last answered
/// @param lastMoved      when the cursor last moved; absent until it does
public record PassageStatus(
        LogRole role,
        long size,
        long cursor,
        long oldestMs,
        long clientHeight,
        long clientTimeMs,
        State state,
        @Nullable String reason,
        @Nullable Instant retryAt,
        @Nullable Instant lastLooked,
        @Nullable Instant lastMoved) {

    /// What a passage is doing.
    public enum State {
        /// Nothing of it has been seen yet.
        STARTING,
        /// All leaves have arrived.
        IDLE,
        /// Leaves are on their way.
        MOVING,
        /// A chain did not answer; it is asked again, with growing rests.
        RETRYING,
        /// A contract or our own rules refused; tried again slowly, and a person should look.
        PARKED,
        /// Stopped until a person resumes it.
        HALTED
    }

    /// A passage of which nothing has been seen yet.
    public static PassageStatus unseen(LogRole role) {
        return new PassageStatus(role, 0, 0, 0, 0, 0, State.STARTING, null, null, null, null);
    }

    /// Leaves that have not arrived.
    public long backlog() {
        return Math.max(0, size - cursor);
    }

    PassageStatus with(State next, @Nullable String why, @Nullable Instant retry) {
        return new PassageStatus(
                role, size, cursor, oldestMs, clientHeight, clientTimeMs, next, why, retry, lastLooked, lastMoved);
    }

    PassageStatus seen(long newSize, long newCursor, long newOldestMs, Instant now) {
        var moved = newCursor > cursor && lastLooked != null ? now : lastMoved;
        var next = newSize > newCursor ? State.MOVING : State.IDLE;
        return new PassageStatus(
                role, newSize, newCursor, newOldestMs, clientHeight, clientTimeMs, next, null, null, now, moved);
    }

    PassageStatus client(long height, long timeMs) {
        return new PassageStatus(
                role, size, cursor, oldestMs, height, timeMs, state, reason, retryAt, lastLooked, lastMoved);
    }
}
