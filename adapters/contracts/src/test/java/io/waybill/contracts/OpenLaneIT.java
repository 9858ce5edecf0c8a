package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.lane.LogRole;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Opening a lane at an Outbox, rules R1.3 and R1.4: by an opener, once, with every term, and with the senders its root
/// names.
class OpenLaneIT {
    private static final Address LOW = Address.hex("0x0000000000000000000000000000000000000001");
    private static final Address HIGH = Address.hex("0x0000000000000000000000000000000000000002");

    private static LaneFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new LaneFixture(LogRole.PACKETS, true);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void takesAscendingSendersUnderTheirRoot() {
        var senders = List.of(LOW, HIGH);
        var terms = terms(senders, "two");

        assertThat(LaneCalls.decodeLaneId(fixture.evm.call(fixture.contract, open(terms, senders))))
                .isEqualTo(terms.id());
    }

    @Test
    void refusesALaneWithoutSenders() {
        assertThat(refusal(open(terms(List.of(LOW), "none"), List.of()))).isEqualTo("NoSenders");
    }

    @Test
    void refusesSendersOutOfOrderRepeatedOrZero() {
        assertThat(refusal(open(terms(List.of(HIGH, LOW), "order"), List.of(HIGH, LOW))))
                .isEqualTo("SendersNotAscending");
        assertThat(refusal(open(terms(List.of(LOW, LOW), "twice"), List.of(LOW, LOW))))
                .isEqualTo("SendersNotAscending");
        assertThat(refusal(open(terms(List.of(Address.ZERO), "zero"), List.of(Address.ZERO))))
                .isEqualTo("SendersNotAscending");
    }

    @Test
    void refusesSendersThatTheTermsDoNotName() {
        assertThat(refusal(open(terms(List.of(LOW), "other"), List.of(HIGH)))).isEqualTo("SendersRootMismatch");
    }

    @Test
    void refusesAnyoneButAnOpener() {
        var senders = List.of(LOW);

        assertThat(fixture.evm
                        .refusalOf(HIGH, fixture.contract, open(terms(senders, "stranger"), senders))
                        .name())
                .isEqualTo("AccessControlUnauthorizedAccount");
    }

    @Test
    void refusesAClientThatFollowsAnotherChain() {
        var senders = List.of(LOW);
        var honest = terms(senders, "chain");
        var wrong = new LaneTerms(
                honest.source(),
                honest.sourceClient(),
                honest.outbox(),
                new ChainId("eip155:99"),
                honest.destinationClient(),
                honest.inbox(),
                honest.salt(),
                honest.terms());

        assertThat(refusal(open(wrong, senders))).isEqualTo("ClientOfAnotherChain");
    }

    private static Bytes open(LaneTerms terms, List<Address> senders) {
        return LaneCalls.openOutboxLane(LaneParams.atOutbox(terms, fixture.client), senders);
    }

    private static String refusal(Bytes calldata) {
        return fixture.evm.refusal(fixture.contract, calldata).name();
    }

    private static LaneTerms terms(List<Address> senders, String salt) {
        var like = fixture.terms;
        return new LaneTerms(
                like.source(),
                like.sourceClient(),
                like.outbox(),
                like.destination(),
                like.destinationClient(),
                like.inbox(),
                Digests.sha256(Bytes.utf8(salt)),
                new LaneTerms.Terms(
                        like.terms().maxPacket(),
                        like.terms().window(),
                        like.terms().maxTimeoutMs(),
                        root(senders),
                        like.terms().policyHash()));
    }

    private static Bytes32 root(List<Address> senders) {
        return LaneLog.of(senders.stream().map(Address::value).toList()).root();
    }
}
