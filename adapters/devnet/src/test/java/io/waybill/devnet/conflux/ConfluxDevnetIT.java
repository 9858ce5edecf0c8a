package io.waybill.devnet.conflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.waybill.core.Bytes;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.rpc.JsonRpc;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The real node, where there is one for this machine.
@Timeout(180)
class ConfluxDevnetIT {
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        assumeTrue(ConfluxDevnet.isAvailable(), "the Conflux node exists for Linux on x64 only");
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        if (vertx != null)
            vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
    }

    private static long pivot(ConfluxDevnet devnet, int node) {
        var decision = devnet.ask(node, "pos_getStatus").at("pivotDecision");
        return decision.isNull() ? 0 : decision.at("height").quantity();
    }

    private static long posEpoch(ConfluxDevnet devnet, int node) {
        return devnet.ask(node, "pos_getStatus").at("epoch").quantity();
    }

    @Test
    void oneNodeMakesBlocksWhenToldAndItsPosChainDecidesOnThem() throws InterruptedException {
        try (var devnet = ConfluxDevnet.start(vertx, ConfluxDevnet.Options.DEFAULT.withoutBlocks())) {
            assertThat(devnet.ask(0, "cfx_epochNumber").quantity()).isZero();
            devnet.mine(160);
            await(() -> pivot(devnet, 0) >= 60);
            assertThat(pivot(devnet, 0) % 60).isZero();
            await(() -> posEpoch(devnet, 0) >= 2);
            assertThat(devnet.ask(0, "pos_getLedgerInfoByEpoch", "0x1")
                            .at("ledgerInfo")
                            .isNull())
                    .isFalse();

            devnet.restart(0);
            long before = pivot(devnet, 0);
            assertThat(before).isGreaterThanOrEqualTo(60);
            devnet.mine(120);
            await(() -> pivot(devnet, 0) > before);
        }
    }

    @Test
    void fundsAccountsOfTheESpace() {
        var key = Digests.sha256(Bytes.utf8("waybill/devnet-key/rich"));
        var options = ConfluxDevnet.Options.DEFAULT.withoutBlocks().withFunded(List.of(key));
        try (var devnet = ConfluxDevnet.start(vertx, options);
                var rpc = new JsonRpc(vertx, devnet.eSpace(0))) {
            assertThat(rpc.call("eth_chainId").quantity()).isEqualTo(options.eSpaceId());
            assertThat(rpc.call("eth_getBalance", KeyPair.of(key).address().toHex(), "latest")
                            .text())
                    .isEqualTo("0x21e19e0c9bab2400000");
        }
    }

    @Test
    void fourNodesDecideWithOneOfThemGone() throws InterruptedException {
        var options = ConfluxDevnet.Options.DEFAULT.withNodes(4);
        try (var devnet = ConfluxDevnet.start(vertx, options)) {
            await(() -> pivot(devnet, 3) >= 60);
            devnet.stop(2);
            long before = pivot(devnet, 0);
            await(() -> pivot(devnet, 0) > before + 60);
            devnet.restart(2);
            long again = pivot(devnet, 0);
            await(() -> pivot(devnet, 2) > again);
        }
    }
}
