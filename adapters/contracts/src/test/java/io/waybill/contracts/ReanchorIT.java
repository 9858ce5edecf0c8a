package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.client.qbft.QbftUpdate;
import io.waybill.core.lane.LogRole;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A client that believes nothing any more begins anew by its council's will, and by nobody else's.
class ReanchorIT {
    private static final Address STRANGER = Address.hex("0x00000000000000000000000000000000000bad01");

    private static LaneFixture fixture;
    private static String clean = "";

    @BeforeAll
    static void start() {
        fixture = new LaneFixture(LogRole.STATUSES, true);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void remember() {
        clean = fixture.evm.snapshot();
    }

    @AfterEach
    void forget() {
        fixture.evm.revert(clean);
        fixture.evm.time(LaneFixture.BEGAN);
    }

    private static QbftHeader header(long number, int seals) {
        return fixture.source.header(number, List.of(), seals);
    }

    private static ClientStatus status() {
        return ClientCalls.decodeStatus(fixture.evm.call(fixture.client, ClientCalls.status()));
    }

    private static void reanchor(QbftHeader header) {
        fixture.evm.transact(fixture.client, ClientCalls.reanchor(header.encode()));
    }

    @Test
    void theCouncilIsTheOneItWasMadeWith() {
        assertThat(ClientCalls.decodeCouncil(fixture.evm.call(fixture.client, ClientCalls.council())))
                .isEqualTo(fixture.evm.account());
    }

    @Test
    void refusesAnyoneButTheCouncil() {
        var call = ClientCalls.reanchor(header(9, 3).encode());
        assertThat(fixture.evm.refusalOf(STRANGER, fixture.client, call).name()).isEqualTo("NotCouncil");
    }

    @Test
    void refusesWhatIsNoHeader() {
        assertThat(fixture.evm
                        .refusal(fixture.client, ClientCalls.reanchor(Bytes.utf8("no header")))
                        .name())
                .isEqualTo("MalformedHeader");
        assertThat(fixture.evm
                        .refusal(
                                fixture.client,
                                ClientCalls.reanchor(header(0, 3).encode()))
                        .name())
                .isEqualTo("MalformedHeader");
    }

    @Test
    void aFrozenClientKeepsWhyAndBeginsAnew() {
        var name = fixture.evm.call(fixture.client, ClientCalls.clientId());
        var one = header(5, 3);
        var receipt = SourceChain.receipt(LaneFixture.COUNTERPARTY, LogRole.PACKETS, fixture.lane, 1, one.hash());
        var other = fixture.source.header(5, List.of(receipt), 3);
        fixture.evm.transact(fixture.client, ClientCalls.update(fixture.source.update(one)));
        fixture.evm.transact(fixture.client, ClientCalls.update(fixture.source.update(other)));
        assertThat(status()).isEqualTo(ClientStatus.FROZEN);
        var evidence = new ClientCalls.Evidence(5, one.hash(), other.hash());
        assertThat(ClientCalls.decodeEvidence(fixture.evm.call(fixture.client, ClientCalls.evidence())))
                .contains(evidence);

        var anchor = header(9, 0);
        reanchor(anchor);

        assertThat(status()).isEqualTo(ClientStatus.ACTIVE);
        assertThat(ClientCalls.decodeHistory(fixture.evm.call(fixture.client, ClientCalls.history())))
                .hasSize(1)
                .containsEntry(9L, anchor.hash());
        assertThat(ClientCalls.decodeConsensusState(5, fixture.evm.call(fixture.client, ClientCalls.consensusState(5))))
                .isEmpty();
        assertThat(fixture.evm.call(fixture.client, ClientCalls.clientId())).isEqualTo(name);
        assertThat(ClientCalls.decodeEvidence(fixture.evm.call(fixture.client, ClientCalls.evidence())))
                .contains(evidence);
        fixture.evm.transact(
                fixture.client,
                ClientCalls.update(QbftUpdate.between(anchor, header(10, 3)).encode()));
        assertThat(ClientCalls.decodeHeight(fixture.evm.call(fixture.client, ClientCalls.latestHeight())))
                .isEqualTo(10);
    }

    @Test
    void anExpiredClientBeginsAnewBelowWhereItEnded() {
        fixture.evm.transact(fixture.client, ClientCalls.update(fixture.source.update(header(700, 3))));
        long expired = LaneFixture.BEGAN - 1000 + 700 + 7 * 86_400L;
        fixture.evm.time(expired);
        assertThat(status()).isEqualTo(ClientStatus.EXPIRED);
        assertThat(ClientCalls.decodeEvidence(fixture.evm.call(fixture.client, ClientCalls.evidence())))
                .isEmpty();

        reanchor(header(600, 0));
        assertThat(ClientCalls.decodeHeight(fixture.evm.call(fixture.client, ClientCalls.latestHeight())))
                .isEqualTo(600);
        assertThat(status()).as("an old header does not make it young").isEqualTo(ClientStatus.EXPIRED);
    }
}
