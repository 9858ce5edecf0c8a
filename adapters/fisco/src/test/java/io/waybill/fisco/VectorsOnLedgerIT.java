package io.waybill.fisco;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.waybill.contracts.ChallengedCalls;
import io.waybill.contracts.ClientCalls;
import io.waybill.contracts.Host;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.committee.Committee;
import io.waybill.core.client.committee.CommitteeAnchor;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.digest.SigningKey;
import io.waybill.core.digest.Sm2KeyPair;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.devnet.fisco.LedgerDevnet;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import io.waybill.testkit.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The verdicts that Java and Solidity share, given by the client contracts of a ledger's own host. Where
/// watchers sign for a client's address, only the ledger whose accounts are those of the vectors can be asked.
class VectorsOnLedgerIT {
    private static final List<String> ANYWHERE =
            List.of("qbft-updates.json", "qbft-events.json", "fisco-sm-events.json");
    /// Scenarios of mode CHALLENGED in which nobody signs for a contract.
    private static final Set<String> UNSIGNED = Set.of(
            "the time to be challenged",
            "conflicts",
            "a branch among what waits and what is believed",
            "two actions shown together",
            "mode CHALLENGED of national crypto");
    /// How a refusal names the contract's error.
    private static final Pattern ERROR = Pattern.compile(": ([A-Z][A-Za-z]+)\\(");

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
    Stream<DynamicTest> areGivenOnALedgerOfStandardCrypto() {
        return Stream.concat(
                        ANYWHERE.stream(),
                        Stream.of(
                                "fisco-sm-updates.json",
                                "fisco-challenged.json",
                                "committee-updates.json",
                                "committee-events.json"))
                .flatMap(file -> tests(file, FiscoSuite.STANDARD, _ -> true));
    }

    @TestFactory
    Stream<DynamicTest> areGivenOnALedgerOfNationalCrypto() {
        var anywhere = Stream.concat(ANYWHERE.stream(), Stream.of("fisco-events.json"))
                .flatMap(file -> tests(file, FiscoSuite.SM, _ -> true));
        return Stream.concat(anywhere, tests("fisco-challenged.json", FiscoSuite.SM, UNSIGNED::contains));
    }

    private static Stream<DynamicTest> tests(String file, FiscoSuite suite, Predicate<String> scenarios) {
        return vectors(file).list().stream()
                .filter(scenario -> scenarios.test(scenario.at("name").text()))
                .map(scenario -> DynamicTest.dynamicTest(
                        "%s: %s".formatted(file, scenario.at("name").text()), () -> run(scenario, suite)));
    }

    private static Json vectors(String file) {
        try (var stream = VectorsOnLedgerIT.class.getResourceAsStream("/vectors/shared/" + file)) {
            if (stream == null) throw new AssertionError("vectors: expected " + file);
            return Json.parse(file, stream.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void run(Json scenario, FiscoSuite suite) {
        var steps = scenario.at("steps").list();
        var clock = SettableClock.at(
                Instant.ofEpochMilli(steps.getFirst().at("nowMs").integer() - 1000));
        var options = TwoLedgers.options("chain0").with(suite);
        try (var ledger = LedgerDevnet.start(vertx, options, clock);
                var rpc = new JsonRpc(vertx, ledger.rpc())) {
            var id = new ChainId("fisco:chain0-group0");
            var key = key(suite, "deployer/" + scenario.at("name").text());
            var account = FiscoAccount.open(rpc, id, "group0", suite, key, Duration.ofSeconds(20));
            var client = account.deploy(creation(scenario, suite, account.address()));
            boolean challenged = !scenario.at("mode").isNull();
            long later = 0;
            for (var step : steps) {
                // Each block is later than the one before: what waits since a step has waited long enough so many
                // later.
                if (challenged) later++;
                clock.set(Instant.ofEpochMilli(step.at("nowMs").integer() + later));
                assertThat(verdict(account, client, step))
                        .as(step.at("what").text())
                        .isEqualTo(step.at("expect").text());
            }
        }
    }

    private static SigningKey key(FiscoSuite suite, String name) {
        return suite == FiscoSuite.SM ? Sm2KeyPair.named(name) : KeyPair.named(name);
    }

    private static Bytes creation(Json scenario, FiscoSuite suite, Address council) {
        var host = suite == FiscoSuite.SM ? Host.FISCO_SM : Host.FISCO;
        var params = scenario.at("params");
        var kind = ClientKind.valueOf(scenario.at("kind").text());
        var chain = new ChainId(params.at("chain").text());
        var trust = new ClientCalls.Trust(
                params.at("trustingPeriodMs").integer(),
                params.at("maxClockDriftMs").integer(),
                council);
        var anchor = scenario.at("anchor").bytes();
        if (kind == ClientKind.QBFT || kind == ClientKind.IBFT2) {
            return ClientCalls.deployQbft(host, chain, kind, trust, anchor);
        }
        var verifying = new ChainId(params.at("verifyingChain").text());
        if (kind == ClientKind.COMMITTEE) {
            var committee = new Committee(params.at("verifiers").list(Json::address), (int)
                    params.at("verifiersNeeded").integer());
            var pinned = CommitteeAnchor.decode(anchor).orElseThrow();
            return ClientCalls.deployCommittee(host, chain, verifying, trust, committee, pinned);
        }
        int floor = (int) params.at("versionFloor").integer();
        if (!scenario.at("mode").isNull()) {
            var challengers = new ChallengedCalls.Challengers(
                    params.at("watchers").list(Json::address),
                    params.at("operators").list(Json::address),
                    params.at("challengePeriodMs").integer());
            return ChallengedCalls.deploy(host, kind, chain, verifying, trust, floor, challengers, anchor);
        }
        var all = params.at("watchers").list(Json::address);
        long named = params.at("destinationWatchers").integer();
        var byDestination = all.stream()
                .filter(watcher -> (named >> all.indexOf(watcher) & 1) == 1)
                .toList();
        return ClientCalls.deployFisco(
                host, kind, chain, verifying, trust, floor, new ClientCalls.Watchers(all, byDestination), anchor);
    }

    private static String verdict(FiscoAccount account, Address client, Json step) {
        var calldata = calldata(step);
        try {
            account.call(client, calldata);
            if (step.at("call").text().equals("verifyCheckpoint")) return "accepted";
        } catch (ChainException.Refused e) {
            return error(String.valueOf(e.getMessage()));
        }
        account.transact(client, calldata);
        var status = ClientCalls.decodeStatus(account.call(client, ClientCalls.status()));
        return status == ClientStatus.FROZEN ? "frozen" : "accepted";
    }

    private static String error(String message) {
        var named = ERROR.matcher(message);
        return named.find() ? named.group(1) : message;
    }

    private static Bytes calldata(Json step) {
        var input = step.at("input").bytes();
        var call = step.at("call").text();
        if (call.equals("update")) return ClientCalls.update(input);
        if (call.equals("misbehaviour"))
            return ClientCalls.misbehaviour(input, step.at("other").bytes());
        return ClientCalls.verifyCheckpoint(
                step.at("emitter").address(),
                LogRole.valueOf(step.at("role").text()),
                new LaneId(step.at("lane").bytes32()),
                step.at("height").integer(),
                input);
    }
}
