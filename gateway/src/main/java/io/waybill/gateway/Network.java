package io.waybill.gateway;

import io.waybill.core.ChainId;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.port.Chain;
import io.waybill.core.port.ClientRef;
import io.waybill.core.port.Origin;
import io.waybill.gateway.bundle.Anchor;
import java.util.List;

/// What a member serves: chains, the light clients between them, and lanes.
///
/// @param lanes   in the order they are shown
/// @param origins where people attest who do not come to us, each with the name of its lane
public record Network(List<Chain> chains, List<Client> clients, List<NamedLane> lanes, List<NamedOrigin> origins) {
    public Network {
        chains = List.copyOf(chains);
        clients = List.copyOf(clients);
        lanes = List.copyOf(lanes);
        origins = List.copyOf(origins);
    }

    /// A network to whose lanes nobody brings attestations but this API.
    public Network(List<Chain> chains, List<Client> clients, List<NamedLane> lanes) {
        this(chains, clients, lanes, List.of());
    }

    /// A place from which a lane takes what is attested there.
    public record NamedOrigin(String lane, Origin origin) {}

    /// A light-client contract.
    ///
    /// @param ref    where it lives and which client it is
    /// @param anchor what it, and we, trust to begin with
    public record Client(ClientRef ref, Anchor anchor) {
        public Client {
            if (!anchor.id().equals(ref.id())) {
                throw new IllegalArgumentException(
                        "client: expected the anchor of %s, got that of %s".formatted(ref.id(), anchor.id()));
            }
        }
    }

    /// A lane with the name people give it.
    public record NamedLane(String name, LaneTerms terms) {}

    /// The chain with an id.
    public Chain chain(ChainId id) {
        return chains.stream()
                .filter(chain -> chain.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("chain: expected one named " + id + ", found none"));
    }

    /// The client of one chain that lives on another.
    public Client client(ChainId followed, ChainId home) {
        return clients.stream()
                .filter(client -> client.anchor().chain().equals(followed)
                        && client.ref().chain().equals(home))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "client: expected one of %s on %s, found none".formatted(followed, home)));
    }
}
