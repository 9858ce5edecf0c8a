package io.waybill.core.client;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a light client believes: its status and the headers it accepted, at most [#HISTORY] of them, the lowest
/// forgotten first; and, where its mode makes headers wait, those that wait.
///
/// @param frozen  true once two conflicting finalised headers were shown; it never thaws by itself
/// @param history consensus states by height, never empty
/// @param pending headers that are not believed yet, all above the history; null if there are none
public record ClientState(
        boolean frozen,
        NavigableMap<Long, ConsensusState> history,
        @Nullable Pending pending) {
    /// How many consensus states are kept, in Java and in the contracts.
    public static final int HISTORY = 256;

    public ClientState {
        if (history.isEmpty()) throw new IllegalArgumentException("history: expected ≥ 1 consensus state, got none");
        history = Collections.unmodifiableNavigableMap(new TreeMap<>(history));
        if (pending != null && pending.first() <= history.lastKey()) {
            throw new IllegalArgumentException(
                    "pending: expected all above height %d, got %d".formatted(history.lastKey(), pending.first()));
        }
    }

    /// A state in which nothing waits.
    public ClientState(boolean frozen, NavigableMap<Long, ConsensusState> history) {
        this(frozen, history, null);
    }

    public static ClientState anchoredAt(ConsensusState anchor) {
        return new ClientState(false, new TreeMap<>(Map.of(anchor.height(), anchor)));
    }

    public ConsensusState latest() {
        return history.lastEntry().getValue();
    }

    public @Nullable ConsensusState at(long height) {
        return history.get(height);
    }

    /// This state with one more header accepted.
    public ClientState with(ConsensusState accepted) {
        var grown = new TreeMap<>(history);
        grown.put(accepted.height(), accepted);
        while (grown.size() > HISTORY) grown.pollFirstEntry();
        return new ClientState(frozen, grown, pending);
    }

    /// This state with other headers waiting, or none.
    public ClientState awaiting(@Nullable Pending other) {
        return new ClientState(frozen, history, other);
    }

    /// The header of a height, believed or waiting.
    public @Nullable ConsensusState known(long height) {
        var accepted = at(height);
        return accepted == null && pending != null ? pending.at(height) : accepted;
    }

    public ClientState freeze() {
        return new ClientState(true, history, pending);
    }

    /// The status at an instant.
    ///
    /// @param trustingPeriodMs age of the latest header at which it is no longer believed, in milliseconds
    public ClientStatus status(long trustingPeriodMs, long nowMs) {
        if (frozen) return ClientStatus.FROZEN;
        return latest().timeMs() + trustingPeriodMs <= nowMs ? ClientStatus.EXPIRED : ClientStatus.ACTIVE;
    }
}
