package io.waybill.testkit;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.port.Chain.Send;
import io.waybill.core.port.ClientRef;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/// Two chains in memory that hold a client of each other, with lanes from the first to the second. The first emits
/// checkpoints with each change, as an EVM chain does; the second publishes them, as FISCO does, and its header
/// updates span few heights.
///
/// @param trustingPeriod of both clients
public record MemoryWorld(
        SettableClock clock,
        MemoryChain source,
        MemoryChain destination,
        Duration trustingPeriod,
        MemoryClient sourceRules,
        ConsensusState sourceAnchor,
        ClientRef sourceClient,
        MemoryClient destinationRules,
        ConsensusState destinationAnchor,
        ClientRef destinationClient,
        List<LaneTerms> lanes) {
    private static final Duration DRIFT = Duration.ofSeconds(30);

    /// Two new chains with clients of each other and open lanes.
    ///
    /// @param lanes how many lanes to open, ≥ 1
    public static MemoryWorld open(SettableClock clock, Duration trustingPeriod, int lanes) {
        var source = new MemoryChain(new ChainId("memory:source"), clock, true, 64);
        var destination = new MemoryChain(new ChainId("memory:destination"), clock, false, 4);
        var sourceRules = source.follow(trustingPeriod, DRIFT);
        var destinationRules = destination.follow(trustingPeriod, DRIFT);
        var terms = LongStream.range(0, lanes)
                .mapToObj(salt -> terms(source, destination, sourceRules, destinationRules, salt))
                .toList();
        terms.forEach(source::open);
        terms.forEach(destination::open);
        return new MemoryWorld(
                clock,
                source,
                destination,
                trustingPeriod,
                sourceRules,
                source.anchor(),
                destination.deploy(sourceRules, source.anchor()),
                destinationRules,
                destination.anchor(),
                source.deploy(destinationRules, destination.anchor()),
                terms);
    }

    private static LaneTerms terms(
            MemoryChain source, MemoryChain destination, MemoryClient ofSource, MemoryClient ofDestination, long salt) {
        return new LaneTerms(
                source.id(),
                ofSource.id(),
                address("outbox"),
                destination.id(),
                ofDestination.id(),
                address("inbox"),
                Digests.sha256(Bytes.u64(salt)),
                new LaneTerms.Terms(
                        8192, 100_000, Duration.ofDays(7).toMillis(), source.sendersRoot(), TokenPolicy.HASH));
    }

    private static Address address(String name) {
        return new Address(Digests.sha256(Bytes.utf8(name)).value().slice(12, 32));
    }

    /// The first lane.
    public LaneId lane() {
        return lanes.getFirst().id();
    }

    /// Sends of attestations numbered `[from, to)`, each good for an hour.
    public List<Send> sends(long from, long to) {
        long timeoutMs = clock.millis() + Duration.ofHours(1).toMillis();
        return LongStream.range(from, to)
                .mapToObj(number -> new Send(Samples.attestation(number).encode(), timeoutMs))
                .toList();
    }
}
