package io.waybill.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/// Faults that a test writes down: the next calls of a kind go wrong in the order given, and something may happen
/// just before a call. Safe for threads.
public final class FaultScript implements Faults {
    private final Map<Call, Deque<Fault>> next = new EnumMap<>(Call.class);
    private final Map<Call, Deque<Runnable>> before = new EnumMap<>(Call.class);

    /// The next `times` calls of a kind go wrong, after those already written down.
    public synchronized FaultScript next(Call call, Fault fault, int times) {
        for (int i = 0; i < times; i++) {
            next.computeIfAbsent(call, _ -> new ArrayDeque<>()).add(fault);
        }
        return this;
    }

    /// Something that happens just before the next call of a kind: another relayer wins a race, the process dies.
    public synchronized FaultScript before(Call call, Runnable happening) {
        before.computeIfAbsent(call, _ -> new ArrayDeque<>()).add(happening);
        return this;
    }

    @Override
    public Fault at(Call call) {
        Runnable happening;
        Fault fault;
        synchronized (this) {
            happening = poll(before, call, () -> {});
            fault = poll(next, call, Fault.NONE);
        }
        happening.run();
        return fault;
    }

    private static <T> T poll(Map<Call, Deque<T>> queues, Call call, T otherwise) {
        var queue = queues.get(call);
        var first = queue == null ? null : queue.poll();
        return first == null ? otherwise : first;
    }
}
