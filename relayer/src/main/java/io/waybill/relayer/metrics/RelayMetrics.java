package io.waybill.relayer.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Acknowledgement;
import io.waybill.core.port.LogEntry;
import io.waybill.relayer.RelayerStatus;
import io.waybill.relayer.RelayerStatus.LaneStatus;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.event.RelayListener;
import io.waybill.relayer.lane.Lane;
import io.waybill.relayer.lane.PassageStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The relayer's meters. Counters and timers are fed by events, gauges by the status, so both go up and down with
/// what the chains say and not with what was tried.
public final class RelayMetrics implements RelayListener {
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<LaneId, String> names;
    private final Map<LaneId, SentTimes> sent = new ConcurrentHashMap<>();

    public RelayMetrics(MeterRegistry registry, List<Lane> lanes, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.names = lanes.stream().collect(Collectors.toUnmodifiableMap(Lane::id, Lane::name));
    }

    /// Registers the gauges of every lane over a status that is cheap to ask.
    public void watch(Supplier<RelayerStatus> status) {
        names.forEach((lane, name) -> {
            Supplier<@Nullable LaneStatus> of = () -> status.get().lanes().stream()
                    .filter(each -> each.lane().equals(lane))
                    .findFirst()
                    .orElse(null);
            gauge(
                    "waybill.lease.held",
                    "1 while this member carries the lane",
                    name,
                    of,
                    each -> each.isOurs() ? 1 : 0);
            gauge("waybill.packets.backlog", "packets sent and not acknowledged", name, of, RelayMetrics::backlog);
            gauge("waybill.packets.backlog.oldest", "seconds since the oldest open leaf", name, of, this::oldest);
            for (var role : LogRole.values()) {
                gauges(name, role, of);
            }
        });
    }

    @Override
    public void on(RelayEvent event) {
        var lane = names.getOrDefault(event.lane(), "unknown");
        switch (event) {
            case RelayEvent.Observed observed -> times(event.lane()).sent(observed.packets());
            case RelayEvent.Proven proven -> stage(lane, proven.role(), "prove").record(proven.took());
            case RelayEvent.Verified verified ->
                stage(lane, verified.role(), "verify").record(verified.took());
            case RelayEvent.Submitted submitted -> submitted(lane, submitted);
            case RelayEvent.Delivered delivered
            when !delivered.past() -> delivered.statuses().forEach(status -> outcome(lane, status));
            case RelayEvent.Acknowledged acknowledged -> acknowledged(lane, acknowledged);
            case RelayEvent.ClientUpdated updated ->
                counter("waybill.client.updates", "header updates in transactions of their own", lane, updated.role())
                        .increment();
            case RelayEvent.ProofRejected rejected -> rejected(lane, rejected);
            case RelayEvent.Delivered _, RelayEvent.Parked _, RelayEvent.Resumed _, RelayEvent.Halted _ -> {}
        }
    }

    private void submitted(String lane, RelayEvent.Submitted submitted) {
        stage(lane, submitted.role(), "deliver").record(submitted.took());
        if (submitted.moved() == 0) {
            counter("waybill.submissions.redundant", "submissions that moved nothing", lane, submitted.role())
                    .increment();
        }
        counter("waybill.submissions.gas", "gas of submissions", lane, submitted.role())
                .increment((double) submitted.gasUsed());
    }

    private void outcome(String lane, LogEntry status) {
        if (!(PacketStatus.decode(status.leaf()) instanceof Verdict.Accepted<PacketStatus>(var decoded))) return;
        Counter.builder("waybill.packets")
                .description("packets that got their final status")
                .tag("lane", lane)
                .tag("outcome", word(decoded.status()))
                .register(registry)
                .increment();
    }

    private void acknowledged(String lane, RelayEvent.Acknowledged event) {
        Acknowledgement moved = event.acknowledgement();
        var latencies = times(event.lane()).acknowledged(moved);
        if (event.past()) return;
        var timer = Timer.builder("waybill.packet.latency")
                .description("from send to acknowledgement, by the source's block times")
                .tag("lane", lane)
                .publishPercentileHistogram()
                .register(registry);
        latencies.forEach(timer::record);
    }

