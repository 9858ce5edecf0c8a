package io.waybill.relayer.lease;

import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// Real Hazelcast members of one cluster in this process, on free loopback ports.
public final class Members implements AutoCloseable {
    public static final Duration TERM = Duration.ofSeconds(1);

    private final List<ClusterConfig> configs;
    private final List<HazelcastInstance> running = new ArrayList<>();

    public Members(int count) {
        var ports = freePorts(count);
        var addresses = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        var name = "test-" + UUID.randomUUID();
        configs = IntStream.range(0, count)
                .mapToObj(i -> new ClusterConfig(name, "member-" + i, "127.0.0.1", ports.get(i), addresses, TERM))
                .toList();
    }

    public HazelcastInstance start(int member) {
        var instance = Cluster.start(configs.get(member), InstantSource.system());
        running.add(instance);
        return instance;
    }

    public Leases leases(HazelcastInstance instance, int member) {
        return Cluster.leases(instance, configs.get(member));
    }

    /// Ends a member as a killed process ends: no goodbye, no migration.
    public void kill(HazelcastInstance instance) {
        running.remove(instance);
        instance.getLifecycleService().terminate();
    }

    @Override
    public void close() {
        running.forEach(instance -> instance.getLifecycleService().terminate());
    }

    private static List<Integer> freePorts(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sockets.forEach(Members::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
