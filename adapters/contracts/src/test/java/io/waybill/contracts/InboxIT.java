package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Delivery;
import io.waybill.core.port.LogEntry;
import io.waybill.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The Inbox on a real EVM, with a real client of a QBFT chain beneath it.
class InboxIT {
    private static LaneFixture fixture;
    private static TestEvm evm;
    private String before = "";

    @BeforeAll
    static void start() {
        fixture = new LaneFixture(LogRole.STATUSES, true);
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

    private static List<Bytes> packets(int count) {
        return IntStream.range(0, count).mapToObj(fixture::packet).toList();
    }

    private static Delivery of(List<Bytes> packets, long height, int first, int end) {
        return fixture.source.delivery(
                LaneFixture.COUNTERPARTY, LogRole.PACKETS, fixture.lane, packets, height, first, end);
    }

    private static Bytes calldata(Delivery delivery) {
        return LaneCalls.submit(LogRole.PACKETS, delivery);
    }

    private static void deliver(Delivery delivery) {
        evm.transact(fixture.contract, calldata(delivery));
    }

    private static ContractErrors refusal(Delivery delivery) {
        return evm.refusal(fixture.contract, calldata(delivery));
    }

    @Nested
    class OpenLane {
        @Test
        void opensOnceOnly() {
            assertThat(evm.refusal(fixture.contract, fixture.open(fixture.terms)))
                    .isEqualTo(new ContractErrors("LaneAlreadyOpen", List.of("lane=" + fixture.lane)));
        }

        @Test
        void refusesAPolicyItCannotJudge() {
            var policy = Digests.sha256(Bytes.utf8("another"));
            assertThat(evm.refusal(fixture.contract, fixture.open(fixture.terms(policy))))
                    .isEqualTo(new ContractErrors("UnknownPolicy", List.of("policyHash=" + policy)));
        }

        @Test
        void knowsNoOtherLane() {
            var other = new LaneId(Bytes32.hex("0x" + "11".repeat(32)));
            assertThat(evm.refusal(fixture.contract, LaneCalls.log(other)).name())
                    .isEqualTo("LaneNotOpen");
            assertThat(evm.refusal(fixture.contract, LaneCalls.checkpoint(other))
                            .name())
                    .isEqualTo("LaneNotOpen");
        }
    }

    @Nested
    class Deliver {
        @Test
        void givesEachPacketItsStatusInOrderAndKeepsThemAsALog() {
            deliver(of(packets(25), 2, 0, 25));
            var statuses = fixture.statuses(0, 25);
            assertThat(statuses)
                    .isEqualTo(LongStream.range(0, 25)
                            .mapToObj(i -> new PacketStatus(
                                    fixture.lane,
                                    i,
                                    LaneLog.leaf(fixture.packet(i)),
                                    FinalStatus.DELIVERED,
                                    LaneFixture.NOW_MS))
                            .toList());
            var log = LaneLog.of(statuses.stream().map(PacketStatus::encode).toList());
            assertThat(fixture.root()).isEqualTo(log.root());
            assertThat(fixture.reader().checkpoint().orElseThrow().checkpoint())
                    .isEqualTo(log.checkpoint(fixture.lane, 25));
        }

        @Test
        void cutsWhatHasAStatusAlready() {
            var packets = packets(5);
            deliver(of(packets, 2, 0, 3));
            deliver(of(packets, 2, 1, 5));
            assertThat(fixture.state().size()).isEqualTo(5);
            assertThat(fixture.statuses(0, 5)).extracting(PacketStatus::index).containsExactly(0L, 1L, 2L, 3L, 4L);
        }

        @Test
        void changesNothingWhenAllIsDone() {
            deliver(of(packets(3), 2, 0, 3));
            var root = fixture.root();
            deliver(of(packets(3), 2, 0, 3));
            deliver(of(packets(3), 2, 1, 2));
            assertThat(fixture.root()).isEqualTo(root);
            assertThat(fixture.state().size()).isEqualTo(3);
        }

        @Test
        void refusesAGap() {
            assertThat(refusal(of(packets(3), 2, 1, 3)))
                    .isEqualTo(new ContractErrors("GapInLog", List.of("expected=0", "first=1")));
        }

        @Test
        void refusesWhatTheLogDoesNotHold() {
            var good = of(packets(3), 2, 0, 3);
            var other = new ArrayList<>(good.leaves());
            other.set(1, fixture.packet(7));
            assertThat(refusal(with(good, other, good.rangeProof())).name()).isEqualTo("RangeRootMismatch");
            assertThat(refusal(with(good, List.of(), good.rangeProof())).name()).isEqualTo("EmptyRange");
            assertThat(refusal(with(good, good.leaves(), List.of(Bytes32.ZERO))).name())
                    .isEqualTo("RangeProofLength");
            assertThat(refusal(with(good, packets(4), good.rangeProof())))
                    .isEqualTo(new ContractErrors("RangeOutOfBounds", List.of("first=0", "end=4", "size=3")));
        }

        @Test
        void refusesTheEventOfAnotherContractAndOfTheOtherRole() {
            var stranger = Address.hex("0x" + "22".repeat(20));
            assertThat(refusal(fixture.source.delivery(stranger, LogRole.PACKETS, fixture.lane, packets(1), 2, 0, 1))
                            .name())
                    .isEqualTo("WrongEmitter");
            assertThat(refusal(fixture.source.delivery(
                                    LaneFixture.COUNTERPARTY, LogRole.STATUSES, fixture.lane, packets(1), 2, 0, 1))
                            .name())
                    .isEqualTo("WrongTopic");
        }

        @Test
        void stopsAtNoPoisonedPacket() {
            var good = fixture.packet(1);
            var packets = List.of(
                    Bytes.utf8("not a packet"),
                    good,
                    fixture.packet(7),
                    Bytes.concat(fixture.packet(3), Bytes.of(0)),
                    new Packet(
                                    fixture.lane,
                                    4,
                                    LaneFixture.COUNTERPARTY,
                                    1,
                                    Samples.attestation(4).encode())
                            .encode(),
                    new Packet(fixture.lane, 5, LaneFixture.COUNTERPARTY, LaneFixture.NOW_MS + 1, Bytes.utf8("x"))
                            .encode(),
                    Bytes.EMPTY,
                    Bytes.of(new byte[2000]),
                    fixture.packet(8));
            deliver(of(packets, 2, 0, packets.size()));
            assertThat(fixture.statuses(0, 9))
                    .extracting(PacketStatus::status)
                    .containsExactly(
                            FinalStatus.REFUSED,
                            FinalStatus.DELIVERED,
                            FinalStatus.REFUSED,
                            FinalStatus.REFUSED,
                            FinalStatus.EXPIRED,
                            FinalStatus.REFUSED,
                            FinalStatus.REFUSED,
                            FinalStatus.REFUSED,
                            FinalStatus.DELIVERED);
        }

        @Test
        void givesTheSameStatusesAtAnyGasLimitThatSuffices() {
            var delivery = calldata(of(packets(3), 2, 0, 3));
            long used = evm.transact(fixture.contract, delivery).at("gasUsed").quantity();
            var root = fixture.root();
            for (long more : List.of(used / 10, used, 20 * used)) {
                forget();
                remember();
                evm.transact(fixture.contract, delivery, used + more);
                assertThat(fixture.root()).isEqualTo(root);
            }
            forget();
            remember();
            assertThat(evm.fails(fixture.contract, delivery, used * 8 / 10)).isTrue();
            assertThat(fixture.state().size()).isZero();
        }
    }

    @Nested
    class Misbehaviour {
        @Test
        void ofTheSourceFreezesTheClientAndPersists() {
            deliver(of(packets(1), 2, 0, 1));
            var conflicting = of(packets(2), 2, 0, 2);
            deliver(conflicting);
            assertThat(ClientCalls.decodeStatus(evm.call(fixture.client, ClientCalls.status())))
                    .isEqualTo(ClientStatus.FROZEN);
            assertThat(fixture.state().size()).isEqualTo(1);
            assertThat(refusal(of(packets(2), 3, 0, 2)))
                    .isEqualTo(new ContractErrors("ClientNotActive", List.of("status=3")));
        }

        @Test
        void ofTheOutboxFreezesTheLaneAndPersists() {
            deliver(of(packets(2), 2, 0, 2));
            var forked = List.of(fixture.packet(0), fixture.packet(9));
            deliver(of(forked, 3, 0, 2));
            assertThat(LaneCalls.decodeFlag(evm.call(fixture.contract, LaneCalls.frozen(fixture.lane))))
                    .isTrue();
            assertThat(fixture.state().size()).isEqualTo(2);
            assertThat(refusal(of(packets(3), 4, 0, 3)))
                    .isEqualTo(new ContractErrors("LaneFrozen", List.of("lane=" + fixture.lane)));
        }
    }

    @Nested
    class Entries {
        @Test
        void areFoundByWalkingBackOverTheBlocksThatMatter() {
            var packets = packets(6);
            deliver(of(packets, 2, 0, 2));
            evm.time(LaneFixture.BEGAN);
            deliver(of(packets, 2, 2, 3));
            evm.time(LaneFixture.BEGAN);
            deliver(of(packets, 2, 3, 6));
            assertThat(fixture.reader().entries(1, 5))
                    .extracting(LogEntry::index)
                    .containsExactly(1L, 2L, 3L, 4L);
        }
    }

    private static Delivery with(Delivery delivery, List<Bytes> leaves, List<Bytes32> rangeProof) {
        return new Delivery(
                delivery.lane(),
                delivery.update(),
                delivery.height(),
                delivery.eventProof(),
                delivery.checkpoint(),
                delivery.first(),
                leaves,
                rangeProof);
    }
}
