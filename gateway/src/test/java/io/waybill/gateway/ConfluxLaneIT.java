package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.waybill.core.ChainId;
import io.waybill.devnet.conflux.ConfluxDevnet;
import io.waybill.gateway.GatewayVerticle.Listen;
import io.waybill.gateway.attest.TrustMode;
import io.waybill.gateway.demo.Demo;
import io.waybill.gateway.demo.DemoFiles;
import io.waybill.gateway.demo.FirstCrossing;
import io.waybill.gateway.store.Database;
import io.waybill.relayer.lane.Pace;
import io.waybill.relayer.lease.SoloLeases;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A lane each way between eSpace of a real Conflux network and a ledger: eSpace checks the ledger's headers by
/// contract, and the ledger, whose EVM cannot check BLS, believes verifiers who each judged the epoch by Conflux'
/// light client.
@Timeout(300)
class ConfluxLaneIT {
    private static final ChainId ESPACE = new ChainId("eip155:1235");
    private static final ChainId LEDGER = new ChainId("fisco:chain0-group0");
    private static final Duration TERM = Duration.ofSeconds(5);

    private static Vertx vertx;

    @TempDir
    Path folder;

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

    private static Demo demo(int nodes) {
        return Demo.start(vertx, Demo.Options.EPHEMERAL.with(ConfluxDevnet.Options.DEFAULT.withNodes(nodes)));
    }

    @Test
    void crossesBothWaysWhileOneOfFourValidatorsIsGone() {
        try (var demo = demo(4)) {
            var network = demo.network();
            assertThat(network.client(ESPACE, LEDGER).anchor().trust())
                    .as("whoever is shown the lane is shown that")
                    .isEqualTo(new TrustMode.Committee(2, 3));
            assertThat(network.client(LEDGER, ESPACE).anchor().trust()).isInstanceOf(TrustMode.Corroborated.class);
            demo.conflux().stop(3);
            assertThat(crosses(network)).containsPattern("from inclusion to delivery [1-9][0-9.]* s: finality [1-9]");
        }
    }

    /// @return what was printed of it
    private String crosses(Network network) {
        var said = new StringWriter();
        var manner = new Member.Manner(
                new Listen("127.0.0.1", 0), new Listen("127.0.0.1", 0), TERM, Pace.of(Duration.ofMillis(250), 100, 1));
        try (var database = Database.temporary();
                var member = Member.start(
                        vertx,
                        network,
                        database,
                        new SoloLeases("one", InstantSource.system(), TERM),
                        manner,
                        event -> {})) {
            var api = URI.create("http://127.0.0.1:" + member.apiPort());
            boolean crossed = new FirstCrossing(api, new DemoFiles(folder), new PrintWriter(said, true)).run();
            assertThat(crossed).as(said.toString()).isTrue();
            return said.toString();
        }
    }
}
