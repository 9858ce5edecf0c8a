package io.waybill.relayer.lease;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Leases of one member alone: all of them are its own, without any cluster.
public final class SoloLeases implements Leases {
    private final String owner;
    private final InstantSource clock;
    private final Duration term;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    public SoloLeases(String member, InstantSource clock, Duration term) {
        this.owner = member + "/solo";
        this.clock = clock;
        this.term = term;
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public Optional<Lease> acquire(String name) {
        long deadline = System.nanoTime() + term.toNanos();
        grants.put(name, new Grant(owner, 1, clock.millis() + term.toMillis()));
        return Optional.of(new Lease(name, 1, deadline));
    }

    @Override
    public void release(Lease lease) {
        grants.remove(lease.name());
    }

    @Override
    public Map<String, Grant> grants(Set<String> names) {
        var held = new java.util.HashMap<>(grants);
        held.keySet().retainAll(names);
        return Map.copyOf(held);
    }

    @Override
    public void announce() {
        // Nobody else is there to hear it.
    }

    @Override
    public List<String> present() {
        return List.of(owner);
    }

    @Override
    public void close() {
        grants.clear();
    }
}
