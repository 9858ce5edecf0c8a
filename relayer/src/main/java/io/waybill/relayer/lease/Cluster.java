package io.waybill.relayer.lease;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.time.InstantSource;

/// Starts the Hazelcast member that keeps leases: found by address only, calling nobody, reading no class by name.
public final class Cluster {
    static final String LEASES = "waybill.leases";
    static final String MEMBERS = "waybill.members";
    private static final String MAJORITY = "waybill.majority";
    private static final String CLOCK = "waybill.clock";
    /// Copies of each entry beside the first, so that two members may be lost at once.
    private static final int BACKUPS = 2;

    private Cluster() {}

    /// Starts a member and waits until it has joined those that are up.
    ///
    /// @param clock the clock by which this member keeps the books of the entries that live on it
    public static HazelcastInstance start(ClusterConfig cluster, InstantSource clock) {
        return Hazelcast.newHazelcastInstance(configure(cluster, clock));
    }

    /// The leases of this member.
    public static Leases leases(HazelcastInstance member, ClusterConfig cluster) {
        return new HazelcastLeases(member, cluster.member(), cluster.lease());
    }

    static InstantSource clockOf(HazelcastInstance member) {
        return member.getUserContext().get(CLOCK) instanceof InstantSource clock ? clock : InstantSource.system();
    }

    static Config configure(ClusterConfig cluster, InstantSource clock) {
        var config =
                new Config().setClusterName(cluster.name()).setInstanceName(cluster.name() + "." + cluster.member());
        config.getUserContext().put(CLOCK, clock);
        config.setNetworkConfig(network(cluster));
        config.setSerializationConfig(serialization());
        config.getJetConfig().setEnabled(false);
        quiet(config);
        config.addSplitBrainProtectionConfig(
                new SplitBrainProtectionConfig(MAJORITY, cluster.quorum() > 1, Math.max(2, cluster.quorum())));
        config.addMapConfig(map(LEASES));
        config.addMapConfig(map(MEMBERS));
        return config;
    }

    private static MapConfig map(String name) {
        return new MapConfig(name).setBackupCount(BACKUPS).setSplitBrainProtectionName(MAJORITY);
    }

    private static NetworkConfig network(ClusterConfig cluster) {
        var network = new NetworkConfig().setPort(cluster.port()).setPortAutoIncrement(false);
        network.setPublicAddress(cluster.host() + ":" + cluster.port());
        network.getInterfaces().setEnabled(true).addInterface(cluster.host());
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getTcpIpConfig().setEnabled(true).setMembers(cluster.members());
        network.getMemcacheProtocolConfig().setEnabled(false);
        return network;
    }

    /// Hazelcast itself sends exceptions by Java serialisation; nothing else may come in that way.
    private static SerializationConfig serialization() {
        var filter = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
        filter.getWhitelist().addPrefixes("com.hazelcast.", "java.lang.", "java.util.", "[Ljava.lang.");
        return new SerializationConfig()
                .setJavaSerializationFilterConfig(filter)
                .setCheckClassDefErrors(true)
                .addDataSerializableFactory(LeaseSerializers.FACTORY, LeaseSerializers.factory())
                .addSerializerConfig(new SerializerConfig()
                        .setTypeClass(Grant.class)
                        .setImplementation(new LeaseSerializers.OfGrant()));
    }

    private static void quiet(Config config) {
        config.setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.logging.type", "slf4j")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                .setProperty("hazelcast.heartbeat.interval.seconds", "1")
                .setProperty("hazelcast.max.no.heartbeat.seconds", "5")
                .setProperty("hazelcast.operation.call.timeout.millis", "5000");
    }
}
