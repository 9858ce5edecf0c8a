package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.lane.LogRole;
import io.waybill.devnet.Anvil;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import io.waybill.rpc.RpcError;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The verdicts that Java and Solidity share, given by the client contracts.
class ClientVectorsIT {
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @TestFactory
    Stream<DynamicTest> judgeQbftUpdatesAsTheCoreDoes() {
        return scenarios("qbft-updates.json");
    }

    @TestFactory
    Stream<DynamicTest> judgeQbftMisbehaviourAsTheCoreDoes() {
        return scenarios("qbft-misbehaviour.json");
    }

    @TestFactory
    Stream<DynamicTest> judgeFiscoMisbehaviourAsTheCoreDoes() {
        return scenarios("fisco-misbehaviour.json");
    }

    @TestFactory
    Stream<DynamicTest> judgeQbftEventsAsTheCoreDoes() {
        return scenarios("qbft-events.json");
    }

    @TestFactory
    Stream<DynamicTest> judgeFiscoUpdatesAsTheCoreDoes() {
        return scenarios("fisco-updates.json");
    }

    @TestFactory
    Stream<DynamicTest> judgeFiscoEventsAsTheCoreDoes() {
        return scenarios("fisco-events.json");
    }

    @TestFactory
    Stream<DynamicTest> judgeUpdatesOfNationalCryptoAsTheCoreDoes() {
        return scenarios("fisco-sm-updates.json");
    }

    @TestFactory
    Stream<DynamicTest> judgeEventsOfNationalCryptoAsTheCoreDoes() {
        return scenarios("fisco-sm-events.json");
    }

    @TestFactory
    Stream<DynamicTest> judgeChallengesAsTheCoreDoes() {
        return scenarios("fisco-challenged.json");
    }

    @TestFactory
    Stream<DynamicTest> judgeStatementsOfCommitteesAsTheCoreDoes() {
        return scenarios("committee-updates.json");
    }

    @TestFactory
    Stream<DynamicTest> judgeMisbehaviourOfCommitteesAsTheCoreDoes() {
        return scenarios("committee-misbehaviour.json");
    }

    @TestFactory
    Stream<DynamicTest> judgeRecordsOfCommitteesAsTheCoreDoes() {
        return scenarios("committee-events.json");
    }

    private static Stream<DynamicTest> scenarios(String file) {
        return vectors(file).list().stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario.at("name").text(), () -> run(scenario)));
    }

    static Json vectors(String file) {
        try (var stream = ClientVectorsIT.class.getResourceAsStream("/vectors/shared/" + file)) {
            if (stream == null) throw new AssertionError("vectors: expected " + file);
            return Json.parse(file, stream.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void run(Json scenario) {
        run(scenario, (_, _) -> {});
    }

    /// What happens when a step has been judged: its name, and the gas of its transaction, 0 if it was refused.
    private interface Judged {
        void step(String what, long gas);
    }

    private static void run(Json scenario, Judged judged) {
        var steps = scenario.at("steps").list();
        long began = steps.getFirst().at("nowMs").integer() / 1000;
        try (var anvil = Anvil.start(Anvil.Options.DEFAULT
                        .withHardfork("paris")
                        .withGenesisTime(began - 100)
                        .withImpersonation()
                        .withoutMining());
                var rpc = new JsonRpc(vertx, anvil.rpc())) {
            var evm = new TestEvm(rpc);
            evm.time(began);
            var client = ScenarioClients.deploy(evm, scenario);
            assertThat(ClientCalls.decodeClientId(evm.call(client, ClientCalls.clientId()))
                            .value())
                    .isEqualTo(scenario.at("clientId").bytes32());
            for (var step : steps) {
                var what = step.at("what").text();
                assertThat(verdict(evm, client, step, gas -> judged.step(what, gas)))
                        .as(what)
                        .isEqualTo(step.at("expect").text());
            }
        }
    }

    /// The gas of the transaction of one step of a scenario.
    static long gas(String file, String scenario, String step) {
        var found = new AtomicLong();
        var wanted = vectors(file).list().stream()
                .filter(each -> each.at("name").text().equals(scenario))
                .findFirst()
                .orElseThrow();
        run(wanted, (what, gas) -> {
            if (what.equals(step)) found.set(gas);
        });
        assertThat(found).as(step).hasPositiveValue();
        return found.get();
    }

    private static String verdict(TestEvm evm, Address client, Json step, LongConsumer gas) {
        evm.time(step.at("nowMs").integer() / 1000);
        var calldata = calldata(step);
        try {
            var answer = evm.call(client, calldata);
            if (step.at("call").text().equals("verifyCheckpoint")) return verified(step, answer);
        } catch (RpcError e) {
            return ContractErrors.decode(e.data().bytes()).name();
        }
        gas.accept(evm.transact(client, calldata).at("gasUsed").quantity());
        holds(evm, client, step);
        var status = ClientCalls.decodeStatus(evm.call(client, ClientCalls.status()));
        return status == ClientStatus.FROZEN ? "frozen" : "accepted";
    }

    /// What the client holds after an accepted step, where the vectors say it.
    private static void holds(TestEvm evm, Address client, Json step) {
        if (!step.at("latestHeight").isNull()) {
            assertThat(ClientCalls.decodeHeight(evm.call(client, ClientCalls.latestHeight())))
                    .isEqualTo(step.at("latestHeight").integer());
        }
        if (!step.at("pendingHeight").isNull()) {
            assertThat(ChallengedCalls.decodePending(evm.call(client, ChallengedCalls.pending())))
                    .isEqualTo(new ChallengedCalls.PendingHeaders(
                            step.at("pendingHeight").integer(),
                            step.at("held").bool(),
                            step.at("round").integer()));
        }
    }

    private static Bytes calldata(Json step) {
        var input = step.at("input").bytes();
        return switch (step.at("call").text()) {
            case "update" -> ClientCalls.update(input);
            case "misbehaviour" ->
                ClientCalls.misbehaviour(input, step.at("other").bytes());
            default -> event(step);
        };
    }

    private static Bytes event(Json step) {
        return ClientCalls.verifyCheckpoint(
                step.at("emitter").address(),
                LogRole.valueOf(step.at("role").text()),
                new LaneId(step.at("lane").bytes32()),
                step.at("height").integer(),
                step.at("input").bytes());
    }

    private static String verified(Json step, Bytes answer) {
        var words = new AbiWords(answer);
        if (step.at("size").isNull()) return "accepted";
        assertThat(List.of(words.number(0), words.word(1)))
                .isEqualTo(List.of(step.at("size").integer(), step.at("root").bytes32()));
        return "accepted";
    }
}
