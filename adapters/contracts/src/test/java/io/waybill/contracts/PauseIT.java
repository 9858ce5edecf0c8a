package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.contracts.LaneRoles.Role;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Chain;
import io.waybill.core.port.Delivery;
import io.waybill.testkit.Samples;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Who may stop a lane and let it go on, and that a stop delays and changes nothing else (rules R1.4, R3.5).
class PauseIT {
    private LaneFixture fixture = new LaneFixture(LogRole.PACKETS, true);

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void inbox() {
        fixture.close();
        fixture = new LaneFixture(LogRole.STATUSES, true);
    }

    private void pause() {
        fixture.evm.transactAs(fixture.roles.pauser(), fixture.contract, LaneCalls.pause(fixture.lane));
    }

    private void unpause() {
        fixture.evm.transactAs(fixture.roles.admin(), fixture.contract, LaneCalls.unpause(fixture.lane));
    }

    private boolean flag(Bytes question) {
        return LaneCalls.decodeFlag(fixture.evm.call(fixture.contract, question));
    }

    private ContractErrors refusal(Address from, Bytes calldata) {
        return fixture.evm.refusalOf(from, fixture.contract, calldata);
    }

    private ContractErrors refusal(Bytes calldata) {
        return refusal(fixture.evm.account(), calldata);
    }

    private ContractErrors paused() {
        return new ContractErrors("LanePaused", List.of("lane=" + fixture.lane));
    }

    private Bytes send() {
        return LaneCalls.send(fixture.lane, Samples.attestation(0).encode(), LaneFixture.NOW_MS + 3_600_000);
    }

    private Bytes deliver(int count, long height) {
        var packets = LongStream.range(0, count).mapToObj(fixture::packet).toList();
        return LaneCalls.submit(LogRole.PACKETS, proof(LogRole.PACKETS, packets, height));
    }

    private Delivery proof(LogRole role, List<Bytes> leaves, long height) {
        return fixture.source.delivery(LaneFixture.COUNTERPARTY, role, fixture.lane, leaves, height, 0, leaves.size());
    }

    @Nested
    class APausedOutbox {
        @Test
        void takesNoSendUntilItGoesOn() {
            var batch = LaneCalls.sendBatch(
                    fixture.lane, List.of(new Chain.Send(Samples.attestation(0).encode(), LaneFixture.NOW_MS + 1000)));
            pause();
            assertThat(flag(LaneCalls.paused(fixture.lane))).isTrue();
            assertThat(refusal(send())).isEqualTo(paused());
            assertThat(refusal(batch)).isEqualTo(paused());
            unpause();
            assertThat(flag(LaneCalls.paused(fixture.lane))).isFalse();
            fixture.evm.transact(fixture.contract, send());
            fixture.evm.transact(fixture.contract, batch);
            assertThat(fixture.state().size()).isEqualTo(2);
        }

        @Test
        void acknowledgesAndPublishesAllTheSame() {
            fixture.evm.transact(fixture.contract, send());
            var packet = fixture.reader().entries(0, 1).getFirst().leaf();
            var status = new PacketStatus(fixture.lane, 0, LaneLog.leaf(packet), FinalStatus.DELIVERED, 1).encode();
            pause();
            fixture.evm.transact(fixture.contract, LaneCalls.checkpoint(fixture.lane));
            fixture.evm.transact(
                    fixture.contract, LaneCalls.submit(LogRole.STATUSES, proof(LogRole.STATUSES, List.of(status), 2)));
            assertThat(fixture.state().acknowledged()).isEqualTo(1);
        }
    }

    @Nested
    class APausedInbox {
        @Test
        void deliversNothingUntilItGoesOn() {
            inbox();
            pause();
            assertThat(refusal(deliver(2, 2))).isEqualTo(paused());
            unpause();
            fixture.evm.transact(fixture.contract, deliver(2, 2));
            assertThat(fixture.statuses(0, 2)).extracting(PacketStatus::status).containsOnly(FinalStatus.DELIVERED);
        }