    private void rejected(String lane, RelayEvent.ProofRejected rejected) {
        Counter.builder("waybill.proofs.rejected")
                .description("proofs offered by nodes that our own rules refused")
                .tag("lane", lane)
                .tag("reason", rejected.code())
                .register(registry)
                .increment();
    }

    private void gauges(String lane, LogRole role, Supplier<@Nullable LaneStatus> of) {
        Gauge.builder(
                        "waybill.client.height",
                        of,
                        from -> value(from, each -> (double) passage(each, role).clientHeight()))
                .description("latest height the light-client contract accepted")
                .tag("lane", lane)
                .tag("role", word(role))
                .register(registry);
        Gauge.builder(
                        "waybill.client.age",
                        of,
                        from -> value(from, each -> age(passage(each, role).clientTimeMs())))
                .description("seconds since the time of that header")
                .baseUnit("seconds")
                .tag("lane", lane)
                .tag("role", word(role))
                .register(registry);
    }

    private void gauge(
            String meter,
            String what,
            String lane,
            Supplier<@Nullable LaneStatus> of,
            ToDoubleFunction<LaneStatus> value) {
        Gauge.builder(meter, of, from -> value(from, value))
                .description(what)
                .tag("lane", lane)
                .register(registry);
    }

    private static double value(Supplier<@Nullable LaneStatus> of, ToDoubleFunction<LaneStatus> value) {
        var lane = of.get();
        return lane == null ? Double.NaN : value.applyAsDouble(lane);
    }

    private static double backlog(LaneStatus lane) {
        var out = lane.packets();
        var back = lane.statuses();
        return out == null || back == null ? Double.NaN : (double) out.size() - back.cursor();
    }

    private double oldest(LaneStatus lane) {
        var out = lane.packets();
        var back = lane.statuses();
        if (out == null || back == null) return Double.NaN;
        return Math.max(age(out.oldestMs()), age(back.oldestMs()));
    }

    private double age(long sinceMs) {
        return sinceMs == 0 ? 0 : Math.max(0, clock.millis() - sinceMs) / 1000.0;
    }

    private static PassageStatus passage(LaneStatus lane, LogRole role) {
        var passage = role == LogRole.PACKETS ? lane.packets() : lane.statuses();
        return passage == null ? PassageStatus.unseen(role) : passage;
    }

    private Timer stage(String lane, LogRole role, String stage) {
        return Timer.builder("waybill.stage")
                .description("time one batch spends in a stage")
                .tag("lane", lane)
                .tag("role", word(role))
                .tag("stage", stage)
                .register(registry);
    }

    private Counter counter(String meter, String what, String lane, LogRole role) {
        return Counter.builder(meter)
                .description(what)
                .tag("lane", lane)
                .tag("role", word(role))
                .register(registry);
    }

    private SentTimes times(LaneId lane) {
        return sent.computeIfAbsent(lane, _ -> new SentTimes());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String word(FinalStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /// When open packets were sent, by index; bounded, so that a lane nobody acknowledges costs no more.
    static final class SentTimes {
        private static final int MOST = 100_000;

        private final java.util.NavigableMap<Long, Long> open = new java.util.TreeMap<>();
        private long acknowledged;

        synchronized void sent(List<LogEntry> packets) {
            for (var packet : packets) {
                if (packet.index() >= acknowledged && open.size() < MOST) open.put(packet.index(), packet.timeMs());
            }
        }

        synchronized List<Duration> acknowledged(Acknowledgement moved) {
            acknowledged = Math.max(acknowledged, moved.to());
            var gone = open.headMap(moved.to());
            var latencies = gone.tailMap(moved.from()).values().stream()
                    .map(sentMs -> Duration.ofMillis(Math.max(0, moved.timeMs() - sentMs)))
                    .toList();
            gone.clear();
            return latencies;
        }
    }
}
