package io.waybill.relayer.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WakeUpTest {
    private final WakeUp wakeUp = new WakeUp();

    @Test
    void keepsACallThatCameBeforeTheRest() throws InterruptedException {
        wakeUp.call();
        wakeUp.call();
        long began = System.nanoTime();
        wakeUp.rest(Duration.ofHours(1));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void keepsManyCallsAsOne() throws InterruptedException {
        for (int i = 0; i < 5; i++) wakeUp.call();
        wakeUp.rest(Duration.ofHours(1));
        long began = System.nanoTime();
        wakeUp.rest(Duration.ofMillis(5));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(5));
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> wakeUp.rest(Duration.ofHours(1))).isInstanceOf(InterruptedException.class);
    }
}
