package io.waybill.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EndpointPoolTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1000 * MS;

    private final EndpointPool pool = new EndpointPool(3);

    @Test
    void keepsToTheOneThatAnswers() {
        assertThat(pool.order(0)).containsExactly(0, 1, 2);
        for (int i = 0; i < 10; i++) pool.answered(0, 10 * MS);
        pool.answered(1, 6 * MS);
        assertThat(pool.order(0)).as("a little faster is no reason").containsExactly(0, 1, 2);
        pool.answered(2, 4 * MS);
        assertThat(pool.order(0)).as("more than twice as fast is").startsWith(2);
    }

    @Test
    void movesOnFromTheOneThatFailed() {
        pool.answered(0, 10 * MS);
        pool.failed(0, 0);
        assertThat(pool.order(0)).containsExactly(1, 2, 0);
        pool.failed(1, 0);
        assertThat(pool.order(0)).containsExactly(2, 0, 1);
    }

    @Test
    void letsOneRestThatFailedThreeTimesAndEachTimeLonger() {
        pool.failed(0, 0);
        pool.failed(0, 0);
        pool.failed(1, 0);
        pool.failed(2, 0);
        assertThat(pool.order(0)).as("two failures are no rest").startsWith(0);
        pool.failed(0, 0);
        assertThat(pool.order(SECOND - 1)).endsWith(0);
        assertThat(pool.order(SECOND)).as("after a second it is asked again").contains(0);
        pool.failed(0, SECOND);
        pool.failed(1, SECOND);
        pool.failed(2, SECOND);
        assertThat(pool.order(3 * SECOND - 1)).endsWith(0);
        for (int i = 0; i < 100; i++) pool.failed(0, 3 * SECOND);
        assertThat(pool.order(33 * SECOND - 1)).endsWith(0);
        pool.answered(0, 10 * MS);
        assertThat(pool.order(3 * SECOND)).as("one answer ends it").startsWith(0);
    }

    @Test
    void leavesOneAloneForAsLongAsItAsks() {
        pool.limited(0, 0, Duration.ofSeconds(5));
        assertThat(pool.order(5 * SECOND - 1)).endsWith(0);
        pool.limited(1, 0, Duration.ofDays(1));
        pool.limited(2, 0, Duration.ofDays(1));
        assertThat(pool.order(0))
                .as("where all rest, the one that rests the shortest")
                .startsWith(0);
        pool.limited(0, 59 * SECOND, Duration.ofSeconds(5));
        assertThat(pool.order(60 * SECOND - 1)).as("all rest").hasSize(3);
        assertThat(pool.order(60 * SECOND)).as("a minute at the most").endsWith(0);
    }

    @Test
    void asksAnotherBesideOneThatIsSlowForItself() {
        assertThat(pool.hedge(0)).isEqualTo(150 * MS);
        pool.answered(0, 100 * MS);
        assertThat(pool.hedge(0)).isEqualTo(400 * MS);
        pool.answered(1, MS);
        assertThat(pool.hedge(1)).isEqualTo(150 * MS);
    }
}
