package io.waybill.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import io.waybill.core.digest.Digests;
import io.waybill.core.port.LogEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The store on a real PostgreSQL.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseIT {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final ChainId EVM = new ChainId("eip155:1337");
    private static final ChainId LEDGER = new ChainId("fisco:chain0-group0");

    private static final long HEAD = 100;

    private final Database database = Database.temporary();
    private final AttestationStore store = new AttestationStore(database);
    private final LaneStore lanes = new LaneStore(database);
    private final Unconfirmed unconfirmed = new Unconfirmed(database);
    private int lanesMade;

    @BeforeAll
    void bound() {
        assertThat(database.trouble()).isEmpty();
    }

    @AfterAll
    void close() {
        database.close();
    }

    private LaneId freshLane() {
        return new LaneId(Digests.sha256(Bytes.u32(++lanesMade)));
    }

    private static NewAttestation attestation(LaneId lane, String text) {
        return new NewAttestation(
                UUID.randomUUID(), lane, Bytes.utf8("{}"), Bytes.utf8(text), NOON.toEpochMilli() + 60_000, NOON);
    }

    private StoredAttestation accepted(LaneId lane, String text) {
        return ((Acceptance.Stored) store.accept(attestation(lane, text), null)).attestation();
    }

    private static LogEntry leaf(long index) {
        return new LogEntry(index, Bytes.of(1), 40 + index, 1000 * index, tx(index));
    }

    private static Bytes32 tx(long number) {
        return Digests.sha256(Bytes.u64(number));
    }

    private StoredAttestation again(StoredAttestation row) {
        return store.find(row.id()).orElseThrow();
    }

    @Nested
    class Accept {
        @Test
        void storesTheAttestationWithItsFirstStage() {
            var given = attestation(freshLane(), "lot 42");
            store.accept(given, null);
            var row = store.find(given.id()).orElseThrow();
            assertThat(row.state()).isEqualTo(State.ACCEPTED);
            assertThat(row.octets()).isEqualTo(Bytes.utf8("lot 42"));
            assertThat(row.stages()).containsExactly(new Stage(State.ACCEPTED, NOON, null));
        }

        @Test
        void answersTheFirstAgainForTheSameKeyAndRequest() {
            var lane = freshLane();
            var key = new IdempotencyKey("k-" + lane, tx(1));
            var first = (Acceptance.Stored) store.accept(attestation(lane, "a"), key);
            var second = store.accept(attestation(lane, "a"), key);
            assertThat(second).isEqualTo(new Acceptance.Replayed(first.attestation()));
            assertThat(store.earlier(key)).contains(second);
            assertThat(store.page(new Filter(lane, null), Long.MAX_VALUE, 10)).hasSize(1);
        }

        @Test
        void storesNothingForAKeyUsedWithAnotherRequest() {
            var lane = freshLane();
            store.accept(attestation(lane, "a"), new IdempotencyKey("k-" + lane, tx(1)));
            var other = attestation(lane, "b");
            assertThat(store.accept(other, new IdempotencyKey("k-" + lane, tx(2))))
                    .isEqualTo(new Acceptance.KeyUsedOtherwise());
            assertThat(store.find(other.id())).isEmpty();
        }

        @Test
        void storesOneOfManyThatRaceWithOneKey() throws Exception {
            var lane = freshLane();
            var key = new IdempotencyKey("race-" + lane, tx(1));
            var start = new CountDownLatch(1);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var answers = IntStream.range(0, 32)
                        .mapToObj(_ -> threads.submit(() -> {
                            start.await();
                            return store.accept(attestation(lane, "a"), key);
                        }))
                        .toList();
                start.countDown();
                int stored = 0;
                for (Future<Acceptance> answer : answers) stored += answer.get() instanceof Acceptance.Stored ? 1 : 0;
                assertThat(stored).isOne();
            }
            assertThat(store.page(new Filter(lane, null), Long.MAX_VALUE, 10)).hasSize(1);
        }
    }

    @Nested
    class Page {
        @Test
        void goesBackFromTheNewestByCursor() {
            var lane = freshLane();
            var rows = IntStream.range(0, 5)
                    .mapToObj(i -> accepted(lane, "n" + i))
                    .toList()
                    .reversed();
            var first = store.page(new Filter(lane, null), Long.MAX_VALUE, 2);
            assertThat(first).isEqualTo(rows.subList(0, 2));
            assertThat(store.page(new Filter(lane, null), first.getLast().seq(), 10))
                    .isEqualTo(rows.subList(2, 5));
        }

        @Test
        void narrowsByState() {
            var lane = freshLane();
            var parked = accepted(lane, "a");
            accepted(lane, "b");
            lanes.park(parked.id(), "because", NOON);
            assertThat(store.page(new Filter(lane, State.PARKED), Long.MAX_VALUE, 10))
                    .extracting(StoredAttestation::id, StoredAttestation::reason)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(parked.id(), "because"));
        }
    }

    @Nested
    class Changes {
        @Test
        void tellsEachChangeOnceInOrder() {
            var start = store.newestChange();
            var lane = freshLane();
            var one = accepted(lane, "a");
            var two = accepted(lane, "b");
            var seen = store.changes(start, 100);
            assertThat(seen).extracting(StoredAttestation::id).containsExactly(one.id(), two.id());
            lanes.park(one.id(), "because", NOON);
            assertThat(store.changes(seen.getLast().change(), 100))
                    .extracting(StoredAttestation::id, StoredAttestation::state)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(one.id(), State.PARKED));
            assertThat(store.changes(store.newestChange(), 100)).isEmpty();
        }

        @Test
        void writesAndReadsAPlaceInTheOrder() {
            assertThat(Change.parse(new Change(12, 7).toString())).isEqualTo(new Change(12, 7));
            assertThat(Change.parse("12")).isNull();
            assertThat(Change.parse("12.x")).isNull();
        }
    }

    @Nested
    class OnTheWay {
        @Test
        void movesFromWaitingToUnsettledToPlaced() {
            var lane = freshLane();
            var row = accepted(lane, "a");
            assertThat(lanes.waiting(lane, 10)).containsExactly(row);
            lanes.submitting(List.of(row.id()), 0, NOON);
            assertThat(lanes.waiting(lane, 10)).isEmpty();
            assertThat(lanes.unsettled(lane))
                    .extracting(StoredAttestation::logBase)
                    .containsExactly(0L);
            lanes.placed(row.id(), EVM, leaf(0), HEAD, NOON);
            assertThat(lanes.unsettled(lane)).isEmpty();
            var place = new Stage.Place(EVM, 40, tx(0), 0);
            assertThat(again(row).stages())
                    .containsExactly(
                            new Stage(State.ACCEPTED, NOON, null),
                            new Stage(State.SUBMITTED, NOON, null),
                            new Stage(State.INCLUDED, NOON, place),
                            new Stage(State.FINAL, NOON, place));
            assertThat(again(row).state()).isEqualTo(State.FINAL);
        }

        @Test
        void takesBackABatchTheChainNeverGot() {
            var lane = freshLane();
            var row = accepted(lane, "a");
            lanes.submitting(List.of(row.id()), 0, NOON);
            lanes.notSubmitted(List.of(row.id()));
            assertThat(lanes.waiting(lane, 10))
                    .extracting(StoredAttestation::stages)
                    .containsExactly(row.stages());
        }

        @Test
        void keepsTheFirstWordOnAStageAndNeverMovesBack() {
            var lane = freshLane();
            var row = accepted(lane, "a");
            lanes.placed(row.id(), EVM, leaf(0), HEAD, NOON);
            var place = new Stage.Place(LEDGER, 7, tx(7), 70);
            assertThat(lanes.reached(lane, 0, 1, State.DELIVERED, NOON, place)).isOne();
            assertThat(lanes.reached(lane, 0, 1, State.DELIVERED, NOON.plusSeconds(9), null))
                    .isZero();
            assertThat(lanes.reached(lane, 0, 1, State.PROVEN, NOON, null)).isOne();
            assertThat(again(row).state()).isEqualTo(State.DELIVERED);
            assertThat(again(row).outcome()).isEqualTo(State.DELIVERED);
            assertThat(again(row).stage(State.DELIVERED)).isEqualTo(new Stage(State.DELIVERED, NOON, place));
        }

        @Test
        void findsWhatLacksItsOutcomeOrItsAcknowledgement() {
            var lane = freshLane();
            for (int i = 0; i < 3; i++) lanes.placed(accepted(lane, "n" + i).id(), EVM, leaf(i), HEAD, NOON);
            lanes.reached(lane, 0, 2, State.EXPIRED, NOON, null);
            lanes.reached(lane, 0, 1, State.ACKNOWLEDGED, NOON, null);
            assertThat(lanes.firstWithout(lane, Lacking.OUTCOME)).contains(2L);
            assertThat(lanes.firstWithout(lane, Lacking.ACKNOWLEDGEMENT)).contains(1L);
            assertThat(lanes.firstWithout(freshLane(), Lacking.OUTCOME)).isEqualTo(Optional.empty());
        }
    }

    @Nested
    class SeenOnTheChain {
        @Test
        void addsLeavesOnceAndSaysWhereToGoOn() {
            var lane = freshLane();
            assertThat(lanes.firstUnknown(lane)).isZero();
            assertThat(lanes.observed(lane, EVM, new Observed(leaf(0), Bytes.of(9), 5), HEAD, NOON))
                    .isTrue();
            assertThat(lanes.observed(lane, EVM, new Observed(leaf(0), Bytes.of(9), 5), HEAD, NOON))
                    .isFalse();
            assertThat(lanes.observed(lane, EVM, new Observed(leaf(2), Bytes.of(9), 5), HEAD, NOON))
                    .isTrue();
            assertThat(lanes.firstUnknown(lane)).isOne();
        }

        @Test
        void addsNothingWhileALeafMayBeOneOfOurs() {
            var lane = freshLane();
            var row = accepted(lane, "a");
            lanes.submitting(List.of(row.id()), 0, NOON);
            assertThat(lanes.observed(lane, EVM, new Observed(leaf(0), Bytes.utf8("a"), 5), HEAD, NOON))
                    .isFalse();
        }

        @Test
        void givesWayToTheRequestThatMadeTheLeaf() {
            var lane = freshLane();
            var row = accepted(lane, "a");
            assertThat(lanes.observed(lane, EVM, new Observed(leaf(0), Bytes.utf8("a"), 5), HEAD, NOON))
                    .isTrue();
            lanes.placed(row.id(), EVM, leaf(0), HEAD, NOON);
            assertThat(store.page(new Filter(lane, null), Long.MAX_VALUE, 10)).containsExactly(again(row));
        }
    }

    /// Blocks that hold packets and are not final yet.
    @Nested
    class AwaitsFinality {
        private static final long BEFORE = 30;

        private LogEntry moved(long index) {
            return new LogEntry(index, Bytes.of(1), 50 + index, 7, tx(99));
        }

        private StoredAttestation included(LaneId lane, String text, long index) {
            var row = accepted(lane, text);
            lanes.submitting(List.of(row.id()), index, NOON);
            lanes.placed(row.id(), EVM, leaf(index), BEFORE, NOON);
            return row;
        }

        private Observed same(StoredAttestation row, LogEntry entry) {
            return new Observed(entry, row.octets(), row.timeoutMs());
        }

        @Test
        void isIncludedAndNoMore() {
            var lane = freshLane();
            var row = included(lane, "a", 0);
            assertThat(again(row).state()).isEqualTo(State.INCLUDED);
            assertThat(again(row).stages()).extracting(Stage::state).doesNotContain(State.FINAL);
            lanes.observed(lane, EVM, new Observed(leaf(1), Bytes.of(9), 5), BEFORE, NOON);
            assertThat(unconfirmed.range(lane)).contains(new Unconfirmed.Range(0, 2, 40));
            assertThat(unconfirmed.range(freshLane())).isEqualTo(Optional.empty());
        }

        @Test
        void isFinalInTheBlockThatIsFinal() {
            var lane = freshLane();
            var row = included(lane, "a", 0);
            var later = NOON.plusSeconds(20);
            unconfirmed.confirm(lane, EVM, same(row, moved(0)), later);
            var place = new Stage.Place(EVM, 50, tx(99), 7);
            assertThat(again(row).state()).isEqualTo(State.FINAL);
            assertThat(again(row).stage(State.INCLUDED)).isEqualTo(new Stage(State.INCLUDED, NOON, place));
            assertThat(again(row).stage(State.FINAL)).isEqualTo(new Stage(State.FINAL, later, place));
            assertThat(unconfirmed.range(lane)).isEqualTo(Optional.empty());
        }

        @Test
        void isLookedForAgainWhereAnotherTookItsPlace() {
            var lane = freshLane();
            included(lane, "first", 0);
            var row = included(lane, "second", 1);
            var later = NOON.plusSeconds(20);
            unconfirmed.confirm(lane, EVM, new Observed(moved(1), Bytes.utf8("first"), row.timeoutMs()), later);
            assertThat(again(row).state()).isEqualTo(State.SUBMITTED);
            assertThat(again(row).index()).isNull();
            assertThat(again(row).stages()).extracting(Stage::state).containsExactly(State.ACCEPTED, State.SUBMITTED);
            assertThat(lanes.unsettled(lane))
                    .extracting(StoredAttestation::logBase, StoredAttestation::submittedAt)
                    .as("anywhere that is not final, and not taken for lost at once")
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(0L, later));
        }

        @Test
        void isLookedForAgainWhereTheLogEndsBefore() {
            var lane = freshLane();
            var row = included(lane, "a", 3);
            unconfirmed.gone(lane, 4, NOON);
            assertThat(again(row).state()).isEqualTo(State.INCLUDED);
            unconfirmed.gone(lane, 3, NOON);
            assertThat(again(row).state()).isEqualTo(State.SUBMITTED);
        }

        @Test
        void isReadAgainWhereItWasOfOthers() {
            var lane = freshLane();
            lanes.observed(lane, EVM, new Observed(leaf(0), Bytes.of(9), 5), BEFORE, NOON);
            unconfirmed.confirm(lane, EVM, new Observed(moved(0), Bytes.of(8), 5), NOON);
            assertThat(lanes.firstUnknown(lane)).isZero();
            assertThat(store.page(new Filter(lane, null), Long.MAX_VALUE, 10)).isEmpty();
        }
    }

    @Nested
    class Server {
        @Test
        void keepsItsPromisesThroughAPowerCut() throws SQLException {
            assertThat(setting("fsync")).isEqualTo("on");
            assertThat(setting("synchronous_commit")).isEqualTo("on");
        }

        private @Nullable String setting(String name) throws SQLException {
            try (var connection = database.source().getConnection()) {
                return Sql.query(connection, "show " + name, row -> row.getString(1))
                        .getFirst();
            }
        }

        @Test
        void findsItsRowsAgainInItsDirectory(@TempDir Path directory) {
            var given = attestation(freshLane(), "kept");
            try (var first = Database.embedded(directory)) {
                new AttestationStore(first).accept(given, null);
            }
            try (var second = Database.embedded(directory)) {
                assertThat(new AttestationStore(second).find(given.id())).isPresent();
            }
        }

        @Test
        void endsTheServerOfAGatewayThatWasKilled(@TempDir Path directory) throws Exception {
            var id = UUID.randomUUID();
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var killed = new ProcessBuilder(
                            java,
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledGateway.class.getName(),
                            directory.toString(),
                            id.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(killed.waitFor()).isEqualTo(137);
            long pid = Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
            assertThat(ProcessHandle.of(pid)).isPresent();
            try (var second = Database.embedded(directory)) {
                assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
                assertThat(new AttestationStore(second).find(id)).isPresent();
            }
        }

        @Test
        void saysWhenItCannotBeReached() {
            var gone = Database.temporary();
            gone.close();
            assertThat(gone.trouble()).contains("the database gives no connection");
        }
    }
}
