package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.ConsistencyProof;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.port.Chain;
import io.waybill.core.port.LogEntry;
import io.waybill.rpc.Json;
import io.waybill.testkit.Samples;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random sequences of everything that can happen to a lane, in one order or racing, against [LaneModel]: exactly one
/// status a packet, in order; nothing goes back; both logs are appended to only. A seed of one's own:
/// `-Dwaybill.invariants.seed=N`.
class LaneInvariantsIT {
    private static final String SEED = "waybill.invariants.seed";
    private static final int STEPS = 250;
    private static final Set<String> MET = new TreeSet<>();

    static LongStream seeds() {
        var own = Long.getLong(SEED);
        return own == null ? LongStream.of(1, 2) : LongStream.of(own);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void holdOverAnySequence(long seed) {
        try (var world = new LaneWorld()) {
            var run = new Run(seed, world);
            for (int step = 0; step < STEPS; step++) run.step(step);
            run.finish();
            MET.addAll(run.met);
        }
    }

    /// A run that met no refusal would have tried little; what one seed of the build does not meet, another does.
    @AfterAll
    static void metEveryRefusal() {
        if (Long.getLong(SEED) != null) return;
        assertThat(MET)
                .contains(
                        LaneModel.TAKEN, "GapInLog", "LanePaused", "WindowFull", "TimeoutOutOfRange", "PacketTooLarge");
    }

    /// One end as the run follows it: what the other end was shown of it, and the last that was checked.
    private static final class Followed {
        final LaneWorld.End end;
        final List<Bytes> leaves;
        final List<LaneWorld.Seen> seen = new ArrayList<>();
        final LaneLog log = new LaneLog();

        @Nullable
        Checkpoint checked;

        Followed(LaneWorld.End end, List<Bytes> leaves) {
            this.end = end;
            this.leaves = leaves;
        }

        /// The log of the model's leaves.
        LaneLog log() {
            while (log.size() < leaves.size()) log.append(leaves.get((int) log.size()));
            return log;
        }
    }

    private static final class Run {
        final Set<String> met = new TreeSet<>();
        private final SplittableRandom random;
        private final String name;
        private final LaneWorld world;
        private final LaneModel model;
        private final Followed packets;
        private final Followed statuses;
        private String what = "";

        Run(long seed, LaneWorld world) {
            this.random = new SplittableRandom(seed);
            this.name = "seed " + seed;
            this.world = world;
            this.model = new LaneModel(world.terms, world.evm.account(), LaneFixture.NOW_MS);
            this.packets = new Followed(world.outbox, model.packets);
            this.statuses = new Followed(world.inbox, model.statuses);
        }

        void step(int number) {
            what = name + ", step " + number;
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4 -> send();
                case 5, 6, 7, 8, 9, 10 -> show(packets, 1);
                case 11, 12, 13 -> show(statuses, 1);
                case 14 -> show(packets, 2 + random.nextInt(2));
                case 15 -> show(statuses, 2);
                case 16, 17 -> later();
                case 18 -> pause();
                default -> checkpoint();
            }
            check();
        }

        private void send() {
            var sends = IntStream.range(0, 1 + random.nextInt(8))
                    .mapToObj(_ -> new Chain.Send(attestation(), timeout()))
                    .toList();
            expect(model.send(sends), packets, LaneCalls.sendBatch(world.terms.id(), sends));
        }

        /// One in three is poisoned: any octets, or one octet of a good one changed; one in sixty is too large.
        private Bytes attestation() {
            var good = Samples.attestation(random.nextInt(1000)).encode();
            return switch (random.nextInt(60)) {
                case 0 -> Bytes.of(new byte[1000]);
                case 1, 2, 3, 4, 5, 6, 7, 8, 9 -> {
                    var any = new byte[random.nextInt(200)];
                    random.nextBytes(any);
                    yield Bytes.of(any);
                }
                case 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 -> {
                    var changed = good.toArray();
                    changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                    yield Bytes.of(changed);
                }
                default -> good;
            };
        }

        private long timeout() {
            return switch (random.nextInt(60)) {
                case 0 -> model.nowMs;
                case 1 -> model.nowMs + 86_400_001;
                default -> model.nowMs + 1 + random.nextInt(3_600_000);
            };
        }

        /// Shows the other end leaves of this one; several times in one block, as racing relayers do.
        private void show(Followed from, int times) {
            if (from.leaves.isEmpty()) return;
            boolean known = !from.seen.isEmpty() && random.nextInt(3) == 0;
            var seen = known ? from.seen.get(random.nextInt(from.seen.size())) : from.end.publish();
            var to = from == packets ? statuses : packets;
            var calls = new ArrayList<Bytes>();
            var expected = new ArrayList<String>();
            for (int i = 0; i < times; i++) {
                int size = (int) seen.checkpoint().size();
                int next = (int) (from == packets ? model.statuses.size() : model.acknowledged);
                int first = Math.clamp(next + random.nextInt(-4, 3), 0, size - 1);
                int end = first + 1 + random.nextInt(Math.min(size - first, 9));
                boolean omit = known && random.nextBoolean();
                calls.add(seen.show(from.end.role, from.leaves, from.log(), first, end, omit));
                expected.add(from == packets ? model.deliver(first, end) : model.acknowledge(first, end));
            }
            if (times == 1) {
                expect(expected.getFirst(), to, calls.getFirst());
            } else {
                met.addAll(expected);
                assertThat(world.evm.transactTogether(to.end.contract, calls))
                        .as(what)
                        .isEqualTo(
                                expected.stream().map(LaneModel.TAKEN::equals).toList());
            }
            if (!known) keep(from, to, seen, expected.contains(LaneModel.TAKEN));
        }

        /// The client learns every header, if not with what it proves then alone.
        private void keep(Followed from, Followed to, LaneWorld.Seen seen, boolean learnt) {
            if (!learnt)
                world.evm.transact(
                        to == statuses ? world.clientAtInbox : world.clientAtOutbox, ClientCalls.update(seen.update()));
            from.seen.add(seen);
        }

        private void later() {
            model.nowMs += 1000L * random.nextInt(1, 1200);
            world.evm.time(model.nowMs / 1000);
        }

        private void pause() {
            boolean outbox = random.nextBoolean();
            boolean stop = outbox ? !model.outboxPaused : !model.inboxPaused;
            pause(outbox ? packets : statuses, stop);
        }

        private void pause(Followed at, boolean stop) {
            if (at == packets) model.outboxPaused = stop;
            else model.inboxPaused = stop;
            var lane = world.terms.id();
            world.evm.transact(at.end.contract, stop ? LaneCalls.pause(lane) : LaneCalls.unpause(lane));
        }

        private void checkpoint() {
            var at = random.nextBoolean() ? packets : statuses;
            expect(at.leaves.isEmpty() ? "EmptyLog" : LaneModel.TAKEN, at, LaneCalls.checkpoint(world.terms.id()));
        }

        private void expect(String outcome, Followed at, Bytes call) {
            met.add(outcome);
            if (outcome.equals(LaneModel.TAKEN)) world.evm.transact(at.end.contract, call);
            else
                assertThat(world.evm.refusal(at.end.contract, call).name())
                        .as(what)
                        .isEqualTo(outcome);
        }

        private void check() {
            check(packets);
            check(statuses);
            assertThat(world.outbox.state().acknowledged()).as(what).isEqualTo(model.acknowledged);
            assertThat(model.acknowledged).as(what).isLessThanOrEqualTo(model.statuses.size());
            assertThat(model.statuses.size()).as(what).isLessThanOrEqualTo(model.packets.size());
        }

        /// The log on chain has the model's root, and every root before is consistent with it.
        private void check(Followed of) {
            if (of.leaves.isEmpty()) return;
            var now = of.end.checkpoint();
            assertThat(now).as(what).isEqualTo(of.log().checkpoint(world.terms.id(), of.leaves.size()));
            var before = of.checked == null ? now : of.checked;
            var proof = of.log().consistencyProof(before.size(), now.size());
            assertThat(ConsistencyProof.verify(before, now, proof).isAccepted())
                    .as(what)
                    .isTrue();
            of.checked = now;
        }

        /// Nothing is stuck: once the lane moves, all that was sent gets its status and is acknowledged.
        void finish() {
            what = name + ", at the end";
            pause(packets, false);
            pause(statuses, false);
            showAll(packets, model.statuses.size());
            showAll(statuses, (int) model.acknowledged);
            check();
            assertThat(model.acknowledged).as(what).isEqualTo(model.packets.size());
            assertEachLeafOnce(packets, LaneEvents.SENT);
            assertEachLeafOnce(statuses, LaneEvents.ASSIGNED);
            var given = EnumSet.noneOf(FinalStatus.class);
            model.statuses.forEach(status ->
                    given.add(PacketStatus.decode(status).orElseThrow().status()));
            assertThat(given).as(what).containsExactlyInAnyOrder(FinalStatus.values());
        }

        private void showAll(Followed from, int next) {
            if (next == from.leaves.size()) return;
            var call = from.end.publish().show(from.end.role, from.leaves, from.log(), next, from.leaves.size(), false);
            var outcome = from == packets
                    ? model.deliver(next, from.leaves.size())
                    : model.acknowledge(next, from.leaves.size());
            expect(outcome, from == packets ? statuses : packets, call);
        }

        /// The events of all blocks, not only of those that the walk back meets.
        private void assertEachLeafOnce(Followed of, String event) {
            var filter = Json.MAPPER
                    .createObjectNode()
                    .put("fromBlock", "0x0")
                    .put("toBlock", "latest")
                    .put("address", of.end.contract.toHex());
            filter.putArray("topics").add(Abi.topic(event).toHex());
            var indexes = StreamSupport.stream(
                            world.evm.rpc().call("eth_getLogs", filter).list().spliterator(), false)
                    .map(LaneFixture::log)
                    .map(log -> new AbiWords(log.topics().get(2).value()).number(0))
                    .toList();
            assertThat(indexes)
                    .as(what)
                    .isEqualTo(LongStream.range(0, of.leaves.size()).boxed().toList());
            var reader = new LaneReader(LaneFixture.reads(world.evm), of.end.contract, of.end.role, world.terms.id());
            assertThat(reader.entries(0, of.leaves.size()))
                    .as(what)
                    .extracting(LogEntry::leaf)
                    .isEqualTo(of.leaves);
        }
    }
}
