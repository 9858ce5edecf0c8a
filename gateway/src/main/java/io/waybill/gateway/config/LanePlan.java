package io.waybill.gateway.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.client.committee.Committee;
import io.waybill.core.client.fisco.HeaderRules;
import io.waybill.gateway.config.WaybillConfig.Crypto;
import io.waybill.gateway.config.WaybillConfig.Finality;
import io.waybill.gateway.config.WaybillConfig.SignerConfig;
import io.waybill.gateway.config.WaybillConfig.VerifierEntry;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// What `./waybill lane open` is to bring about between two chains. The shipped `config/lane-plan.yaml` documents
/// each key above itself; relative paths are relative to the file.
public record LanePlan(List<PlannedChain> chains, List<PlannedLane> lanes, List<PlannedEas> eas) {
    private static final long MOST_DELAY_DAYS = 30;

    public LanePlan {
        chains = List.copyOf(chains);
        lanes = List.copyOf(lanes);
        eas = List.copyOf(eas);
        Check.that(chains.size() == 2, "chains", "two chains", chains.size());
        Check.that(!lanes.isEmpty(), "lanes", "at least one lane", "none");
        var ids = chains.stream().map(PlannedChain::id).toList();
        Check.distinct("chains.id", ids);
        var names = lanes.stream().map(PlannedLane::name).toList();
        Check.distinct("lanes.name", names);
        for (var lane : lanes) {
            Check.oneOf("lanes.source", lane.source(), ids);
            Check.oneOf("lanes.destination", lane.destination(), ids);
        }
        Check.distinct("eas.lane", eas.stream().map(PlannedEas::lane).toList());
        for (var entry : eas) {
            Check.oneOf("eas.lane", entry.lane(), names);
        }
        for (var lane : lanes) {
            boolean fed = eas.stream().anyMatch(entry -> entry.lane().equals(lane.name()));
            Check.that(
                    fed || !lane.senders().isEmpty(),
                    "lanes.senders",
                    "at least one account, or an entry of eas for " + lane.name(),
                    "none");
        }
    }

