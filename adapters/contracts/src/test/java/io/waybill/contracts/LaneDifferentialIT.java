package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.client.qbft.QbftEventProof;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LogRole;
import io.waybill.core.lane.RangeProof;
import io.waybill.core.lane.StatusRule;
import io.waybill.core.port.Delivery;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.fuzz.Mutator;
import io.waybill.rpc.RpcError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Java and the Inbox give packets of any octets one status, and ranges of any shape one verdict. The seed is as of
/// [DifferentialIT].
class LaneDifferentialIT {
    private static final long SEED = Long.getLong("waybill.differential.seed", 20_261_125);
    private static final int BATCHES = 16;
    private static final int BATCH = 25;
    private static final int LOGS = 40;
    private static final int RANGES = 12;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void packetsOfAnyOctetsGetOneStatus() {
        try (var fixture = new LaneFixture(LogRole.STATUSES, true)) {
            var mutator = new Mutator(random);
            var packets = LongStream.range(0, (long) BATCHES * BATCH)
                    .mapToObj(i -> changed(mutator, fixture, i))
                    .toList();
            var met = EnumSet.noneOf(FinalStatus.class);
            for (int i = 0; i < BATCHES; i++) {
                int first = i * BATCH;
                long nowMs = LaneFixture.NOW_MS + (i < BATCHES / 2 ? 1000L : 3_600_000L) + 1000L * i;
                fixture.evm.time(nowMs / 1000);
                deliver(fixture, packets, 2 + i, first);
                for (var status : fixture.statuses(first, first + BATCH)) {
                    var packet = packets.get((int) status.index());
                    var java = StatusRule.of(packet, fixture.lane, fixture.terms.terms(), status.index(), nowMs);
                    assertThat(status)
                            .as("packet %d of seed %d: %s", status.index(), SEED, packet)
                            .isEqualTo(
                                    new PacketStatus(fixture.lane, status.index(), LaneLog.leaf(packet), java, nowMs));
                    met.add(java);
                }
            }
            assertThat(met).containsExactlyInAnyOrder(FinalStatus.values());
        }
    }

    /// One packet in four as it should be.
    private Bytes changed(Mutator mutator, LaneFixture fixture, long index) {
        var packet = fixture.packet(index);
        if (random.nextInt(4) == 0) return packet;
        var other = fixture.packet(random.nextInt(BATCHES * BATCH));
        return Bytes.of(mutator.next(List.of(packet.toArray(), packet.toArray(), other.toArray())));
    }

    private static void deliver(LaneFixture fixture, List<Bytes> packets, long height, int first) {
        var delivery = fixture.source.delivery(
                LaneFixture.COUNTERPARTY, LogRole.PACKETS, fixture.lane, packets, height, first, first + BATCH);
        fixture.evm.transact(fixture.contract, LaneCalls.submit(LogRole.PACKETS, delivery));
    }

    @Test
    void rangesOfAnyShapeGetOneVerdict() {
        try (var fixture = new LaneFixture(LogRole.STATUSES, true)) {
            var logs = IntStream.range(0, LOGS)
                    .mapToObj(i -> LongStream.range(0, 1 + random.nextInt(40))
                            .mapToObj(leaf -> Bytes.concat(Bytes.u64(i), Bytes.u64(leaf)))
                            .toList())
                    .toList();
            var receipts = logs.stream()
                    .map(leaves -> SourceChain.receipt(
                            LaneFixture.COUNTERPARTY,
                            LogRole.PACKETS,
                            fixture.lane,
                            leaves.size(),
                            LaneLog.of(leaves).root()))
                    .toList();
            var header = fixture.source.header(2, receipts, 3);
            fixture.evm.transact(fixture.client, ClientCalls.update(fixture.source.update(header)));
            var met = new TreeSet<String>();
            for (int i = 0; i < LOGS; i++) {
                for (int range = 0; range < RANGES; range++) met.add(judge(fixture, receipts, i, logs.get(i)));
            }
            assertThat(met)
                    .containsExactlyInAnyOrder(
                            "accepted", "EmptyRange", "RangeOutOfBounds", "RangeProofLength", "RangeRootMismatch");
        }
    }

    private String judge(LaneFixture fixture, List<EvmReceipt> receipts, int which, List<Bytes> leaves) {
        var log = LaneLog.of(leaves);
        int first = random.nextInt(leaves.size());
        int end = 1 + random.nextInt(first, leaves.size());
        var proof = new ArrayList<>(log.rangeProof(first, end, log.size()));
        var shown = new ArrayList<>(leaves.subList(first, end));
        long claimed = (long) first + (random.nextInt(4) == 0 ? random.nextInt(0, 3) : 0);
        change(proof, Bytes32.of(new byte[32]));
        change(shown, Bytes.u64(which));
        var checkpoint = new Checkpoint(fixture.lane, log.size(), log.root());
        var java = RangeProof.verify(checkpoint, claimed, shown, proof) instanceof Verdict.Rejected<?>(var reason)
                ? reason.code()
                : "accepted";
        var delivery = new Delivery(
                fixture.lane,
                Bytes.EMPTY,
                2,
                QbftEventProof.of(receipts, which, 0).encode(),
                checkpoint,
                claimed,
                shown,
                proof);
        assertThat(refusal(fixture, delivery))
                .as("log %d of seed %d: [%d, %d) as %d of %d", which, SEED, first, end, claimed, leaves.size())
                .isEqualTo(java);
        return java;
    }

    /// Half of the time nothing; else one item left out, doubled, replaced or moved.
    private <T> void change(List<T> items, T other) {
        if (items.isEmpty()) {
            if (random.nextInt(6) == 0) items.add(other);
            return;
        }
        int at = random.nextInt(items.size());
        switch (random.nextInt(8)) {
            case 0 -> items.remove(at);
            case 1 -> items.add(at, items.get(at));
            case 2 -> items.set(at, other);
            case 3 -> items.add(items.remove(at));
            default -> {}
        }
    }

    /// A range that does not begin at the next index is a gap, which is seen only after its proof was accepted.
    private static String refusal(LaneFixture fixture, Delivery delivery) {
        try {
            fixture.evm.call(fixture.contract, LaneCalls.submit(LogRole.PACKETS, delivery));
            return "accepted";
        } catch (RpcError e) {
            var name = ContractErrors.decode(e.data().bytes()).name();
            return name.equals("GapInLog") ? "accepted" : name;
        }
    }
}