        @Test
        void letsPacketsExpireAndChangesNoStatusThatWasGiven() {
            inbox();
            fixture.evm.transact(fixture.contract, deliver(1, 2));
            var root = fixture.root();
            pause();
            assertThat(fixture.root()).isEqualTo(root);
            fixture.evm.time(LaneFixture.BEGAN + 3600);
            unpause();
            fixture.evm.transact(fixture.contract, deliver(2, 3));
            assertThat(fixture.statuses(0, 2))
                    .extracting(PacketStatus::status)
                    .containsExactly(FinalStatus.DELIVERED, FinalStatus.EXPIRED);
        }
    }

    @Nested
    class Roles {
        @Test
        void areThreeAndNoneIncludesAnother() {
            var pause = LaneCalls.pause(fixture.lane);
            var unpause = LaneCalls.unpause(fixture.lane);
            var open = fixture.open(fixture.terms);
            for (var other : List.of(fixture.roles.admin(), fixture.roles.opener())) {
                assertThat(refusal(other, pause).name()).isEqualTo("AccessControlUnauthorizedAccount");
            }
            for (var other : List.of(fixture.roles.pauser(), fixture.roles.opener())) {
                assertThat(refusal(other, unpause).name()).isEqualTo("AccessControlUnauthorizedAccount");
                assertThat(refusal(other, LaneRoles.grant(Role.PAUSER, other)).name())
                        .isEqualTo("AccessControlUnauthorizedAccount");
            }
            for (var other : List.of(fixture.roles.admin(), fixture.roles.pauser())) {
                assertThat(refusal(other, open).name()).isEqualTo("AccessControlUnauthorizedAccount");
            }
        }

        @Test
        void areGivenAndTakenByTheAdmin() {
            var pauser = fixture.roles.pauser();
            var other = fixture.roles.opener();
            for (var call : List.of(LaneRoles.grant(Role.PAUSER, other), LaneRoles.revoke(Role.PAUSER, pauser))) {
                fixture.evm.transactAs(fixture.roles.admin(), fixture.contract, call);
            }
            assertThat(flag(LaneRoles.has(Role.PAUSER, other))).isTrue();
            assertThat(flag(LaneRoles.has(Role.PAUSER, pauser))).isFalse();
            assertThat(refusal(pauser, LaneCalls.pause(fixture.lane)).name())
                    .isEqualTo("AccessControlUnauthorizedAccount");
            fixture.evm.transactAs(other, fixture.contract, LaneCalls.pause(fixture.lane));
            assertThat(flag(LaneCalls.paused(fixture.lane))).isTrue();
        }

        @Test
        void areNeverNobodys() {
            var someone = fixture.evm.account();
            for (var roles : List.of(
                    new LaneRoles(Address.ZERO, someone, someone),
                    new LaneRoles(someone, Address.ZERO, someone),
                    new LaneRoles(someone, someone, Address.ZERO))) {
                assertThat(fixture.evm
                                .refusalOfCreation(LaneCalls.deployInbox(LaneFixture.HERE, true, roles))
                                .name())
                        .isEqualTo("ZeroTerm");
            }
        }
    }

    @Nested
    class ALane {
        @Test
        void isPausedTwiceAsOnceAndEachChangeIsTold() {
            pause();
            var again = fixture.evm.transactAs(fixture.roles.pauser(), fixture.contract, LaneCalls.pause(fixture.lane));
            assertThat(again.at("logs").list(LaneFixture::log)).isEmpty();
            var gone = fixture.evm.transactAs(fixture.roles.admin(), fixture.contract, LaneCalls.unpause(fixture.lane));
            assertThat(gone.at("logs").list(LaneFixture::log))
                    .singleElement()
                    .satisfies(log -> assertThat(log.topics())
                            .containsExactly(Abi.topic("PauseChanged(bytes32,bool,address)"), fixture.lane.value()));
        }

        @Test
        void isNotPausedBeforeItIsOpen() {
            var unknown = new LaneId(Bytes32.hex("0x" + "77".repeat(32)));
            assertThat(refusal(fixture.roles.pauser(), LaneCalls.pause(unknown)).name())
                    .isEqualTo("LaneNotOpen");
        }
    }
}
