package io.waybill.relayer.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.LogEntry;
import io.waybill.relayer.event.RelayEvent;
import io.waybill.relayer.lane.PassageStatus.State;
import io.waybill.testkit.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever fails, lies, crashes or races, each packet gets exactly one status, in order, and all are acknowledged
/// in the end. One thread plays all members, in an order drawn from the seed.
class CrossingPropertyTest {
    private static final int PACKETS = 30;

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyPacketGetsExactlyOneStatusInOrderUnderRandomFaultsAndCrashes(long seed) {
        var rig = new Rig();
        var random = new SplittableRandom(seed);
        var members = new ArrayList<>(List.of(member(rig, seed), member(rig, seed + 1), member(rig, seed + 2)));
        rig.world.source().faults(Faults.seeded(seed, 15));
        rig.world.destination().faults(Faults.seeded(seed + 100, 15));
        for (int turn = 0; turn < 400; turn++) {
            int at = random.nextInt(members.size());
            if (random.nextInt(25) == 0) members.set(at, member(rig, seed + turn));
            var loops = members.get(at);
            loops.get(random.nextInt(2)).step();
            if (random.nextInt(5) == 0) trySend(rig, 1 + random.nextInt(3));
        }
        finish(rig, members);
        requireOneStatusEachInOrder(rig);
    }

    private static List<PassageLoop> member(Rig rig, long seed) {
        return List.of(rig.loop(LogRole.PACKETS, seed), rig.loop(LogRole.STATUSES, seed));
    }

    private static void trySend(Rig rig, int count) {
        try {
            if (rig.sent(rig.id()) < PACKETS) rig.send(count);
        } catch (ChainException e) {
            // The sender's own calls fail as well; whether it was written is read from the chain.
        }
    }

    private static void finish(Rig rig, List<List<PassageLoop>> members) {
        rig.world.source().faults(Faults.none());
        rig.world.destination().faults(Faults.none());
        for (int i = 0; i < 60; i++) {
            members.forEach(loops -> loops.forEach(loop -> {
                if (loop.status().state() == State.HALTED) loop.resume();
                loop.step();
            }));
        }
    }

    private static void requireOneStatusEachInOrder(Rig rig) {
        long sent = rig.sent(rig.id());
        assertThat(sent).isGreaterThanOrEqualTo(PACKETS);
        assertThat(rig.acknowledged(rig.id())).isEqualTo(sent);
        assertThat(rig.statuses(rig.id())).hasSize((int) sent).containsOnly(FinalStatus.DELIVERED);
        var packets = rig.world.source().entries(LogRole.PACKETS, rig.id(), 0, sent);
        var statuses = rig.world.destination().entries(LogRole.STATUSES, rig.id(), 0, sent);
        for (int i = 0; i < sent; i++) {
            var status = PacketStatus.decode(statuses.get(i).leaf()).orElseThrow();
            assertThat(status.index()).isEqualTo(i);
            assertThat(status.packetLeaf())
                    .isEqualTo(LaneLog.leaf(packets.get(i).leaf()));
            assertThat(Packet.decode(packets.get(i).leaf()).orElseThrow().index())
                    .isEqualTo(i);
        }
        var moved = rig.world.source().acknowledgements(rig.id(), 0);
        for (int i = 1; i < moved.size(); i++) {
            assertThat(moved.get(i).from()).isEqualTo(moved.get(i - 1).to());
        }
        requireEventsTellTheTruth(rig, packets);
    }

    private static void requireEventsTellTheTruth(Rig rig, List<LogEntry> packets) {
        for (var observed : rig.events(RelayEvent.Observed.class)) {
            for (var entry : observed.packets()) assertThat(entry).isEqualTo(packets.get((int) entry.index()));
        }
    }
}
