package io.waybill.relayer;

import io.waybill.core.LaneId;
import io.waybill.relayer.event.RelayListener;
import io.waybill.relayer.lane.Lane;
import io.waybill.relayer.lane.LaneWorker;
import io.waybill.relayer.lane.Pace;
import io.waybill.relayer.lease.Grant;
import io.waybill.relayer.lease.Lease;
import io.waybill.relayer.lease.Leases;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which lanes this member carries: takes its share of the leases, runs a worker for each lane it holds, gives
/// lanes away when members join and takes them over when members are gone. Several times a term it looks at the
/// books; nothing else is needed to agree.
public final class Supervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    /// Looks at the books in one term.
    private static final int LOOKS = 4;

    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Leases leases;
    private final Duration term;
    private final Pace pace;
    private final RelayListener listener;
    private final InstantSource clock;
    private final Map<String, Carried> carried = new ConcurrentHashMap<>();
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Map<String, Grant> books = Map.of();
    private volatile List<String> present = List.of();
    private @Nullable Thread thread;

    /// @param term how long a lease lasts unless renewed; the same as the one `leases` grants
    public Supervisor(
            List<Lane> lanes, Leases leases, Duration term, Pace pace, RelayListener listener, InstantSource clock) {
        lanes.forEach(lane -> this.lanes.put(lane.id().toString(), lane));
        if (this.lanes.size() != lanes.size()) throw new IllegalArgumentException("lanes: expected each once");
        this.leases = leases;
        this.term = term;
        this.pace = pace;
        this.listener = listener;
        this.clock = clock;
    }

    /// Starts to take part; returns at once.
    public void start() {
        if (thread != null) throw new IllegalStateException("supervisor: expected to be started once");
        thread = Thread.ofVirtual().name("supervisor").start(this::run);
    }

    /// Something was sent on a lane: if this member carries it, its worker looks at once.
    public void wake(LaneId lane) {
        var here = carried.get(lane.toString());
        if (here != null) here.worker().wake();
    }

    /// Lets a lane's halted passages look again, after a person has seen to the cause.
    ///
    /// @return whether this member carries the lane
    public boolean resume(LaneId lane) {
        var here = carried.get(lane.toString());
        if (here == null) return false;
        here.worker().resume();
        return true;
    }

    /// Where everything stands now, without asking anybody: the books are as of the last look.
    public RelayerStatus status() {
        var grants = books;
        return new RelayerStatus(
                leases.owner(),
                present,
                lanes.values().stream().map(lane -> status(lane, grants)).toList());
    }

    /// Hands all lanes over: workers end their present submission, leases are given back, this member leaves.
    /// Blocks for a few terms at most.
    @Override
    public void close() {
        stop.countDown();
        try {
            if (thread != null) thread.join(term);
            var ends = carried.keySet().stream().map(this::leave).toList();
            for (var end : ends) end.join(term.multipliedBy(3));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        leases.close();
    }

    private void run() {
        try {
            do {
                look();
            } while (!stop.await(term.toNanos() / LOOKS, TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// One look at the books. Whatever goes wrong, the next look comes.
    private void look() throws InterruptedException {
        try {
            leases.announce();
            present = leases.present();
            renew();
            books = leases.grants(lanes.keySet());
            int share = Shares.of(leases.owner(), present, lanes.size());
            carried.keySet().stream().sorted().skip(share).toList().forEach(this::leave);
            if (carried.size() < share) take(share);
        } catch (RuntimeException | Error e) {
            LOG.error("supervisor.failed", e);
        }
    }

    /// Renews all leases at once, so that one slow answer does not cost the others.
    private void renew() throws InterruptedException {
        var renewals = carried.entrySet().stream()
                .map(each -> Thread.ofVirtual()
                        .start(() -> leases.acquire(each.getKey()).ifPresent(each.getValue()::renewed)))
                .toList();
        for (var renewal : renewals) renewal.join();
        carried.forEach(this::keep);
    }

    private void keep(String name, Carried here) {
        if (!here.held()) {
            LOG.warn("lease.lost lane={} epoch={}", name(name), here.lease().epoch());
            leave(name);
        } else if (!here.worker().isRunning()) {
            LOG.warn("worker.restarted lane={}", name(name));
            carry(here.lease());
        }
    }

    private void take(int share) {
        for (var name : lanes.keySet()) {
            if (carried.size() >= share) return;
            if (carried.containsKey(name) || leaving.contains(name) || elsewhere(name)) continue;
            leases.acquire(name).ifPresent(lease -> {
                LOG.info("lease.taken lane={} epoch={}", name(name), lease.epoch());
                carry(lease);
            });
        }
    }

    /// Whether the books say that a member that is present holds it; one that is gone is not waited for, its lease
    /// only.
    private boolean elsewhere(String name) {
        var grant = books.get(name);
        return grant != null && !grant.owner().equals(leases.owner()) && present.contains(grant.owner());
    }

    private void carry(Lease lease) {
        var lane = lane(lease.name());
        var here = new Carried(lease, held -> new LaneWorker(lane, pace, listener, clock, held));
        carried.put(lease.name(), here);
        here.worker().start();
    }

    /// Stops a worker and gives its lease back, beside the supervisor's own thread: a submission may take its time.
    private Thread leave(String name) {
        var here = carried.remove(name);
        if (here == null) return Thread.ofVirtual().start(() -> {});
        leaving.add(name);
        return Thread.ofVirtual().name("leave/" + name(name)).start(() -> {
            try {
                here.worker().stop(term);
                leases.release(here.lease());
                LOG.info(
                        "lease.given-back lane={} epoch={}",
                        name(name),
                        here.lease().epoch());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                leaving.remove(name);
            }
        });
    }

    private RelayerStatus.LaneStatus status(Lane lane, Map<String, Grant> grants) {
        var grant = grants.get(lane.id().toString());
        var here = carried.get(lane.id().toString());
        return new RelayerStatus.LaneStatus(
                lane.id(),
                lane.name(),
                here != null ? leases.owner() : grant == null ? "" : grant.owner(),
                here != null ? here.lease().epoch() : grant == null ? 0 : grant.epoch(),
                grant == null ? 0 : grant.untilMs(),
                here == null ? null : here.worker().packets(),
                here == null ? null : here.worker().statuses());
    }

    private Lane lane(String name) {
        var lane = lanes.get(name);
        if (lane == null) throw new IllegalArgumentException("lane: expected a configured one, got " + name);
        return lane;
    }

    private String name(String lane) {
        return lane(lane).name();
    }
}
