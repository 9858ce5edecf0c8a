package io.waybill.relayer.lease;

import java.time.Duration;
import java.util.List;

/// How the members of a cluster find each other. There is no TLS on the cluster port: it belongs on a private
/// network or behind tunnels.
///
/// @param name    members of other names are not joined
/// @param member  this member's name, unique in the cluster, without `/`
/// @param host    address this member binds and is known by
/// @param port    port this member binds, 1 to 65535; the next one is not tried
/// @param members `host:port` of every member, this one included; nobody is found by multicast
/// @param lease   how long a lease or an announcement lasts unless renewed, 500 ms to 10 min
public record ClusterConfig(String name, String member, String host, int port, List<String> members, Duration lease) {
    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public ClusterConfig {
        members = List.copyOf(members);
        if (member.isEmpty() || member.contains("/")) {
            throw new IllegalArgumentException("member: expected a name without /, got " + member);
        }
        if (port < 1 || port > 65535) throw new IllegalArgumentException("port: expected 1 to 65535, got " + port);
        if (members.isEmpty()) throw new IllegalArgumentException("members: expected ≥ 1, got none");
        if (lease.compareTo(SHORTEST) < 0 || lease.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("lease: expected PT0.5S to PT10M, got " + lease);
        }
    }

    /// Members that must see each other before any of them gets a lease: a majority of three or more. One or two
    /// members have no majority that survives a loss; they go on alone, and at worst both work for a while.
    public int quorum() {
        return members.size() < 3 ? 1 : members.size() / 2 + 1;
    }
}
