package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.contracts.CouncilCalls.Proposal;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.lane.LogRole;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// NT-10: nothing about trust changes without several hands and a delay.
class CouncilIT {
    private static final long DAY_MS = 86_400_000;
    private static final Bytes32 SALT = Bytes32.hex("0x" + "5a".repeat(32));

    private LaneFixture fixture;
    private TestEvm evm;
    private List<Address> members;
    private Address council;

    @BeforeEach
    void start() {
        fixture = new LaneFixture(LogRole.STATUSES, true);
        evm = fixture.evm;
        members = evm.accounts().subList(0, 3);
        council = evm.deploy(CouncilCalls.deploy(members, 2, DAY_MS));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void approve(int member, Proposal proposal) {
        evm.transactAs(members.get(member), council, CouncilCalls.approve(proposal));
    }

    private String refusal(int member, Bytes call) {
        return evm.refusalOf(members.get(member), council, call).name();
    }

    private CouncilCalls.State state(Proposal proposal) {
        var id = CouncilCalls.decodeId(evm.call(council, CouncilCalls.idOf(proposal)));
        return CouncilCalls.decodeState(evm.call(council, CouncilCalls.stateOf(id)));
    }

    private Proposal delay(long ms) {
        return new Proposal(council, CouncilCalls.setDelay(ms), SALT);
    }

    private long delay() {
        return CouncilCalls.decodeNumber(evm.call(council, CouncilCalls.delay()));
    }

    /// Moves to so many milliseconds after the beginning.
    private void after(long ms) {
        evm.time(LaneFixture.BEGAN + ms / 1000);
    }

    @Nested
    class ACall {
        @Test
        void needsTwoApprovalsAndTheDelayFromTheSecond() {
            var proposal = delay(2 * DAY_MS);
            approve(0, proposal);
            after(DAY_MS);
            assertThat(refusal(0, CouncilCalls.execute(proposal))).isEqualTo("TooFewApprovals");
            approve(1, proposal);
            assertThat(state(proposal)).isEqualTo(new CouncilCalls.State(2, LaneFixture.NOW_MS + 2 * DAY_MS, false));
            after(2 * DAY_MS - 1000);
            assertThat(refusal(0, CouncilCalls.execute(proposal))).isEqualTo("TooEarly");
            after(2 * DAY_MS);
            evm.transactAs(members.get(2), council, CouncilCalls.execute(proposal));
            assertThat(delay()).isEqualTo(2 * DAY_MS);
        }

        @Test
        void isMadeOnce() {
            var proposal = delay(2 * DAY_MS);
            approve(0, proposal);
            approve(1, proposal);
            after(DAY_MS);
            evm.transactAs(members.getFirst(), council, CouncilCalls.execute(proposal));
            assertThat(refusal(0, CouncilCalls.execute(proposal))).isEqualTo("AlreadyDone");
            assertThat(refusal(2, CouncilCalls.approve(proposal))).isEqualTo("AlreadyDone");
            var again = new Proposal(council, proposal.call(), Bytes32.hex("0x" + "5b".repeat(32)));
            assertThat(refusal(2, CouncilCalls.execute(again))).isEqualTo("TooFewApprovals");
        }

        @Test
        void countsAMemberOnceAndNobodyElse() {
            var proposal = delay(2 * DAY_MS);
            approve(0, proposal);
            assertThat(refusal(0, CouncilCalls.approve(proposal))).isEqualTo("AlreadyApproved");
            var stranger = evm.accounts().get(5);
            assertThat(evm.refusalOf(stranger, council, CouncilCalls.approve(proposal))
                            .name())
                    .isEqualTo("NotMember");
            assertThat(evm.refusalOf(stranger, council, CouncilCalls.execute(proposal))
                            .name())
                    .isEqualTo("NotMember");
        }

        @Test
        void waitsAnewWhenAnApprovalIsTakenBack() {
            var proposal = delay(2 * DAY_MS);
            var id = CouncilCalls.decodeId(evm.call(council, CouncilCalls.idOf(proposal)));
            approve(0, proposal);
            approve(1, proposal);
            assertThat(refusal(2, CouncilCalls.withdraw(id))).isEqualTo("NotApproved");
            evm.transactAs(members.get(1), council, CouncilCalls.withdraw(id));
            after(DAY_MS);
            assertThat(refusal(0, CouncilCalls.execute(proposal))).isEqualTo("TooFewApprovals");
            approve(2, proposal);
            assertThat(state(proposal).readyMs()).isEqualTo(LaneFixture.NOW_MS + 2 * DAY_MS);
            assertThat(refusal(0, CouncilCalls.execute(proposal))).isEqualTo("TooEarly");
        }

        @Test
        void goesToACouncilsTargetOrFailsWithItsReason() {
            var nowhere = new Proposal(evm.accounts().get(7), Bytes.EMPTY, SALT);
            assertThat(refusal(0, CouncilCalls.approve(nowhere))).isEqualTo("NoCodeAt");
            var refused = new Proposal(fixture.client, ClientCalls.reanchor(Bytes.EMPTY), SALT);
            approve(0, refused);
            approve(1, refused);
            after(DAY_MS);
            assertThat(refusal(0, CouncilCalls.execute(refused))).isEqualTo("NotCouncil");
            assertThat(state(refused).done()).isFalse();
        }
    }

    @Nested
    class Itself {
        @Test
        void isChangedByNobodyElse() {
            assertThat(refusal(0, CouncilCalls.setDelay(1))).isEqualTo("NotItself");
            assertThat(refusal(0, CouncilCalls.setMembers(members, 2))).isEqualTo("NotItself");
        }

        @Test
        void voidsWhatWasApprovedWhenItsMembersChange() {
            var others = evm.accounts().subList(1, 5);
            var seat = new Proposal(council, CouncilCalls.setMembers(others, 3), SALT);
            var pending = delay(2 * DAY_MS);
            for (var proposal : List.of(seat, pending)) {
                approve(0, proposal);
                approve(1, proposal);
            }
            after(DAY_MS);
            evm.transactAs(members.get(1), council, CouncilCalls.execute(seat));
            assertThat(CouncilCalls.decodeMembers(evm.call(council, CouncilCalls.members())))
                    .isEqualTo(others);
            assertThat(CouncilCalls.decodeNumber(evm.call(council, CouncilCalls.approvalsNeeded())))
                    .isEqualTo(3);
            assertThat(refusal(0, CouncilCalls.approve(pending))).isEqualTo("NotMember");
            assertThat(refusal(1, CouncilCalls.execute(pending))).isEqualTo("TooFewApprovals");
        }

        @Test
        void hasTwoToThirtyTwoMembersAndNeedsTwoOrMore() {
            assertThat(made(members.subList(0, 1), 2, DAY_MS)).isEqualTo("MembersOutOfRange");
            assertThat(made(members, 1, DAY_MS)).isEqualTo("ApprovalsOutOfRange");
            assertThat(made(members, 4, DAY_MS)).isEqualTo("ApprovalsOutOfRange");
            assertThat(made(List.of(members.get(1), members.get(0)), 2, DAY_MS)).isEqualTo("MembersNotAscending");
            assertThat(made(List.of(members.get(0), members.get(0)), 2, DAY_MS)).isEqualTo("MembersNotAscending");
            assertThat(made(List.of(Address.ZERO, members.get(0)), 2, DAY_MS)).isEqualTo("MembersNotAscending");
            assertThat(made(members, 3, 0)).isEqualTo("DelayOutOfRange");
            assertThat(made(members, 3, 30 * DAY_MS + 1)).isEqualTo("DelayOutOfRange");
            evm.deploy(CouncilCalls.deploy(members, 3, 30 * DAY_MS));
        }

        private String made(List<Address> seated, int approvals, long delayMs) {
            return evm.refusalOfCreation(CouncilCalls.deploy(seated, approvals, delayMs))
                    .name();
        }
    }

    @Test
    void givesAFrozenClientANewBeginning() {
        var anchor = fixture.source.anchor();
        var client = evm.deploy(ClientCalls.deployQbft(
                LaneFixture.THERE,
                anchor.kind(),
                new ClientCalls.Trust(30 * DAY_MS, 15_000, council),
                anchor.encode()));
        var one = fixture.source.update(fixture.source.header(5, List.of(), 3));
        var receipt = SourceChain.receipt(LaneFixture.COUNTERPARTY, LogRole.PACKETS, fixture.lane, 1, SALT);
        var other = fixture.source.update(fixture.source.header(5, List.of(receipt), 3));
        evm.transact(client, ClientCalls.misbehaviour(one, other));
        assertThat(ClientCalls.decodeStatus(evm.call(client, ClientCalls.status())))
                .isEqualTo(ClientStatus.FROZEN);

        var proposal = new Proposal(
                client,
                ClientCalls.reanchor(fixture.source.header(9, List.of(), 0).encode()),
                SALT);
        approve(0, proposal);
        approve(2, proposal);
        after(DAY_MS);
        evm.transactAs(members.getFirst(), council, CouncilCalls.execute(proposal));
        assertThat(ClientCalls.decodeStatus(evm.call(client, ClientCalls.status())))
                .isEqualTo(ClientStatus.ACTIVE);
    }
}
