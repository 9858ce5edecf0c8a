package io.waybill.core.client.qbft;

import io.waybill.core.SharedVectors;
import org.junit.jupiter.api.Test;

class QbftVectorsTest {
    @Test
    void updatesAreJudgedAsWrittenDown() {
        SharedVectors.agree(
                "qbft-updates.json",
                QbftScenarios.all().stream().map(Scenario::json).toList());
    }

    @Test
    void misbehaviourIsJudgedAsWrittenDown() {
        SharedVectors.agree(
                "qbft-misbehaviour.json",
                MisbehaviourScenarios.all().stream().map(Scenario::json).toList());
    }

    @Test
    void eventsAreJudgedAsWrittenDown() {
        SharedVectors.agree(
                "qbft-events.json",
                EventScenarios.all().stream().map(Scenario::json).toList());
    }
}
