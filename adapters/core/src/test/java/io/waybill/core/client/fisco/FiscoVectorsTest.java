package io.waybill.core.client.fisco;

import io.waybill.core.SharedVectors;
import org.junit.jupiter.api.Test;

class FiscoVectorsTest {
    @Test
    void updatesAreJudgedAsWrittenDown() {
        SharedVectors.agree(
                "fisco-updates.json",
                FiscoScenarios.all().stream().map(FiscoScenario::json).toList());
    }

    @Test
    void updatesOfNationalCryptoAreJudgedAsWrittenDown() {
        SharedVectors.agree(
                "fisco-sm-updates.json",
                SmScenarios.all().stream().map(FiscoScenario::json).toList());
    }

    @Test
    void eventsOfNationalCryptoAreJudgedAsWrittenDown() {
        SharedVectors.agree(
                "fisco-sm-events.json",
                FiscoEventScenarios.national().stream().map(FiscoScenario::json).toList());
    }

    @Test
    void misbehaviourIsJudgedAsWrittenDown() {
        SharedVectors.agree(
                "fisco-misbehaviour.json",
                MisbehaviourScenarios.all().stream().map(FiscoScenario::json).toList());
    }

    @Test
    void challengesAreJudgedAsWrittenDown() {
        SharedVectors.agree(
                "fisco-challenged.json",
                ChallengedScenarios.all().stream().map(FiscoScenario::json).toList());
    }

    @Test
    void eventsAreJudgedAsWrittenDown() {
        SharedVectors.agree(
                "fisco-events.json",
                FiscoEventScenarios.all().stream().map(FiscoScenario::json).toList());
    }
}
