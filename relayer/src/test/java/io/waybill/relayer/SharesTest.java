package io.waybill.relayer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SharesTest {
    @Test
    void addUpToAllLanesAndDifferByOneAtMost() {
        for (int count = 1; count < 6; count++) {
            var present = List.of("a", "b", "c", "d", "e").subList(0, count);
            for (int lanes = 0; lanes < 20; lanes++) {
                int all = lanes;
                var shares = present.stream()
                        .map(member -> Shares.of(member, present, all))
                        .toList();
                assertThat(shares.stream().mapToInt(share -> share).sum()).isEqualTo(lanes);
                assertThat(shares)
                        .allSatisfy(
                                share -> assertThat(share).isBetween(all / present.size(), all / present.size() + 1));
            }
        }
    }

    @Test
    void areOnlyForMembersThatArePresent() {
        assertThatThrownBy(() -> Shares.of("x", List.of("a"), 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
