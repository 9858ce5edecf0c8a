package io.waybill.core.client;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Headers that a client was shown and does not believe yet: each waits until its time to be challenged has passed
/// (rule R4.7).
///
/// @param headers by height, without gaps, never empty
/// @param held    whether a watcher holds them back, all of them
/// @param round   how often operators released them; what watchers and operators sign names it, so that neither
///     signature serves twice
public record Pending(NavigableMap<Long, Waiting> headers, boolean held, long round) {
    /// How many headers may wait, in Java and in the contracts.
    public static final int MOST = 1024;

    /// A header that waits.
    ///
    /// @param sinceMs when its time to be challenged began, milliseconds of the verifier's time
    public record Waiting(ConsensusState header, long sinceMs) {}

    public Pending {
        if (headers.isEmpty()) throw new IllegalArgumentException("pending: expected ≥ 1 header, got none");
        headers = Collections.unmodifiableNavigableMap(new TreeMap<>(headers));
    }

    public long first() {
        return headers.firstKey();
    }

    public @Nullable ConsensusState at(long height) {
        var waiting = headers.get(height);
        return waiting == null ? null : waiting.header();
    }

    public Pending hold() {
        return new Pending(headers, true, round);
    }

    /// Held no longer: the time of every header begins anew, so that what was released can be challenged again.
    public Pending release(long nowMs) {
        var anew = new TreeMap<Long, Waiting>();
        headers.forEach((height, waiting) -> anew.put(height, new Waiting(waiting.header(), nowMs)));
        return new Pending(anew, false, round + 1);
    }

    /// Those above a height, or null if there are none.
    public @Nullable Pending above(long height) {
        var rest = headers.tailMap(height, false);
        return rest.isEmpty() ? null : new Pending(rest, held, round);
    }
}
