package io.waybill.relayer.lane;

import java.time.Duration;

/// How much at once and how often.
///
/// @param maxLeaves  leaves in one delivery, 1 to 500
/// @param maxOctets  octets of leaves in one delivery, ≥ 1; one leaf goes alone whatever its size
/// @param poll       how long a passage rests when there is nothing to do
/// @param retryFirst how long it rests after a first failure; each further one doubles it, with jitter
/// @param retryMost  the longest such rest
/// @param parked     how long it rests when a contract or our own rules refused
/// @param seed       of the jitter; members of a cluster take different ones
public record Pace(
        int maxLeaves,
        int maxOctets,
        Duration poll,
        Duration retryFirst,
        Duration retryMost,
        Duration parked,
        long seed) {
    public Pace {
        if (maxLeaves < 1 || maxLeaves > 500) {
            throw new IllegalArgumentException("leaves in a delivery: expected 1 to 500, got " + maxLeaves);
        }
        if (maxOctets < 1) throw new IllegalArgumentException("octets in a delivery: expected ≥ 1, got " + maxOctets);
        positive("poll", poll);
        positive("first retry", retryFirst);
        positive("parked", parked);
        if (retryMost.compareTo(retryFirst) < 0) {
            throw new IllegalArgumentException("longest retry: expected ≥ %s, got %s".formatted(retryFirst, retryMost));
        }
    }

    /// Batches of up to `maxLeaves` packets and 256 KiB, retries from 250 ms to 30 s, a minute for what was
    /// refused.
    public static Pace of(Duration poll, int maxLeaves, long seed) {
        return new Pace(
                maxLeaves,
                256 * 1024,
                poll,
                Duration.ofMillis(250),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                seed);
    }

    private static void positive(String what, Duration value) {
        if (!value.isPositive()) throw new IllegalArgumentException("%s: expected > 0, got %s".formatted(what, value));
    }
}
