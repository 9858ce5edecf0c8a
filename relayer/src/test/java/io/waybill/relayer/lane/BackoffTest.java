package io.waybill.relayer.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofSeconds(1);

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void doublesWithJitterUpToTheLongest(long seed) {
        var backoff = new Backoff(FIRST, MOST, new SplittableRandom(seed));
        for (long step : new long[] {100, 200, 400, 800, 1000, 1000, 1000}) {
            assertThat(backoff.failed()).isBetween(Duration.ofMillis(step / 2), Duration.ofMillis(step));
        }
    }

    @Test
    void beginsAnewAfterASuccess() {
        var backoff = new Backoff(FIRST, MOST, new SplittableRandom(1));
        for (int i = 0; i < 5; i++) backoff.failed();
        backoff.succeeded();
        assertThat(backoff.failed()).isLessThanOrEqualTo(FIRST);
    }

    @Test
    void isTheSameForTheSameSeed() {
        var one = new Backoff(FIRST, MOST, new SplittableRandom(7));
        var other = new Backoff(FIRST, MOST, new SplittableRandom(7));
        for (int i = 0; i < 10; i++) assertThat(one.failed()).isEqualTo(other.failed());
    }
}
