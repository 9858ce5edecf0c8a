package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.lane.LogRole;
import io.waybill.devnet.Anvil;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Java and Solidity judge changed proofs alike: the same verdict and the same reason, whatever is wrong with
/// them. The proofs are the shared vectors, changed at random from a seed: `-Dwaybill.differential.seed=N` tries
/// others,
/// `-Dwaybill.differential.rounds=N` more of them.
class DifferentialIT {
    private static final long SEED = Long.getLong("waybill.differential.seed", 20_261_125);
    private static final int ROUNDS = Integer.getInteger("waybill.differential.rounds", 12);

    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qbft-updates.json",
                "qbft-events.json",
                "fisco-updates.json",
                "fisco-events.json",
                "fisco-sm-updates.json",
                "fisco-challenged.json",
                "committee-updates.json",
                "committee-events.json"
            })
    void changedProofsGetOneVerdictAndOneReason(String file) {
        var random = new SplittableRandom(SEED);
        var reasons = new TreeMap<String, Integer>();
        int judged = 0;
        int agreed = 0;
        for (var scenario : ClientVectorsIT.vectors(file).list()) {
            if (scenario.at("steps").list().stream().anyMatch(DifferentialIT::isMisbehaviour)) continue;
            var both = run(scenario, new ProofMutator(random.split()), reasons);
            judged += both.judged();
            agreed += both.agreed();
        }
        // Changes that all end at the grammar would try nothing.
        assertThat(reasons).as("reasons met with seed %d", SEED).hasSizeGreaterThanOrEqualTo(10);
        assertThat(agreed).as("same reasons of %d", judged).isGreaterThan(judged * 4 / 5);
    }

    private static JudgedTwice run(Json scenario, ProofMutator mutator, Map<String, Integer> reasons) {
        var steps = scenario.at("steps").list();
        var inputs = steps.stream().map(step -> step.at("input").bytes()).toList();
        long began = steps.getFirst().at("nowMs").integer() / 1000;
        try (var anvil = Anvil.start(Anvil.Options.DEFAULT
                        .withHardfork("paris")
                        .withGenesisTime(began - 100)
                        .withImpersonation()
                        .withoutMining());
                var rpc = new JsonRpc(vertx, anvil.rpc())) {
            var evm = new TestEvm(rpc);
            evm.time(began);
            var client = ScenarioClients.inJava(scenario);
            var both = new JudgedTwice(evm, ScenarioClients.deploy(evm, scenario), client.client(), client.anchored());
            for (int i = 0; i < steps.size(); i++) {
                var step = steps.get(i);
                both.time(step.at("nowMs").integer());
                for (int round = 0; round < ROUNDS; round++) {
                    var what = "%s, step %d, round %d of seed %d"
                            .formatted(scenario.at("name").text(), i, round, SEED);
                    reasons.merge(judge(both, step, what, mutator.next(inputs.get(i), inputs)), 1, Integer::sum);
                }
                var what = scenario.at("name").text() + ": " + step.at("what").text();
                var verdict = isUpdate(step) ? both.apply(what, inputs.get(i)) : judge(both, step, what, inputs.get(i));
                assertThat(verdict).as(what).isEqualTo(step.at("expect").text());
            }
            return both;
        }
    }

    /// Two proofs at once are tried by the vectors alone.
    private static boolean isMisbehaviour(Json step) {
        return step.at("call").text().equals("misbehaviour");
    }

    private static boolean isUpdate(Json step) {
        return step.at("call").text().equals("update");
    }

    private static String judge(JudgedTwice both, Json step, String what, Bytes input) {
        if (isUpdate(step)) return both.weigh(what, input);
        var asked = new JudgedTwice.Event(
                step.at("emitter").address(),
                LogRole.valueOf(step.at("role").text()),
                new LaneId(step.at("lane").bytes32()),
                step.at("height").integer());
        return both.weigh(what, asked, input);
    }
}
