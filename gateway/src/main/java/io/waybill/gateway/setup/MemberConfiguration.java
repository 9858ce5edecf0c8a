package io.waybill.gateway.setup;

import io.waybill.core.Address;
import io.waybill.core.ChainId;
import io.waybill.gateway.Network;
import io.waybill.gateway.config.WaybillConfig.SignerConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// The configuration of a member that serves what was set up, as text. Anchors and keys lie where it says, beside
/// it.
public final class MemberConfiguration {
    private MemberConfiguration() {}

    /// How a member speaks to one of the chains.
    public sealed interface Chain {
        ChainId id();

        SignerConfig signer();
    }

    /// An EVM chain.
    ///
    /// @param finality `qbft` or `ibft2`
    /// @param signer   the account that submits; paths relative to the configuration
    public record Evm(ChainId id, List<URI> rpc, String finality, SignerConfig signer) implements Chain {}

    /// eSpace of a Conflux chain.
    ///
    /// @param coreRpc of the Core space
    public record Conflux(ChainId id, List<URI> rpc, List<URI> coreRpc, List<Witness> verifiers, SignerConfig signer)
            implements Chain {}

    /// A ledger.
    ///
    /// @param crypto `standard` or `sm`
    public record Fisco(
            ChainId id, List<URI> rpc, String group, String crypto, List<Witness> watchers, SignerConfig signer)
            implements Chain {}

    /// A watcher of a ledger, or a verifier.
    ///
    /// @param account that it signs with
    public record Witness(URI uri, Address account) {
        @Override
        public String toString() {
            return "{uri: \"%s\", address: \"%s\"}".formatted(uri, account);
        }
    }

    /// The name of a chain's anchor file.
    public static String anchorName(ChainId chain) {
        return "anchor-%s.json".formatted(chain.name().replace(':', '-'));
    }

    /// The whole file.
    ///
    /// @param what first words of its first line
    public static String of(String what, List<? extends Chain> chains, Opened opened, List<LaneWanted> wanted) {
        return """
                # %s: ./waybill run --config THIS-FILE. Every key is documented in config/waybill.yaml.
                http: {host: 127.0.0.1, port: 0}
                ops: {host: 127.0.0.1, port: 0}
                store: {kind: embedded, directory: postgres}
                chains:
                %s
                lanes:
                %s
                eas: %s
                relayer: {poll: PT0.25S, max-batch: 100}
                cluster: {kind: solo}
                """.formatted(
                what,
                chains.stream().map(chain -> chain(chain, opened)).collect(Collectors.joining("\n")),
                opened.opened(wanted).stream().map(lane -> lane(lane, opened)).collect(Collectors.joining("\n")),
                opened.origins().stream().map(MemberConfiguration::eas).toList());
    }

    private static String chain(Chain chain, Opened opened) {
        var site = opened.site(chain.id());
        var clients = opened.clients().stream()
                .filter(client -> client.ref().chain().equals(chain.id()))
                .map(MemberConfiguration::client)
                .collect(Collectors.joining(", "));
        return """
                - %1$s
                  signer: {keystore: "%2$s", password-file: "%3$s"}
                  outbox: "%4$s"
                  inbox: "%5$s"
                  clients: [%6$s]""".formatted(
                        kind(chain),
                        chain.signer().keystore(),
                        chain.signer().passwordFile(),
                        site.outbox(),
                        site.inbox(),
                        clients)
                .indent(2)
                .stripTrailing();
    }

    private static String kind(Chain chain) {
        return switch (chain) {
            case Evm evm -> """
                    kind: evm
                      id: %s
                      rpc: %s
                      finality: %s""".formatted(evm.id(), evm.rpc(), evm.finality());
            case Conflux conflux -> """
                    kind: conflux
                      id: %s
                      rpc: %s
                      core-rpc: %s
                      verifiers: %s""".formatted(conflux.id(), conflux.rpc(), conflux.coreRpc(), conflux.verifiers());
            case Fisco fisco -> """
                    kind: fisco
                      id: %s
                      rpc: %s
                      group: %s
                      crypto: %s
                      watchers: %s""".formatted(fisco.id(), fisco.rpc(), fisco.group(), fisco.crypto(), fisco.watchers());
        };
    }

    private static String eas(EasWanted.Opened origin) {
        return "{lane: \"%s\", contract: \"%s\", source: \"%s\", from: %d}"
                .formatted(origin.lane(), origin.contract(), origin.source(), origin.from());
    }

    private static String client(Network.Client client) {
        var follows = client.anchor().chain();
        return "{follows: \"%s\", contract: \"%s\", anchor: %s}"
                .formatted(follows, client.ref().contract(), anchorName(follows));
    }

    private static String lane(LaneWanted lane, Opened opened) {
        var salt = opened.lanes().stream()
                .filter(named -> named.name().equals(lane.name()))
                .findFirst()
                .orElseThrow()
                .terms()
                .salt();
        return """
                - name: %s
                  source: %s
                  destination: %s
                  salt: "%s"
                  max-packet: %d
                  window: %d
                  max-timeout: %s
                  senders: %s""".formatted(
                        lane.name(),
                        lane.source(),
                        lane.destination(),
                        salt,
                        lane.maxPacket(),
                        lane.window(),
                        Duration.ofMillis(lane.maxTimeoutMs()),
                        lane.senders().stream()
                                .map(sender -> "\"%s\"".formatted(sender))
                                .toList())
                .indent(2)
                .stripTrailing();
    }
}
