package io.waybill.gateway;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Vertx;
import io.waybill.gateway.GatewayVerticle.Listen;
import io.waybill.gateway.config.ConfigException;
import io.waybill.gateway.config.WaybillConfig;
import io.waybill.gateway.config.WaybillConfig.ClusterEntry;
import io.waybill.gateway.config.WaybillConfig.StoreConfig;
import io.waybill.gateway.store.Database;
import io.waybill.relayer.lane.Pace;
import io.waybill.relayer.lease.Cluster;
import io.waybill.relayer.lease.ClusterConfig;
import io.waybill.relayer.lease.Leases;
import io.waybill.relayer.lease.SoloLeases;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A member as a configuration describes it, with everything it owns: closed, it gives all of that up in order.
public final class RunningMember implements AutoCloseable {
    private static final Duration SOLO_TERM = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Database database;
    private final @Nullable HazelcastInstance cluster;
    private final Member member;

    private RunningMember(Vertx vertx, Database database, @Nullable HazelcastInstance cluster, Member member) {
        this.vertx = vertx;
        this.database = database;
        this.cluster = cluster;
        this.member = member;
    }

    /// Starts a member: adapters, store, cluster, then relayer and servers.
    ///
    /// @throws ConfigException if something the configuration names cannot be used
    public static RunningMember start(WaybillConfig config) {
        var vertx = Vertx.vertx();
        var network = Wiring.connect(vertx, config);
        var database = database(config.store());
        var clock = InstantSource.system();
        HazelcastInstance cluster = null;
        Leases leases;
        var term = SOLO_TERM;
        switch (config.cluster()) {
            case ClusterEntry.Solo() -> leases = new SoloLeases("solo", clock, term);
            case ClusterEntry.Members members -> {
                var joined = joined(members);
                term = joined.lease();
                cluster = Cluster.start(joined, clock);
                leases = Cluster.leases(cluster, joined);
            }
        }
        var manner = new Member.Manner(
                listen(config.http()),
                listen(config.ops()),
                term,
                Pace.of(config.relayer().poll(), config.relayer().maxBatch(), clock.millis()));
        var member = Member.start(vertx, network, database, leases, manner, event -> {});
        return new RunningMember(vertx, database, cluster, member);
    }

    private static Listen listen(WaybillConfig.Listen listen) {
        return new Listen(listen.host(), listen.port());
    }

    private static ClusterConfig joined(ClusterEntry.Members members) {
        var name = "%s-%d".formatted(members.host(), members.port());
        return new ClusterConfig(
                members.name(), name, members.host(), members.port(), members.members(), members.lease());
    }

    private static Database database(StoreConfig store) {
        return switch (store) {
            case StoreConfig.Embedded(var directory) -> Database.embedded(directory);
            case StoreConfig.External(var url, var user, var passwordFile) -> {
                try {
                    yield Database.external(
                            url, user, Files.readString(passwordFile).strip());
                } catch (IOException e) {
                    throw new ConfigException("%s: expected a readable password file (%s)".formatted(passwordFile, e));
                }
            }
        };
    }

    /// The port of the API and the console.
    public int apiPort() {
        return member.apiPort();
    }

    /// The port of health and metrics.
    public int opsPort() {
        return member.opsPort();
    }

    @Override
    public void close() {
        member.close();
        if (cluster != null) cluster.shutdown();
        database.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
