package io.waybill.gateway.demo;

import io.waybill.core.Address;
import io.waybill.core.ChainId;
import io.waybill.fisco.watch.WatcherClient;
import io.waybill.gateway.Network;
import io.waybill.gateway.setup.Site;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// The configuration of a member that joins a demo, as text.
final class DemoConfiguration {
    private DemoConfiguration() {}

    static String of(
            URI evm,
            URI ledger,
            List<WatcherClient.Endpoint> watchers,
            Network network,
            Site evmSite,
            Site ledgerSite) {
        return """
                # Joins the demo that wrote it: ./waybill run --config THIS-FILE. Every key is documented in config/waybill.yaml.
                http: {host: 127.0.0.1, port: 0}
                ops: {host: 127.0.0.1, port: 0}
                store: {kind: embedded, directory: postgres}
                chains:
                  - kind: evm
                    id: %s
                    rpc: [%s]
                    finality: qbft
                %s
                  - kind: fisco
                    id: %s
                    rpc: [%s]
                    group: group0
                    crypto: standard
                    watchers: [%s]
                %s
                lanes:
                %s
                relayer: {poll: PT0.25S, max-batch: 100}
                cluster: {kind: solo}
                """.formatted(
                        evmSite.host().chain(),
                        evm,
                        contracts(evmSite, "evm", network),
                        ledgerSite.host().chain(),
                        ledger,
                        watchers.stream().map(DemoConfiguration::watcher).collect(Collectors.joining(", ")),
                        contracts(ledgerSite, "ledger", network),
                        network.lanes().stream()
                                .map(lane -> lane(lane, owner(lane.terms().source(), evmSite, ledgerSite)))
                                .collect(Collectors.joining("\n")));
    }

    private static String watcher(WatcherClient.Endpoint watcher) {
        return "{uri: \"%s\", address: \"%s\"}".formatted(watcher.uri(), watcher.watcher());
    }

    private static String contracts(Site site, String key, Network network) {
        var clients = network.clients().stream()
                .filter(client -> client.ref().chain().equals(site.host().chain()))
                .map(client -> "{follows: \"%s\", contract: \"%s\", anchor: %s}"
                        .formatted(
                                client.anchor().chain(),
                                client.ref().contract(),
                                DemoFiles.anchorName(client.anchor().chain())))
                .collect(Collectors.joining(", "));
        return """
                    signer: {keystore: %1$s-key.json, password-file: %1$s-key.password}
                    outbox: "%2$s"
                    inbox: "%3$s"
                    clients: [%4$s]""".formatted(key, site.outbox(), site.inbox(), clients)
                .indent(4)
                .stripTrailing();
    }

    private static String lane(Network.NamedLane lane, Address sender) {
        var terms = lane.terms();
        return """
                - name: %s
                  source: %s
                  destination: %s
                  salt: "%s"
                  max-packet: %d
                  window: %d
                  max-timeout: %s
                  senders: ["%s"]""".formatted(
                        lane.name(),
                        terms.source(),
                        terms.destination(),
                        terms.salt(),
                        terms.terms().maxPacket(),
                        terms.terms().window(),
                        Duration.ofMillis(terms.terms().maxTimeoutMs()),
                        sender)
                .indent(2)
                .stripTrailing();
    }

    private static Address owner(ChainId source, Site... sites) {
        for (var site : sites) {
            if (site.host().chain().equals(source)) return site.host().owner();
        }
        throw new IllegalArgumentException("chain: expected one of the demo's, got " + source);
    }
}