    /// One of the two chains; the key `kind` picks the record.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "evm", value = Evm.class),
        @JsonSubTypes.Type(name = "conflux", value = Conflux.class),
        @JsonSubTypes.Type(name = "fisco", value = Fisco.class)
    })
    public sealed interface PlannedChain {
        ChainId id();

        List<URI> rpc();

        /// Who creates and opens; it gives its role up when all lanes are open.
        SignerConfig deployer();

        /// Who the member that is written out will submit by.
        SignerConfig signer();

        Council council();

        Contracts contracts();

        /// Who may stop a lane at once.
        Address pauser();

        Trust trust();
    }

    /// A chain of the EVM kind whose blocks validators seal.
    public record Evm(
            ChainId id,
            List<URI> rpc,
            Finality finality,
            SignerConfig deployer,
            SignerConfig signer,
            Council council,
            Contracts contracts,
            Address pauser,
            Trust trust)
            implements PlannedChain {
        public Evm {
            rpc = List.copyOf(rpc);
            Check.endpoints("rpc", rpc);
        }
    }

    /// eSpace of a Conflux chain, for which verifiers speak: the other chain's contracts cannot check its proofs.
    ///
    /// @param needed how many verifiers must say the same, more than half of them
    public record Conflux(
            ChainId id,
            List<URI> rpc,
            List<URI> coreRpc,
            List<VerifierEntry> verifiers,
            int needed,
            SignerConfig deployer,
            SignerConfig signer,
            Council council,
            Contracts contracts,
            Address pauser,
            Trust trust)
            implements PlannedChain {
        public Conflux {
            rpc = List.copyOf(rpc);
            coreRpc = List.copyOf(coreRpc);
            verifiers = List.copyOf(verifiers);
            Check.endpoints("rpc", rpc);
            Check.endpoints("core-rpc", coreRpc);
            int size = verifiers.size();
            Check.that(size >= Committee.FEWEST && size <= Committee.MOST, "verifiers", "3 to 32", size);
            Check.distinct(
                    "verifiers.address",
                    verifiers.stream().map(VerifierEntry::address).toList());
            Check.that(
                    2 * needed > size && needed <= size,
                    "needed",
                    "more than half of %d verifiers, all of them at most".formatted(size),
                    needed);
        }

        /// Who is believed.
        public Committee committee() {
            return new Committee(
                    verifiers.stream().map(VerifierEntry::address).sorted().toList(), needed);
        }
    }

    /// A FISCO BCOS 3.x ledger, followed in mode CORROBORATED.
    ///
    /// @param versionFloor lowest version of a header, such as 3.6.0
    public record Fisco(
            ChainId id,
            List<URI> rpc,
            String group,
            Crypto crypto,
            String versionFloor,
            List<PlannedWatcher> watchers,
            SignerConfig deployer,
            SignerConfig signer,
            Council council,
            Contracts contracts,
            Address pauser,
            Trust trust)
            implements PlannedChain {
        public Fisco {
            rpc = List.copyOf(rpc);
            watchers = List.copyOf(watchers);
            Check.endpoints("rpc", rpc);
            Check.that(
                    versionFloor.matches("[0-9]{1,2}(\\.[0-9]{1,2}){2}"),
                    "version-floor",
                    "such as 3.6.0",
                    versionFloor);
            Check.that(
                    floor(versionFloor) >= HeaderRules.LOWEST_FLOOR, "version-floor", "3.6.0 or later", versionFloor);
            Check.that(watchers.size() >= 3 && watchers.size() <= 255, "watchers", "3 to 255", watchers.size());
            Check.distinct(
                    "watchers.address",
                    watchers.stream().map(PlannedWatcher::address).toList());
            Check.that(
                    watchers.stream().anyMatch(PlannedWatcher::destination),
                    "watchers.destination",
                    "true of at least one, whom the other chain's operators name",
                    "none");
        }

        /// The floor as headers carry it.
        public int floor() {
            return floor(versionFloor);
        }

        private static int floor(String version) {
            var parts = version.split("\\.", -1);
            return Integer.parseInt(parts[0]) << 24
                    | Integer.parseInt(parts[1]) << 16
                    | Integer.parseInt(parts[2]) << 8;
        }
    }

    /// A watcher beside a non-sealing node.
    ///
    /// @param destination whether the other chain's operators named it
    public record PlannedWatcher(URI uri, Address address, boolean destination) {}

    /// Who is above clients, roles and pauses; the key `kind` picks the record.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "create", value = Council.Create.class),
        @JsonSubTypes.Type(name = "use", value = Council.Use.class)
    })
    public sealed interface Council {
        /// A Council contract that is created.
        ///
        /// @param members   2 to 32 accounts
        /// @param approvals 2 or more, and no more than there are members
        /// @param delay     how long an approved call waits, up to 30 days
        record Create(List<Address> members, int approvals, Duration delay) implements Council {
            public Create {
                members = members.stream().sorted().toList();
                Check.that(members.size() >= 2 && members.size() <= 32, "council.members", "2 to 32", members.size());
                Check.distinct("council.members", members);
                Check.that(
                        approvals >= 2 && approvals <= members.size(),
                        "council.approvals",
                        "2 to " + members.size(),
                        approvals);
                Check.positive("council.delay", delay);
                Check.that(
                        delay.compareTo(Duration.ofDays(MOST_DELAY_DAYS)) <= 0, "council.delay", "at most P30D", delay);
            }
        }

        /// An account that exists.
        record Use(Address address) implements Council {}
    }

    /// Outbox and Inbox; the key `kind` picks the record.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "create", value = Contracts.Create.class),
        @JsonSubTypes.Type(name = "use", value = Contracts.Use.class)
    })
    public sealed interface Contracts {
        /// Both are created.
        record Create() implements Contracts {}

        /// Both exist, and the deployer may open lanes at them.
        record Use(Address outbox, Address inbox) implements Contracts {}
    }

    /// How the other chain is to believe this one.
    public record Trust(Duration trustingPeriod, Duration maxClockDrift, AnchorAt anchor) {
        public Trust {
            Check.positive("trust.trusting-period", trustingPeriod);
            Check.that(!maxClockDrift.isNegative(), "trust.max-clock-drift", "a duration, or PT0S", maxClockDrift);
        }
    }

    /// Which header is the first that is believed; the key `kind` picks the record.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "latest", value = AnchorAt.Latest.class),
        @JsonSubTypes.Type(name = "pinned", value = AnchorAt.Pinned.class)
    })
    public sealed interface AnchorAt {
        /// The newest when the setup begins.
        record Latest() implements AnchorAt {}

        /// The one of a height, which must have a hash.
        record Pinned(long height, Bytes32 hash) implements AnchorAt {
            public Pinned {
                Check.that(height >= 1, "trust.anchor.height", "≥ 1", height);
            }
        }
    }

    /// A lane in one direction.
    ///
    /// @param senders accounts; none where all that it takes is attested at an EAS
    public record PlannedLane(
            String name,
            ChainId source,
            ChainId destination,
            long maxPacket,
            long window,
            Duration maxTimeout,
            List<Address> senders) {
        public PlannedLane {
            senders = senders.stream().sorted().toList();
            WaybillConfig.LaneEntry.check(name, source, destination, maxPacket, window, maxTimeout);
            Check.distinct("lanes.senders", senders);
        }
    }

    /// An Ethereum Attestation Service whose attestations a lane is to take as well.
    ///
    /// @param lane      name of a lane whose source is an EVM
    /// @param contract  EAS
    /// @param schemas   uids of schemas without resolver, at least one
    /// @param attesters accounts, at least one
    public record PlannedEas(String lane, Address contract, List<Bytes32> schemas, List<Address> attesters) {
        public PlannedEas {
            schemas = List.copyOf(schemas);
            attesters = List.copyOf(attesters);
            Check.that(!schemas.isEmpty(), "eas.schemas", "at least one", "none");
            Check.that(!attesters.isEmpty(), "eas.attesters", "at least one", "none");
            Check.distinct("eas.schemas", schemas);
            Check.distinct("eas.attesters", attesters);
        }
    }
}
