package io.waybill.gateway.setup;

import io.waybill.core.ChainId;
import io.waybill.gateway.Network;
import java.util.List;

/// What stands when a setup is through.
///
/// @param sites   one for each chain
/// @param clients each of one chain on the other
/// @param lanes   open at both ends
public record Opened(List<Site> sites, List<Network.Client> clients, List<Network.NamedLane> lanes) {
    public Opened {
        sites = List.copyOf(sites);
        clients = List.copyOf(clients);
        lanes = List.copyOf(lanes);
    }

    public Site site(ChainId chain) {
        return sites.stream()
                .filter(site -> site.host().chain().equals(chain))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("site: expected one on " + chain + ", got none"));
    }

    /// The client of one chain that lives on another.
    public Network.Client client(ChainId followed, ChainId home) {
        return new Network(List.of(), clients, List.of()).client(followed, home);
    }
}
