package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Vertx;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.LogEntry;
import io.waybill.gateway.GatewayVerticle.Listen;
import io.waybill.gateway.cli.WaybillCommand;
import io.waybill.gateway.config.ConfigException;
import io.waybill.gateway.config.ConfigReader;
import io.waybill.gateway.demo.Demo;
import io.waybill.gateway.demo.DemoFiles;
import io.waybill.gateway.demo.FirstCrossing;
import io.waybill.gateway.store.Database;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.event.RelayListener;
import io.waybill.relayer.lane.Pace;
import io.waybill.relayer.lease.Cluster;
import io.waybill.relayer.lease.ClusterConfig;
import io.waybill.relayer.lease.SoloLeases;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole way: HTTP in, source chain, proof, verification in Java and in the contract, delivered,
/// acknowledged, checked offline.
@Timeout(240)
class FirstCrossingIT {
    private static final Duration TERM = Duration.ofSeconds(2);

    private static Vertx vertx;
    private static Demo demo;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        demo = Demo.start(vertx, Demo.Options.EPHEMERAL);
    }

    @AfterAll
    static void stop() {
        demo.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void bringsAnAttestationEachWayAndItsBundlesHoldOffline() throws IOException {
        var files = new DemoFiles(folder);
        files.write(demo);
        var said = new StringWriter();
        try (var database = Database.temporary();
                var member = Member.start(
                        vertx,
                        demo.network(),
                        database,
                        new SoloLeases("one", InstantSource.system(), TERM),
                        manner(),
                        event -> {})) {
            var api = URI.create("http://127.0.0.1:" + member.apiPort());
            boolean crossed = new FirstCrossing(api, files, new PrintWriter(said, true)).run();

            assertThat(crossed).as(said.toString()).isTrue();
        }
        assertThat(verify("evm-to-ledger", "eip155-1337")).isEqualTo(WaybillCommand.OK);
        assertThat(verify("ledger-to-evm", "fisco-chain0-group0")).isEqualTo(WaybillCommand.OK);
        assertThat(verify("evm-to-ledger", "fisco-chain0-group0")).isEqualTo(WaybillCommand.REFUSED);
        assertThat(ConfigReader.read(files.configuration()).lanes()).hasSize(2);
    }

    /// What a configuration says of EAS must be of a lane that the contract may send on, from a chain that has one.
    @Test
    void connectsNoEasToALaneThatCannotTakeIt() throws IOException {
        var files = new DemoFiles(folder);
        files.write(demo);
        connectsNot(files, "ledger-to-evm", "eas.lane: expected a lane whose source is an EVM");
        connectsNot(files, "evm-to-ledger", "eas.source: expected one of the senders of lane evm-to-ledger");
    }

    private void connectsNot(DemoFiles files, String lane, String message) throws IOException {
        var text = Files.readString(files.configuration())
                .replace(
                        "eas: []",
                        "eas: [{lane: %1$s, contract: \"0x%2$040d\", source: \"0x%2$040d\", from: 1}]"
                                .formatted(lane, 7));
        var config = ConfigReader.read(Files.writeString(folder.resolve(lane + ".yaml"), text));
        assertThatThrownBy(() -> Wiring.connect(vertx, config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    private int verify(String lane, String chain) {
        return WaybillCommand.run(
                "verify",
                folder.resolve("bundle-%s.json".formatted(lane)).toString(),
                "--anchor",
                folder.resolve("anchor-%s.json".formatted(chain)).toString());
    }

    @Test
    void givesEachPacketOneStatusWhenOneOfTwoMembersIsKilledMidRun() throws Exception {
        var lane = demo.network().lanes().getFirst().terms();
        var source = demo.network().chain(lane.source());
        var destination = demo.network().chain(lane.destination());
        long before = source.log(LogRole.PACKETS, lane.id()).size();
        int count = 12;
        var ports = List.of(freePort(), freePort());
        var delivered = new CountDownLatch(1);
        try (var database = Database.temporary()) {
            var doomed = join("doomed", ports, 0);
            var heir = join("heir", ports, 1);
            RelayListener watch = event -> {
                if (event instanceof RelayEvent.Delivered && event.lane().equals(lane.id())) delivered.countDown();
            };
            var first = Member.start(vertx, demo.network(), database, leases(doomed, ports, 0), manner(), watch);
            try (var second = Member.start(vertx, demo.network(), database, leases(heir, ports, 1), manner(), watch)) {
                submit(second, count / 2, "before");
                assertThat(delivered.await(60, TimeUnit.SECONDS)).isTrue();
                submit(second, count / 2, "after");
                doomed.getLifecycleService().terminate();
                awaitAcknowledged(source, lane, before + count);
            } finally {
                first.close();
                heir.shutdown();
            }
        }
        var statuses = destination.entries(LogRole.STATUSES, lane.id(), before, before + count);
        assertThat(destination.log(LogRole.STATUSES, lane.id()).size()).isEqualTo(before + count);
        assertThat(statuses).hasSize(count).allMatch(FirstCrossingIT::isDelivered);
    }

    private static boolean isDelivered(LogEntry entry) {
        return PacketStatus.decode(entry.leaf()) instanceof Verdict.Accepted<PacketStatus>(var status)
                && status.index() == entry.index()
                && status.status() == FinalStatus.DELIVERED;
    }

    private static void awaitAcknowledged(
            io.waybill.core.port.Chain source, io.waybill.core.lane.LaneTerms lane, long size) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        var log = source.log(LogRole.PACKETS, lane.id());
        while (log.acknowledged() < size && System.nanoTime() < end) {
            new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
            log = source.log(LogRole.PACKETS, lane.id());
        }
        assertThat(log.acknowledged()).isEqualTo(size);
    }

    private static void submit(Member member, int count, String word) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            for (int i = 0; i < count; i++) {
                var body = """
                        {"lane":"evm-to-ledger","schema":"inspection/1","issuer":"did:web:customs.example",\
                        "subject":"lot %s %d","claims":{"result":"passed"},"timeout":"PT1H"}""".formatted(word, i);
                var request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:%d/v1/attestations".formatted(member.apiPort())))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                assertThat(http.send(request, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(202);
            }
        }
    }

    private static HazelcastInstance join(String name, List<Integer> ports, int index) {
        return Cluster.start(cluster(name, ports, index), InstantSource.system());
    }

    private static io.waybill.relayer.lease.Leases leases(HazelcastInstance member, List<Integer> ports, int index) {
        return Cluster.leases(member, cluster(index == 0 ? "doomed" : "heir", ports, index));
    }

    private static ClusterConfig cluster(String name, List<Integer> ports, int index) {
        return new ClusterConfig(
                "first-crossing-" + ports.getFirst(),
                name,
                "127.0.0.1",
                ports.get(index),
                ports.stream().map(port -> "127.0.0.1:" + port).toList(),
                TERM);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Member.Manner manner() {
        return new Member.Manner(
                new Listen("127.0.0.1", 0), new Listen("127.0.0.1", 0), TERM, Pace.of(Duration.ofMillis(200), 4, 1));
    }
}
