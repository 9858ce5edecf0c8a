package io.waybill.core.client.committee;

import io.waybill.core.SharedVectors;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommitteeVectorsTest {
    @Test
    void updatesAreJudgedAsWrittenDown() {
        agree("committee-updates.json", CommitteeScenarios.updates());
    }

    @Test
    void misbehaviourIsJudgedAsWrittenDown() {
        agree("committee-misbehaviour.json", CommitteeScenarios.misbehaviour());
    }

    @Test
    void eventsAreJudgedAsWrittenDown() {
        agree("committee-events.json", CommitteeEventScenarios.all());
    }

    private static void agree(String file, List<CommitteeScenario> scenarios) {
        SharedVectors.agree(
                file, scenarios.stream().map(CommitteeScenario::json).toList());
    }
}
