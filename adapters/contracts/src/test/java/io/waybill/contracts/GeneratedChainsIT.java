package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.fisco.FiscoClient;
import io.waybill.core.client.fisco.FiscoParams;
import io.waybill.core.client.fisco.Watchers;
import io.waybill.core.client.qbft.QbftClient;
import io.waybill.devnet.Anvil;
import io.waybill.rpc.JsonRpc;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Java and Solidity follow generated chains alike: what is valid, what nearly is, what conflicts. The seed is as of
/// [DifferentialIT]; `-Dwaybill.differential.chains=N` generates more.
class GeneratedChainsIT {
    private static final long SEED = Long.getLong("waybill.differential.seed", 20_261_125);
    private static final int CHAINS = Integer.getInteger("waybill.differential.chains", 24);
    private static final int UPDATES = 25;
    private static final long BEGAN = 1_800_000_000L;
    private static final ChainId CHAIN = new ChainId("eip155:7331");
    private static final ChainId LEDGER = new ChainId("fisco:chain0-group0");
    private static final ClientCalls.Trust TRUST = new ClientCalls.Trust(120_000, 10_000, LaneFixture.COUNTERPARTY);

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
    @EnumSource(
            value = ClientKind.class,
            names = {"QBFT", "IBFT2"})
    void ofQbftAreFollowedAlike(ClientKind kind) {
        var random = new SplittableRandom(SEED);
        var verdicts = new TreeMap<String, Integer>();
        for (int i = 0; i < CHAINS; i++) onAnEvm(evm -> qbft(evm, kind, random.split(), verdicts));
        assertThat(verdicts)
                .containsKeys(
                        "accepted",
                        "frozen",
                        "TooFewSeals",
                        "TooFewTrustedSeals",
                        "HeightNotNewer",
                        "TimeBeforeTrusted");
    }

    private static void qbft(TestEvm evm, ClientKind kind, SplittableRandom random, Map<String, Integer> verdicts) {
        var chain = new GeneratedQbft(kind, BEGAN - 10, random);
        var client = QbftClient.of(CHAIN, chain.anchor(), TRUST.trustingPeriodMs(), TRUST.maxClockDriftMs());
        var contract = evm.deploy(
                ClientCalls.deployQbft(CHAIN, kind, TRUST, chain.anchor().encode()));
        var anchored = QbftClient.anchor(chain.anchor()).orElseThrow();
        var both = new JudgedTwice(evm, contract, client, anchored);
        long now = BEGAN;
        for (int i = 0; i < UPDATES; i++) {
            both.time(1000 * (now += random.nextInt(6)));
            var header = chain.next();
            var verdict = both.apply("update %d, seed %d".formatted(i, SEED), chain.update(header));
            if (verdict.equals("accepted")) chain.believe(header);
            verdicts.merge(verdict, 1, Integer::sum);
            if (verdict.equals("frozen")) break;
        }
        assertThat(both.agreed()).as("same reasons").isEqualTo(both.judged());
    }

    @Test
    void ofFiscoAreFollowedAlike() {
        var random = new SplittableRandom(SEED);
        var verdicts = new TreeMap<String, Integer>();
        for (int i = 0; i < CHAINS; i++) onAnEvm(evm -> fisco(evm, random.split(), verdicts));
        assertThat(verdicts)
                .containsKeys(
                        "accepted",
                        "frozen",
                        "TooLittleWeight",
                        "TooLittleTrustedWeight",
                        "TooFewWatchers",
                        "NoDestinationWatcher");
    }

    private static void fisco(TestEvm evm, SplittableRandom random, Map<String, Integer> verdicts) {
        var chain = new GeneratedFisco(1000 * (BEGAN - 10), random);
        var here = new ChainId("eip155:1337");
        var contract = evm.deploy(ClientCalls.deployFisco(
                LEDGER,
                here,
                TRUST,
                0x03060000,
                chain.watchers(),
                chain.anchor().encode()));
        var client = new FiscoClient(new FiscoParams(
                LEDGER,
                ClientKind.FISCO,
                here,
                contract,
                new Watchers(
                        chain.watchers().addresses(),
                        Set.copyOf(chain.watchers().byDestination())),
                0x03060000,
                TRUST.trustingPeriodMs(),
                TRUST.maxClockDriftMs(),
                chain.anchor()));
        var both = new JudgedTwice(evm, contract, client, client.anchored());
        long now = BEGAN;
        for (int i = 0; i < UPDATES; i++) {
            both.time(1000 * (now += random.nextInt(6)));
            var headers = chain.next();
            var update = chain.update(headers, client.params().verifier());
            var verdict = both.apply("update %d, seed %d".formatted(i, SEED), update);
            if (verdict.equals("accepted")) chain.believe(headers);
            verdicts.merge(verdict, 1, Integer::sum);
            if (verdict.equals("frozen")) break;
        }
        assertThat(both.agreed()).as("same reasons").isEqualTo(both.judged());
    }

    private static void onAnEvm(Consumer<TestEvm> run) {
        try (var anvil = Anvil.start(Anvil.Options.DEFAULT
                        .withHardfork("paris")
                        .withGenesisTime(BEGAN - 100)
                        .withoutMining());
                var rpc = new JsonRpc(vertx, anvil.rpc())) {
            var evm = new TestEvm(rpc);
            evm.time(BEGAN);
            run.accept(evm);
        }
    }
}
