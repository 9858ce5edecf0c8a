package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.contracts.TestReceiver.Manner;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.LogEntry;
import io.waybill.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What contracts learn of delivered packets: by asking with a proof, and by being told.
class ReceiversIT {
    private static final int SIZE = 13;
    private static final int REFUSED = 3;
    private static final int EXPIRED = 7;
    private static final long GAS = 2_000_000;

    private static LaneFixture fixture;
    private static TestEvm evm;
    private static List<Bytes> packets;
    private static LaneLog log;
    private static List<Bytes> statuses;
    private static TestReceiver receiver;
    private String before = "";

    @BeforeAll
    static void start() {
        fixture = new LaneFixture(LogRole.STATUSES, true);
        evm = fixture.evm;
        packets = IntStream.range(0, SIZE).mapToObj(ReceiversIT::packet).toList();
        deliver(packets, 2, 0);
        statuses =
                fixture.reader().entries(0, SIZE).stream().map(LogEntry::leaf).toList();
        log = LaneLog.of(statuses);
        receiver = TestReceiver.deploy(evm);
        register(GAS);
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

    private static Bytes packet(int index) {
        return switch (index) {
            case REFUSED -> Bytes.utf8("not a packet");
            case EXPIRED -> packet(index, LaneFixture.NOW_MS);
            default -> fixture.packet(index);
        };
    }

    private static Bytes packet(long index, long timeoutMs) {
        return new Packet(
                        fixture.lane,
                        index,
                        LaneFixture.COUNTERPARTY,
                        timeoutMs,
                        Samples.attestation(index).encode())
                .encode();
    }

    private static void deliver(List<Bytes> leaves, long height, int first) {
        evm.transact(
                fixture.contract,
                LaneCalls.submit(
                        LogRole.PACKETS,
                        fixture.source.delivery(
                                LaneFixture.COUNTERPARTY,
                                LogRole.PACKETS,
                                fixture.lane,
                                leaves,
                                height,
                                first,
                                leaves.size())));
    }

    private static void register(long gas) {
        evm.transact(receiver.address(), TestReceiver.act(fixture.contract, ReceiverCalls.register(fixture.lane, gas)));
    }

    private static DeliveryProof proof(int index) {
        return DeliveryProof.of(log, index, packets.get(index), statuses.get(index));
    }

    private static boolean isDelivered(DeliveryProof proof) {
        return LaneCalls.decodeFlag(evm.call(fixture.contract, ReceiverCalls.isDelivered(fixture.lane, proof)));
    }

    private static ContractErrors refusal(Bytes calldata) {
        return evm.refusal(fixture.contract, calldata);
    }

    private static String refused(DeliveryProof proof) {
        return refusal(ReceiverCalls.isDelivered(fixture.lane, proof)).name();
    }

    private static Bytes tell(int index) {
        return ReceiverCalls.tell(fixture.lane, receiver.address(), proof(index));
    }

    private static boolean notified(int index) {
        return LaneCalls.decodeFlag(
                evm.call(fixture.contract, ReceiverCalls.notified(fixture.lane, receiver.address(), index)));
    }

    @Nested
    class IsDelivered {
        @Test
        void saysOfEachPacketWhetherItsStatusIsDelivered() {
            for (int i = 0; i < SIZE; i++) {
                assertThat(isDelivered(proof(i))).as("packet %d", i).isEqualTo(i != REFUSED && i != EXPIRED);
            }
        }

        @Test
        void staysGoodWhileTheLogGrowsUntilThePeakIsJoined() {
            var old = proof(0);
            var young = proof(SIZE - 1);
            var more = new ArrayList<>(packets);
            for (int i = SIZE; i < SIZE + 2; i++) more.add(fixture.packet(i));
            deliver(more, 3, SIZE);
            assertThat(isDelivered(old)).isTrue();
            assertThat(refused(young)).isEqualTo("RangeProofLength");
            var grown = fixture.reader().entries(0, SIZE + 2).stream()
                    .map(LogEntry::leaf)
                    .toList();
            assertThat(isDelivered(
                            DeliveryProof.of(LaneLog.of(grown), SIZE - 1, packets.get(SIZE - 1), grown.get(SIZE - 1))))
                    .isTrue();
        }

        @Test
        void refusesAStatusThatTheLogDoesNotHold() {
            var given = PacketStatus.decode(statuses.get(EXPIRED)).orElseThrow();
            var forged = new PacketStatus(
                            given.lane(), given.index(), given.packetLeaf(), FinalStatus.DELIVERED, given.timeMs())
                    .encode();
            assertThat(refused(new DeliveryProof(
                            packets.get(EXPIRED), forged, proof(EXPIRED).path())))
                    .isEqualTo("RangeRootMismatch");
            var later = new PacketStatus(
                            fixture.lane,
                            0,
                            LaneLog.leaf(packets.getFirst()),
                            FinalStatus.DELIVERED,
                            given.timeMs() + 1)
                    .encode();
            assertThat(refused(new DeliveryProof(packets.getFirst(), later, proof(0).path())))
                    .isEqualTo("RangeRootMismatch");
        }

        @Test
        void refusesAnotherPacketUnderATrueStatus() {
            assertThat(refused(new DeliveryProof(packets.get(1), statuses.getFirst(), proof(0).path())))
                    .isEqualTo("StatusOfAnotherPacket");
            assertThat(refused(new DeliveryProof(
                            Bytes.concat(packets.getFirst(), Bytes.of(0)), statuses.getFirst(), proof(0).path())))
                    .isEqualTo("StatusOfAnotherPacket");
        }

        @Test
        void refusesAPathOfAnotherLengthOrOfZerosOrOfAnotherLeaf() {
            var good = proof(2);
            var longer = new ArrayList<>(good.path());
            longer.add(Bytes32.ZERO);
            var zeros = good.path().stream().map(_ -> Bytes32.ZERO).toList();
            assertThat(with(good, longer)).isEqualTo("RangeProofLength");
            assertThat(with(good, good.path().subList(0, good.path().size() - 1)))
                    .isEqualTo("RangeProofLength");
            assertThat(with(good, List.of())).isEqualTo("RangeProofLength");
            assertThat(with(good, zeros)).isEqualTo("RangeRootMismatch");
            assertThat(with(good, proof(1).path())).isEqualTo("RangeRootMismatch");
        }

        private String with(DeliveryProof proof, List<Bytes32> path) {
            return refused(new DeliveryProof(proof.packet(), proof.status(), path));
        }

        @Test
        void refusesAnIndexAtOrBeyondTheSize() {
            for (long index : new long[] {SIZE, SIZE + 1, Long.MAX_VALUE}) {
                var packet = packet(index, LaneFixture.NOW_MS + 1);
                var status = new PacketStatus(fixture.lane, index, LaneLog.leaf(packet), FinalStatus.DELIVERED, 1);
                assertThat(refused(new DeliveryProof(
                                packet, status.encode(), proof(SIZE - 1).path())))
                        .isEqualTo("RangeOutOfBounds");
            }
        }

        @Test
        void refusesOtherOctetsThanAStatusOfTheLane() {
            var good = proof(0);
            var cut = good.status().slice(0, PacketStatus.SIZE - 1);
            for (var status : List.of(Bytes.EMPTY, cut, Bytes.concat(good.status(), Bytes.of(0)))) {
                assertThat(refused(new DeliveryProof(good.packet(), status, good.path())))
                        .isEqualTo("MalformedStatus");
            }
            var other = new PacketStatus(
                            new LaneId(Bytes32.ZERO), 0, LaneLog.leaf(good.packet()), FinalStatus.DELIVERED, 1)
                    .encode();
            assertThat(refused(new DeliveryProof(good.packet(), other, good.path())))
                    .isEqualTo("StatusMisplaced");
        }

        @Test
        void knowsNothingOfALaneThatIsNotOpenOrThatIsEmpty() {
            var unknown = new LaneId(Bytes32.hex("0x" + "77".repeat(32)));
            assertThat(refusal(ReceiverCalls.isDelivered(unknown, proof(0))).name())
                    .isEqualTo("LaneNotOpen");
            try (var empty = new LaneFixture(LogRole.STATUSES, true)) {
                var status = new PacketStatus(
                        empty.lane, 0, LaneLog.leaf(empty.packet(0)), FinalStatus.DELIVERED, LaneFixture.NOW_MS);
                var proof = new DeliveryProof(empty.packet(0), status.encode(), List.of());
                assertThat(empty.evm
                                .refusal(empty.contract, ReceiverCalls.isDelivered(empty.lane, proof))
                                .name())
                        .isEqualTo("RangeOutOfBounds");
            }
        }
    }

    @Nested
    class Notify {
        @Test
        void givesAReceiverWhatThePacketHoldsAndKeepsThatItTookIt() {
            evm.transact(fixture.contract, tell(1));
            assertThat(receiver.receiveId()).isEqualTo(LaneLog.leaf(packets.get(1)));
            assertThat(receiver.sender())
                    .isEqualTo(Bytes.concat(fixture.lane.value().value(), LaneFixture.COUNTERPARTY.value()));
            assertThat(receiver.payload()).isEqualTo(Samples.attestation(1).encode());
            assertThat(notified(1)).isTrue();
            assertThat(notified(2)).isFalse();
        }

        @Test
        void tellsAReceiverOfAPacketOnce() {
            evm.transact(fixture.contract, tell(1));
            var again = evm.transact(fixture.contract, tell(1));
            assertThat(again.at("logs").list(LaneFixture::log)).isEmpty();
            assertThat(receiver.count()).isEqualTo(1);
            evm.transact(fixture.contract, tell(2));
            assertThat(receiver.count()).isEqualTo(2);
        }

        @Test
        void keepsNothingWhenAReceiverFailsAndSucceedsWhenItNoLongerDoes() {
            for (var manner : List.of(
                    Manner.ANSWER_OTHERWISE,
                    Manner.ANSWER_NOTHING,
                    Manner.REFUSE,
                    Manner.REFUSE_AT_LENGTH,
                    Manner.BURN_GAS)) {
                receiver.behave(manner);
                assertThat(refusal(tell(1)))
                        .as("%s", manner)
                        .isEqualTo(new ContractErrors("ReceiverFailed", List.of("receiver=" + receiver.address())));
                assertThat(evm.fails(fixture.contract, tell(1), 5_000_000)).isTrue();
                assertThat(notified(1)).isFalse();
            }
            receiver.behave(Manner.ACCEPT);
            evm.transact(fixture.contract, tell(1));
            assertThat(notified(1)).isTrue();
        }

        @Test
        void takesNoMoreGasThanTheReceiverAskedForAndReadsNoMoreThanAWord() {
            receiver.behave(Manner.BURN_GAS);
            long burnt = evm.failed(fixture.contract, tell(1), 5_000_000)
                    .at("gasUsed")
                    .quantity();
            assertThat(burnt).isBetween(GAS, GAS + 150_000);
            receiver.behave(Manner.ACCEPT);
            long plain = evm.transact(fixture.contract, tell(1)).at("gasUsed").quantity();
            register(20_000_000);
            receiver.behave(Manner.ANSWER_AT_LENGTH);
            var call = tell(2);
            // A megabyte of memory costs the receiver 2.2 million; copying it would cost this contract as much again.
            assertThat(evm.transact(fixture.contract, call, 25_000_000)
                            .at("gasUsed")
                            .quantity())
                    .isLessThan(plain + 2_400_000);
            assertThat(notified(2)).isTrue();
        }

        @Test
        void givesTheReceiverAllTheGasItAskedForOrFails() {
            long used = evm.transact(fixture.contract, tell(1)).at("gasUsed").quantity();
            assertThat(used).isLessThan(GAS);
            assertThat(evm.fails(fixture.contract, tell(2), GAS)).isTrue();
            assertThat(evm.refusal(fixture.contract, tell(2), GAS + 80_000).name())
                    .isEqualTo("NotEnoughGas");
            evm.transact(fixture.contract, tell(2), GAS + 150_000);
            assertThat(notified(2)).isTrue();
        }

        @Test
        void isNotEnteredAgainByAReceiver() {
            var more = new ArrayList<>(packets);
            more.add(fixture.packet(SIZE));
            var delivery = fixture.source.delivery(
                    LaneFixture.COUNTERPARTY, LogRole.PACKETS, fixture.lane, more, 3, SIZE, SIZE + 1);
            for (var call : List.of(tell(1), tell(2), LaneCalls.submit(LogRole.PACKETS, delivery))) {
                var inner = evm.snapshot();
                receiver.callBack(fixture.contract, call);
                evm.transact(fixture.contract, tell(1));
                assertThat(receiver.back().name()).isEqualTo("ReentrancyGuardReentrantCall");
                assertThat(receiver.count()).isEqualTo(1);
                assertThat(fixture.state().size()).isEqualTo(SIZE);
                evm.revert(inner);
            }
        }

        @Test
        void tellsNobodyOfAPacketThatExpiredOrWasRefused() {
            assertThat(refusal(tell(EXPIRED)))
                    .isEqualTo(new ContractErrors("NotDelivered", List.of("index=" + EXPIRED, "status=2")));
            assertThat(refusal(tell(REFUSED)))
                    .isEqualTo(new ContractErrors("NotDelivered", List.of("index=" + REFUSED, "status=3")));
        }

        @Test
        void waitsWhileTheLaneIsPaused() {
            evm.transactAs(fixture.roles.pauser(), fixture.contract, LaneCalls.pause(fixture.lane));
            assertThat(refusal(tell(1)).name()).isEqualTo("LanePaused");
            assertThat(isDelivered(proof(1))).isTrue();
            evm.transactAs(fixture.roles.admin(), fixture.contract, LaneCalls.unpause(fixture.lane));
            evm.transact(fixture.contract, tell(1));
        }
    }

    @Nested
    class Registration {
        @Test
        void isByTheReceiverItselfAndEndsByItself() {
            evm.transact(
                    receiver.address(), TestReceiver.act(fixture.contract, ReceiverCalls.unregister(fixture.lane)));
            assertThat(ReceiverCalls.decodeGas(
                            evm.call(fixture.contract, ReceiverCalls.receiverGas(fixture.lane, receiver.address()))))
                    .isZero();
            assertThat(refusal(tell(1)).name()).isEqualTo("ReceiverNotRegistered");
            assertThat(refusal(ReceiverCalls.unregister(fixture.lane)).name()).isEqualTo("ReceiverNotRegistered");
        }

        @Test
        void isRefusedToAccountsWithoutCodeAndWithoutGas() {
            assertThat(refusal(ReceiverCalls.register(fixture.lane, GAS)).name())
                    .isEqualTo("NoContractAt");
            assertThat(evm.refusal(
                                    receiver.address(),
                                    TestReceiver.act(fixture.contract, ReceiverCalls.register(fixture.lane, 0)))
                            .name())
                    .isEqualTo("ZeroTerm");
        }

        @Test
        void isRefusedToTheInboxItselfAndToTheClient() {
            for (var own : List.of(fixture.contract, fixture.client)) {
                assertThat(evm.refusalOf(own, fixture.contract, ReceiverCalls.register(fixture.lane, GAS))
                                .name())
                        .isEqualTo("ReceiverNotAllowed");
            }
        }

        @Test
        void isNeededToBeTold() {
            for (var stranger : List.of(
                    Address.ZERO,
                    evm.account(),
                    fixture.contract,
                    fixture.client,
                    TestReceiver.deploy(evm).address())) {
                assertThat(refusal(ReceiverCalls.tell(fixture.lane, stranger, proof(1)))
                                .name())
                        .isEqualTo("ReceiverNotRegistered");
            }
        }

        @Test
        void isForOneLane() {
            var unknown = new LaneId(Bytes32.hex("0x" + "77".repeat(32)));
            assertThat(evm.refusal(
                                    receiver.address(),
                                    TestReceiver.act(fixture.contract, ReceiverCalls.register(unknown, GAS)))
                            .name())
                    .isEqualTo("LaneNotOpen");
        }
    }
}
