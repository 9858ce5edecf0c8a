package io.waybill.gateway.ops;

import io.waybill.gateway.attest.AttestationService;
import io.waybill.gateway.store.Database;
import io.waybill.relayer.RelayerStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether this member can do its work now, and if not, why. A check that throws counts as a reason.
public final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    /// One thing that must hold.
    ///
    /// @param name    a short word, such as `store`
    /// @param reasons why it does not hold; empty when it does
    public record Check(String name, Supplier<List<String>> reasons) {}

    /// One reason why this member is not ready.
    public record Complaint(String check, String reason) {}

    private final List<Check> checks;

    public Readiness(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /// All reasons why this member is not ready; empty when it is. May block for a few seconds.
    public List<Complaint> complaints() {
        var complaints = new ArrayList<Complaint>();
        for (var check : checks) {
            for (var reason : reasons(check)) complaints.add(new Complaint(check.name(), reason));
        }
        return List.copyOf(complaints);
    }

    private static List<String> reasons(Check check) {
        try {
            return check.reasons().get();
        } catch (RuntimeException e) {
            LOG.error("check.failed name={}", check.name(), e);
            return List.of("the check itself failed");
        }
    }

    /// The database answers.
    public static Check store(Database database) {
        return new Check("store", () -> database.trouble().stream().toList());
    }

    /// The relayer of this process moves, or someone else's does.
    public static Check relaying(Supplier<RelayerStatus> relayer, InstantSource clock, Duration patience) {
        return new Check("relaying", () -> relayer.get().complaints(clock.instant(), patience));
    }

    /// The chains of every lane and client were seen within a time.
    public static Check chains(AttestationService service, InstantSource clock, Duration patience) {
        return new Check("chains", () -> {
            var limit = clock.instant().minus(patience);
            var reasons = new ArrayList<String>();
            for (var lane : service.lanes().all()) {
                var seen = service.snapshot(lane);
                stale("lane " + lane.name(), seen.seenAt(), seen.trouble(), limit)
                        .ifPresent(reasons::add);
            }
            for (var client : service.clients()) {
                var seen = service.snapshot(client);
                var what = "client of %s on %s"
                        .formatted(client.followed().id(), client.home().id());
                stale(what, seen.seenAt(), seen.trouble(), limit).ifPresent(reasons::add);
            }
            return reasons;
        });
    }

    private static Optional<String> stale(
            String what, @Nullable Instant seenAt, @Nullable String trouble, Instant limit) {
        if (seenAt != null && !seenAt.isBefore(limit)) return Optional.empty();
        return Optional.of("%s: %s".formatted(what, trouble == null ? "not seen since " + seenAt : trouble));
    }
}
