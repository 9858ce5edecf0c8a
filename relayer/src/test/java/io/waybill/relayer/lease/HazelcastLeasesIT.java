package io.waybill.relayer.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.nio.serialization.HazelcastSerializationException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class HazelcastLeasesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Asks again until the lease is granted.
    private static Lease eventually(Leases leases, String name) {
        return until(() -> leases.acquire(name), Optional::isPresent).orElseThrow();
    }

    private static <T> T until(Supplier<T> question, Predicate<T> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var answer = question.get();
            if (wanted.test(answer)) return answer;
            LockSupport.parkNanos(1_000_000);
        }
        throw new AssertionError("expected within " + PATIENCE);
    }

    @Test
    void passesALeaseFromAMemberThatGivesItBackInAHigherEpoch() {
        try (var members = new Members(2)) {
            var one = members.leases(members.start(0), 0);
            var other = members.leases(members.start(1), 1);
            var held = one.acquire("lane").orElseThrow();
            assertThat(held.epoch()).isEqualTo(1);
            assertThat(other.acquire("lane")).isEmpty();
            assertThat(one.acquire("lane").orElseThrow().epoch()).isEqualTo(1);
            one.release(held);
            assertThat(other.acquire("lane").orElseThrow().epoch()).isEqualTo(2);
            assertThat(other.grants(Set.of("lane", "never")))
                    .hasSize(1)
                    .hasEntrySatisfying(
                            "lane", grant -> assertThat(grant.member()).isEqualTo("member-1"));
        }
    }

    @Test
    void givesTheLeaseOfAKilledMemberToAnotherAfterOneTerm() {
        try (var members = new Members(2)) {
            var victim = members.start(0);
            var one = members.leases(victim, 0);
            var other = members.leases(members.start(1), 1);
            var held = one.acquire("lane").orElseThrow();
            long killed = System.nanoTime();
            members.kill(victim);
            var taken = eventually(other, "lane");
            assertThat(taken.epoch()).isEqualTo(held.epoch() + 1);
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Members.TERM.plusSeconds(5));
        }
    }

    @Test
    void grantsNothingToAMinorityOfThree() {
        try (var members = new Members(3)) {
            var first = members.start(0);
            var alone = members.leases(first, 0);
            assertThat(alone.acquire("lane")).isEqualTo(Optional.empty());
            var second = members.start(1);
            eventually(alone, "lane");
            members.kill(second);
            until(() -> alone.acquire("lane"), Optional::isEmpty);
            assertThat(alone.acquire("lane")).isEmpty();
        }
    }

    @Test
    void seesWhoIsPresent() {
        try (var members = new Members(2)) {
            var one = members.leases(members.start(0), 0);
            var other = members.leases(members.start(1), 1);
            one.announce();
            other.announce();
            assertThat(one.present()).containsExactlyInAnyOrder(one.owner(), other.owner());
            other.close();
            until(one::present, List.of(one.owner())::equals);
        }
    }

    @Test
    void readsNoForeignClassByName() {
        try (var members = new Members(2)) {
            var one = members.start(0);
            var other = members.start(1);
            one.<String, Object>getMap("any").put("key", new Foreign("octets"));
            assertThatThrownBy(() -> other.getMap("any").get("key"))
                    .isInstanceOf(HazelcastSerializationException.class)
                    .hasMessageContaining("Foreign");
        }
    }

    record Foreign(String text) implements Serializable {}
}
