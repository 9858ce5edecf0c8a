package io.waybill.gateway.setup;

import io.waybill.core.ChainId;
import io.waybill.gateway.Network;
import java.util.List;

/// What stands when a setup is through.
///
/// @param sites   one for each chain
/// @param clients each of one chain on the other
/// @param lanes   open at both ends
/// @param origins of lanes that take attestations of EAS
public record Opened(
        List<Site> sites, List<Network.Client> clients, List<Network.NamedLane> lanes, List<EasWanted.Opened> origins) {
    public Opened {
        sites = List.copyOf(sites);
        clients = List.copyOf(clients);
        lanes = List.copyOf(lanes);
        origins = List.copyOf(origins);
    }

    /// Lanes as they were opened: with the contract that sends for EAS among the senders.
    List<LaneWanted> opened(List<LaneWanted> wanted) {
        return wanted.stream()
                .map(lane -> origins.stream()
                        .filter(origin -> origin.lane().equals(lane.name()))
                        .findFirst()
                        .map(origin -> lane.with(origin.source()))
                        .orElse(lane))
                .toList();
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
