package io.waybill.relayer.lease;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leases of a cluster, kept in Hazelcast maps with backups. The clocks of members are never compared: an end is
/// judged where its entry lives, a holder counts its own time, and a member is present while its beat keeps
/// changing.
final class HazelcastLeases implements Leases {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastLeases.class);

    private final IMap<String, Grant> leases;
    private final IMap<String, Long> members;
    private final String owner;
    private final Duration term;
    private final AtomicLong beat = new AtomicLong();
    private final Map<String, Long> epochs = new ConcurrentHashMap<>();
    private final Map<String, Beat> seen = new ConcurrentHashMap<>();

    /// A member's last change, by our own clock.
    private record Beat(long count, long changedNs) {}

    HazelcastLeases(HazelcastInstance hazelcast, String member, Duration term) {
        this.leases = hazelcast.getMap(Cluster.LEASES);
        this.members = hazelcast.getMap(Cluster.MEMBERS);
        this.owner = member + "/" + UUID.randomUUID().toString().substring(0, 8);
        this.term = term;
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public Optional<Lease> acquire(String name) {
        long deadline = System.nanoTime() + term.toNanos();
        return ask(() -> leases.submitToKey(
                        name, new AcquireLease(owner, epochs.getOrDefault(name, 0L), term.toMillis())))
                .map(grant -> noted(name, grant))
                .filter(grant -> grant.owner().equals(owner))
                .map(grant -> new Lease(name, grant.epoch(), deadline));
    }

    @Override
    public void release(Lease lease) {
        var _ = ask(() -> leases.submitToKey(lease.name(), new ReleaseLease(owner, lease.epoch())));
    }

    @Override
    public Map<String, Grant> grants(Set<String> names) {
        try {
            var grants = Map.copyOf(leases.getAll(names));
            grants.forEach(this::noted);
            return grants;
        } catch (HazelcastException | IllegalStateException e) {
            LOG.debug("lease.unread cause={}", e.toString());
            return Map.of();
        }
    }

    @Override
    public void announce() {
        var _ = ask(() -> members.putAsync(owner, beat.incrementAndGet(), 4 * term.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public List<String> present() {
        long now = System.nanoTime();
        var beats = new HashMap<String, Long>();
        try {
            members.entrySet().forEach(entry -> beats.put(entry.getKey(), entry.getValue()));
        } catch (HazelcastException | IllegalStateException e) {
            LOG.debug("members.unread cause={}", e.toString());
        }
        seen.keySet().retainAll(beats.keySet());
        beats.forEach((member, count) ->
                seen.merge(member, new Beat(count, now), (old, fresh) -> old.count() == fresh.count() ? old : fresh));
        var present = new java.util.TreeSet<String>(Set.of(owner));
        seen.forEach((member, last) -> {
            if (now - last.changedNs() < term.toNanos()) present.add(member);
        });
        return List.copyOf(present);
    }

    @Override
    public void close() {
        var _ = ask(() -> members.removeAsync(owner));
    }

    /// Remembers the highest epoch seen, so that it does not fall when a killed member takes entries with it.
    private Grant noted(String name, Grant grant) {
        epochs.merge(name, grant.epoch(), Math::max);
        return grant;
    }

    private <T> Optional<T> ask(Supplier<CompletionStage<T>> question) {
        try {
            return Optional.ofNullable(question.get().toCompletableFuture().get(term.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | HazelcastException | IllegalStateException e) {
            LOG.debug("lease.unanswered cause={}", e.toString());
        }
        return Optional.empty();
    }
}
