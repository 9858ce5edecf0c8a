package io.waybill.core.lane;

import io.waybill.core.SharedVectors;
import org.junit.jupiter.api.Test;

class LaneVectorsTest {
    @Test
    void rangesAreTheOnesWrittenDown() {
        SharedVectors.agree("lane-ranges.json", LaneScenarios.ranges());
    }

    @Test
    void statusesAreTheOnesWrittenDown() {
        SharedVectors.agree("lane-statuses.json", LaneScenarios.statuses());
    }
}
