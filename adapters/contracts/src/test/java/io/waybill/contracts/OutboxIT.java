package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Acknowledgement;
import io.waybill.core.port.Chain;
import io.waybill.core.port.Delivery;
import io.waybill.core.port.LogEntry;
import io.waybill.testkit.Samples;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The Outbox on a real EVM that checkpoints in blocks of their own, with a real client of a QBFT chain beneath it.
class OutboxIT {
    private static final long TIMEOUT = LaneFixture.NOW_MS + 3_600_000;

    private static LaneFixture fixture;
    private static TestEvm evm;
    private String before = "";

    @BeforeAll
    static void start() {
        fixture = new LaneFixture(LogRole.PACKETS, false);
        evm = fixture.evm;
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void remember() {
        before = evm.snapshot();
    }

    @AfterEach
    void forget() {
        evm.revert(before);
    }

    private static Bytes attestation(long number) {
        return Samples.attestation(number).encode();
    }

    private static void send(int from, int to) {
        var sends = LongStream.range(from, to)
                .mapToObj(i -> new Chain.Send(attestation(i), TIMEOUT))
                .toList();
        evm.transact(fixture.contract, LaneCalls.sendBatch(fixture.lane, sends));
    }

    private static Bytes packet(long index) {
        return new Packet(fixture.lane, index, evm.account(), TIMEOUT, attestation(index)).encode();
    }

    private static String refusal(Bytes calldata) {
        return evm.refusal(fixture.contract, calldata).name();
    }

    @Nested
    class Send {
        @Test
        void appendsToALogWithTheRootThatJavaComputes() {
            var random = new Random(20261124);
            var log = new LaneLog();
            for (int size = 0; size < 30; ) {
                int next = Math.min(30, size + 1 + random.nextInt(7));
                send(size, next);
                for (; size < next; size++) log.append(packet(size));
                assertThat(fixture.root()).isEqualTo(log.root());
                assertThat(fixture.state().size()).isEqualTo(size);
            }
            assertThat(fixture.reader().entries(0, 30))
                    .extracting(LogEntry::leaf)
                    .isEqualTo(
                            LongStream.range(0, 30).mapToObj(OutboxIT::packet).toList());
        }

        @Test
        void refusesAStranger() {
            var stranger = Bytes.hex("0x" + "33".repeat(20));
            var flag =
                    evm.call(fixture.contract, LaneCalls.maySend(fixture.lane, new io.waybill.core.Address(stranger)));
            assertThat(LaneCalls.decodeFlag(flag)).isFalse();
            assertThat(evm.refusalOf(
                                    new io.waybill.core.Address(stranger),
                                    fixture.contract,
                                    LaneCalls.send(fixture.lane, attestation(0), TIMEOUT))
                            .name())
                    .isEqualTo("SenderNotAllowed");
        }

        @Test
        void takesAPacketOfTheLargestSizeAndNoLarger() {
            var largest = Bytes.of(new byte[1002 - Packet.HEADER]);
            evm.transact(fixture.contract, LaneCalls.send(fixture.lane, largest, TIMEOUT));
            var larger = Bytes.of(new byte[1003 - Packet.HEADER]);
            assertThat(evm.refusal(fixture.contract, LaneCalls.send(fixture.lane, larger, TIMEOUT)))
                    .isEqualTo(new ContractErrors("PacketTooLarge", List.of("size=1003", "limit=1002")));
        }

        @Test
        void takesAsManyAsTheWindowAndNoMore() {
            send(0, 30);
            assertThat(evm.refusal(fixture.contract, LaneCalls.send(fixture.lane, attestation(30), TIMEOUT)))
                    .isEqualTo(new ContractErrors("WindowFull", List.of("outstanding=30", "window=30")));
        }

        @Test
        void takesTimeoutsAheadOfNowAndWithinTheTermsOnly() {
            long last = LaneFixture.NOW_MS + 86_400_000;
            for (long outside : List.of(0L, LaneFixture.NOW_MS, last + 1)) {
                assertThat(refusal(LaneCalls.send(fixture.lane, attestation(0), outside)))
                        .isEqualTo("TimeoutOutOfRange");
            }
            evm.transact(fixture.contract, LaneCalls.send(fixture.lane, attestation(0), LaneFixture.NOW_MS + 1));
            evm.transact(fixture.contract, LaneCalls.send(fixture.lane, attestation(0), last));
        }

        @Test
        void refusesABatchOfNone() {
            assertThat(refusal(LaneCalls.sendBatch(fixture.lane, List.of()))).isEqualTo("EmptyRange");
        }
    }

    @Nested
    class Checkpoint {
        @Test
        void isRefusedWhileTheLogIsEmpty() {
            assertThat(refusal(LaneCalls.checkpoint(fixture.lane))).isEqualTo("EmptyLog");
        }

        @Test
        void isRefusedInTheBlockOfTheChangeAndTakenInTheNext() {
            var inOne = evm.transactTogether(
                    fixture.contract,
                    List.of(LaneCalls.send(fixture.lane, attestation(0), TIMEOUT), LaneCalls.checkpoint(fixture.lane)));
            assertThat(inOne).containsExactly(true, false);
            evm.transact(fixture.contract, LaneCalls.checkpoint(fixture.lane));
            var sighting = fixture.reader().checkpoint().orElseThrow();
            assertThat(sighting.checkpoint())
                    .isEqualTo(LaneLog.of(List.of(packet(0))).checkpoint(fixture.lane, 1));
        }

        @Test
        void isPublishedByACarrierThatEmitsNothingElse() {
            send(0, 3);
            var receipt = evm.create(Carrier.initCode(fixture.contract, fixture.lane));
            var logs = receipt.at("logs").list(LaneFixture::log);
            assertThat(logs).hasSize(1);
            assertThat(logs.getFirst().address()).isEqualTo(fixture.contract);
            assertThat(logs.getFirst().topics()).containsExactly(LogRole.PACKETS.topic(), fixture.lane.value());
            assertThat(evm.code(receipt.at("contractAddress").address())).isEqualTo(Bytes.of(0));
        }
    }

    @Nested
    class Acknowledge {
        private Delivery proof(int first, int end, int size) {
            var statuses = LongStream.range(0, size)
                    .mapToObj(i -> new PacketStatus(fixture.lane, i, LaneLog.leaf(packet(i)), FinalStatus.DELIVERED, 1)
                            .encode())
                    .toList();
            return fixture.source.delivery(
                    LaneFixture.COUNTERPARTY, LogRole.STATUSES, fixture.lane, statuses, size + 1L, first, end);
        }

        private void acknowledge(Delivery delivery) {
            evm.transact(fixture.contract, LaneCalls.submit(LogRole.STATUSES, delivery));
        }

        private String refused(Delivery delivery) {
            return refusal(LaneCalls.submit(LogRole.STATUSES, delivery));
        }

        @Test
        void movesForwardOnlyAndOverlapsFreely() {
            send(0, 5);
            acknowledge(proof(0, 2, 2));
            acknowledge(proof(1, 5, 5));
            acknowledge(proof(0, 2, 2));
            assertThat(fixture.state().acknowledged()).isEqualTo(5);
            assertThat(fixture.reader().acknowledgements(0))
                    .extracting(Acknowledgement::from, Acknowledgement::to)
                    .containsExactly(
                            org.assertj.core.api.Assertions.tuple(0L, 2L),
                            org.assertj.core.api.Assertions.tuple(2L, 5L));
        }

        @Test
        void opensTheWindowAgain() {
            send(0, 30);
            acknowledge(proof(0, 4, 4));
            send(30, 34);
            assertThat(fixture.state().size()).isEqualTo(34);
        }

        @Test
        void refusesAGapAndWhatWasNeverSent() {
            send(0, 2);
            assertThat(refused(proof(1, 2, 2))).isEqualTo("GapInLog");
            assertThat(refused(proof(0, 3, 3))).isEqualTo("RangeOutOfBounds");
        }

        @Test
        void refusesStatusesOfAnotherPlace() {
            send(0, 2);
            var other = new PacketStatus(fixture.lane, 1, LaneLog.leaf(packet(1)), FinalStatus.DELIVERED, 1).encode();
            var delivery = fixture.source.delivery(
                    LaneFixture.COUNTERPARTY, LogRole.STATUSES, fixture.lane, List.of(other), 2, 0, 1);
            assertThat(refused(delivery)).isEqualTo("StatusMisplaced");
            var malformed = fixture.source.delivery(
                    LaneFixture.COUNTERPARTY, LogRole.STATUSES, fixture.lane, List.of(Bytes.utf8("x")), 2, 0, 1);
            assertThat(refused(malformed)).isEqualTo("MalformedStatus");
        }
    }
}
