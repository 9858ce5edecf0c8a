package io.waybill.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Which node of a chain to ask first: the one that answers well, and the same one while it does, so that what is
/// read does not jump between nodes that are not equally far. One that failed three times in a row rests, longer
/// each time; one that said it is asked too much rests as long as it said. Where all rest, the one that rests the
/// shortest is asked. Times are arguments, nanoseconds of one monotonic clock.
final class EndpointPool {
    private static final int FAILURES = 3;
    private static final long FIRST_REST = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_REST = Duration.ofSeconds(30).toNanos();
    private static final long LONGEST_ASKED = Duration.ofSeconds(60).toNanos();
    private static final long SHORTEST_HEDGE = Duration.ofMillis(150).toNanos();
    private static final double WEIGHT = 0.2;
    /// Another is preferred when it answers in less than half the time.
    private static final double BETTER = 2.0;

    private final List<Health> nodes;
    private int preferred;

    private static final class Health {
        private double latency;
        private int failures;
        private long rests = Long.MIN_VALUE;

        boolean isResting(long now) {
            return rests > now;
        }
    }

    EndpointPool(int size) {
        nodes = IntStream.range(0, size).mapToObj(_ -> new Health()).toList();
    }

    /// All endpoints, in the order in which they are to be asked.
    synchronized List<Integer> order(long now) {
        var order = new ArrayList<>(IntStream.range(0, nodes.size())
                .mapToObj(i -> (preferred + i) % nodes.size())
                .toList());
        order.sort(Comparator.comparingLong(i -> nodes.get(i).isResting(now) ? nodes.get(i).rests : Long.MIN_VALUE));
        return List.copyOf(order);
    }

    /// How long to wait for an endpoint before another is asked beside it.
    synchronized long hedge(int at) {
        return Math.max(SHORTEST_HEDGE, (long) (4 * nodes.get(at).latency));
    }

    synchronized void answered(int at, long took) {
        var node = nodes.get(at);
        node.latency = node.latency == 0 ? took : (1 - WEIGHT) * node.latency + WEIGHT * took;
        node.failures = 0;
        node.rests = Long.MIN_VALUE;
        var before = nodes.get(preferred);
        if (before.failures > 0 || node.latency * BETTER < before.latency) preferred = at;
    }

    synchronized void failed(int at, long now) {
        var node = nodes.get(at);
        node.failures++;
        int over = node.failures - FAILURES;
        if (over >= 0) node.rests = now + Math.min(LONGEST_REST, FIRST_REST << Math.min(over, 10));
        if (at == preferred) preferred = (at + 1) % nodes.size();
    }

    /// It answered that it is asked too much.
    synchronized void limited(int at, long now, Duration rest) {
        nodes.get(at).rests = now + Math.clamp(rest.toNanos(), 1, LONGEST_ASKED);
        if (at == preferred) preferred = (at + 1) % nodes.size();
    }
}
