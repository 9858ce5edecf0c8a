package io.waybill.core.client;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a light client believes: its status and the headers it accepted, at most [#HISTORY] of them, the lowest
/// forgotten first.
///
/// @param frozen  true once two conflicting finalised headers were shown; it never thaws by itself
/// @param history consensus states by height, never empty
public record ClientState(boolean frozen, NavigableMap<Long, ConsensusState> history) {
    /// How many consensus states are kept, in Java and in the contracts.
    public static final int HISTORY = 256;

    public ClientState {
        if (history.isEmpty()) throw new IllegalArgumentException("history: expected ≥ 1 consensus state, got none");
        history = Collections.unmodifiableNavigableMap(new TreeMap<>(history));
    }

    public static ClientState anchoredAt(ConsensusState anchor) {
        return new ClientState(false, new TreeMap<>(java.util.Map.of(anchor.height(), anchor)));
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
        return new ClientState(frozen, grown);
    }

    public ClientState freeze() {
        return new ClientState(true, history);
    }

    /// The status at an instant.
    ///
    /// @param trustingPeriodMs age of the latest header at which it is no longer believed, in milliseconds
    public ClientStatus status(long trustingPeriodMs, long nowMs) {
        if (frozen) return ClientStatus.FROZEN;
        return latest().timeMs() + trustingPeriodMs <= nowMs ? ClientStatus.EXPIRED : ClientStatus.ACTIVE;
    }
}
