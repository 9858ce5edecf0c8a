package io.waybill.gateway.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Everything one member of Waybill is told. The shipped `config/waybill.yaml` documents each key above itself;
/// relative paths are relative to the file.
public record WaybillConfig(
        Listen http,
        Listen ops,
        StoreConfig store,
        List<ChainConfig> chains,
        List<LaneEntry> lanes,
        List<EasEntry> eas,
        RelayerConfig relayer,
        ClusterEntry cluster) {
    public WaybillConfig {
        chains = List.copyOf(chains);
        lanes = List.copyOf(lanes);
        eas = List.copyOf(eas);
        Check.that(chains.size() >= 2, "chains", "at least two chains", chains.size());
        Check.that(!lanes.isEmpty(), "lanes", "at least one lane", "none");
        Check.distinct("chains.id", chains.stream().map(ChainConfig::id).toList());
        Check.distinct("lanes.name", lanes.stream().map(LaneEntry::name).toList());
        for (var lane : lanes) {
            Check.oneOf(
                    "lanes.source",
                    lane.source(),
                    chains.stream().map(ChainConfig::id).toList());
            Check.oneOf(
                    "lanes.destination",
                    lane.destination(),
                    chains.stream().map(ChainConfig::id).toList());
        }
        Check.distinct("eas.lane", eas.stream().map(EasEntry::lane).toList());
        for (var entry : eas) {
            Check.oneOf(
                    "eas.lane",
                    entry.lane(),
                    lanes.stream().map(LaneEntry::name).toList());
        }
    }

    /// The chain with an id that the configuration names.
    public ChainConfig chain(ChainId id) {
        return chains.stream()
                .filter(chain -> chain.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ConfigException("chains: expected one with id " + id + ", found none"));
    }

    /// Where a server listens.
    ///
    /// @param port 0 to 65535; 0 takes a free one
    public record Listen(String host, int port) {
        public Listen {
            Check.that(port >= 0 && port <= 65535, "port", "0 to 65535", port);
        }
    }

    /// One chain; the key `kind` picks the record.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "evm", value = Evm.class),
        @JsonSubTypes.Type(name = "conflux", value = Conflux.class),
        @JsonSubTypes.Type(name = "fisco", value = Fisco.class)
    })
    public sealed interface ChainConfig {
        ChainId id();

        List<URI> rpc();

        SubmitterKey signer();

        Address outbox();

        Address inbox();

        List<ClientEntry> clients();
    }

    /// A chain of the EVM kind whose blocks validators seal.
    ///
    /// @param rpc      JSON-RPC endpoints, tried in order
    /// @param finality `qbft` or `ibft2`
    public record Evm(
            ChainId id,
            List<URI> rpc,
            Finality finality,
            SubmitterKey signer,
            Address outbox,
            Address inbox,
            List<ClientEntry> clients)
            implements ChainConfig {
        public Evm {
            rpc = List.copyOf(rpc);
            clients = List.copyOf(clients);
            Check.endpoints("rpc", rpc);
        }
    }

    /// eSpace of a Conflux chain.
    ///
    /// @param rpc       JSON-RPC endpoints of the eSpace, tried in order
    /// @param coreRpc   JSON-RPC endpoints of the Core space of the same nodes, tried in order
    /// @param verifiers who speak for it where no contract can check its proofs; none where it is only delivered to
    public record Conflux(
            ChainId id,
            List<URI> rpc,
            List<URI> coreRpc,
            List<VerifierEntry> verifiers,
            SubmitterKey signer,
            Address outbox,
            Address inbox,
            List<ClientEntry> clients)
            implements ChainConfig {
        public Conflux {
            rpc = List.copyOf(rpc);
            coreRpc = List.copyOf(coreRpc);
            verifiers = List.copyOf(verifiers);
            clients = List.copyOf(clients);
            Check.endpoints("rpc", rpc);
            Check.endpoints("core-rpc", coreRpc);
            Check.distinct(
                    "verifiers.address",
                    verifiers.stream().map(VerifierEntry::address).toList());
        }
    }

    /// A FISCO BCOS 3.x ledger.
    ///
    /// @param rpc      JSON-RPC endpoints of nodes, tried in order
    /// @param group    the group's name at the nodes, usually `group0`
    /// @param crypto   what the chain was made with
    /// @param watchers those who corroborate its headers
    public record Fisco(
            ChainId id,
            List<URI> rpc,
            String group,
            Crypto crypto,
            List<WatcherEntry> watchers,
            SignerConfig signer,
            Address outbox,
            Address inbox,
            List<ClientEntry> clients)
            implements ChainConfig {
        public Fisco {
            rpc = List.copyOf(rpc);
            watchers = List.copyOf(watchers);
            clients = List.copyOf(clients);
            Check.endpoints("rpc", rpc);
        }
    }

    /// The cryptography of a ledger: Keccak-256 and secp256k1, or SM3 and SM2.
    public enum Crypto {
        STANDARD,
        SM
    }

    /// Which seals an EVM chain's headers carry.
    public enum Finality {
        QBFT,
        IBFT2
    }

    /// The key that pays for and signs transactions: an encrypted keystore file (Web3 Secret Storage) and the
    /// file that holds its password. No key stands in a configuration.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
    public record SignerConfig(Path keystore, Path passwordFile) implements SubmitterKey {}

    /// A key in a Web3Signer that signs transactions of an EVM chain.
    ///
    /// @param web3signer `http://host:port`
    /// @param address    of the account
    @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
    public record Web3SignerConfig(URI web3signer, Address address) implements SubmitterKey {}

    /// Where the key lies that pays for and signs transactions of an EVM chain; the keys that stand there tell
    /// which.
    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
    @JsonSubTypes({@JsonSubTypes.Type(SignerConfig.class), @JsonSubTypes.Type(Web3SignerConfig.class)})
    public sealed interface SubmitterKey {}

    /// A watcher beside a non-sealing node.
    ///
    /// @param address the account it signs with; one of those the client was made with
    public record WatcherEntry(URI uri, Address address) {}

    /// A verifier of a chain, as `./waybill verifier` runs one.
    ///
    /// @param address the account it signs with; one of those the client was made with
    public record VerifierEntry(URI uri, Address address) {}

    /// A light-client contract that lives on the chain it is listed under.
    ///
    /// @param anchor file that pins the first trusted header and the client's parameters
    public record ClientEntry(ChainId follows, Address contract, Path anchor) {}

    /// A lane between two configured chains.
    ///
    /// @param senders the accounts that may send, as the lane was opened with
    public record LaneEntry(
            String name,
            ChainId source,
            ChainId destination,
            Bytes32 salt,
            long maxPacket,
            long window,
            Duration maxTimeout,
            List<Address> senders) {
        public LaneEntry {
            senders = List.copyOf(senders);
            Check.that(!senders.isEmpty(), "lanes.senders", "at least one account", "none");
            check(name, source, destination, maxPacket, window, maxTimeout);
        }

        static void check(
                String name, ChainId source, ChainId destination, long maxPacket, long window, Duration maxTimeout) {
            Check.that(name.matches("[a-z0-9][a-z0-9-]{0,62}"), "lanes.name", "1 to 63 of a-z, 0-9 and -", name);
            Check.that(!source.equals(destination), "lanes.destination", "another chain than the source", destination);
            Check.that(maxPacket >= 512 && maxPacket <= 65536, "lanes.max-packet", "512 to 65536 octets", maxPacket);
            Check.that(window >= 1, "lanes.window", "≥ 1", window);
            Check.positive("lanes.max-timeout", maxTimeout);
        }
    }

    /// An Ethereum Attestation Service whose attestations a lane takes as well.
    ///
    /// @param lane     name of the lane; its source is an EVM
    /// @param contract EAS
    /// @param source   EasSource, one of the lane's senders
    /// @param from     height at which looking begins, ≥ 0
    public record EasEntry(String lane, Address contract, Address source, long from) {
        public EasEntry {
            Check.that(from >= 0, "eas.from", "≥ 0", from);
        }
    }

    /// How the relayer works.
    ///
    /// @param poll     how long a lane rests when there is nothing to do
    /// @param maxBatch packets in one delivery, 1 to 500
    public record RelayerConfig(Duration poll, int maxBatch) {
        public RelayerConfig {
            Check.positive("relayer.poll", poll);
            Check.that(maxBatch >= 1 && maxBatch <= 500, "relayer.max-batch", "1 to 500", maxBatch);
        }
    }

    /// Where the API's promises are kept; the key `kind` picks the record.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "embedded", value = StoreConfig.Embedded.class),
        @JsonSubTypes.Type(name = "external", value = StoreConfig.External.class)
    })
    public sealed interface StoreConfig {
        /// A PostgreSQL server started and stopped by this process.
        record Embedded(Path directory) implements StoreConfig {}

        /// A PostgreSQL server that operators run; members of a cluster share one.
        record External(String url, String user, Path passwordFile) implements StoreConfig {}
    }

    /// Whether this member works alone; the key `kind` picks the record.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "solo", value = ClusterEntry.Solo.class),
        @JsonSubTypes.Type(name = "members", value = ClusterEntry.Members.class)
    })
    public sealed interface ClusterEntry {
        /// One member, no cluster.
        record Solo() implements ClusterEntry {}

        /// Members that share the lanes by leases.
        ///
        /// @param name    clusters of other names are not joined
        /// @param host    address this member binds, of a private network
        /// @param members `host:port` of every member
        /// @param lease   how long a lane stays with a member that no longer renews
        record Members(String name, String host, int port, List<String> members, Duration lease)
                implements ClusterEntry {
            public Members {
                members = List.copyOf(members);
                Check.positive("cluster.lease", lease);
            }
        }
    }
}
