package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.lane.LogRole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How the clients of FISCO BCOS chains are made, in either mode, and begin anew. What they judge is in the
/// shared vectors.
class FiscoClientIT {
    private static final ChainId FOLLOWED = new ChainId("fisco:chain0-group0");
    private static final ChainId HERE = new ChainId("eip155:1337");
    private static final int FLOOR = 0x03060000;
    private static final long PERIOD_MS = 86_400_000;
    private static final long SHORTEST_MS = 30 * 60_000;

    private static LaneFixture fixture;
    private static Bytes anchor = Bytes.EMPTY;
    private static Bytes proposal = Bytes.EMPTY;

    @BeforeAll
    static void start() {
        fixture = new LaneFixture(LogRole.STATUSES, true);
        var waiting = ClientVectorsIT.vectors("fisco-challenged.json").list().getFirst();
        anchor = waiting.at("anchor").bytes();
        proposal = waiting.at("steps").list().stream()
                .filter(step -> step.at("what").text().equals("three headers"))
                .findFirst()
                .orElseThrow()
                .at("input")
                .bytes();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static List<Address> accounts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> KeyPair.named("account/" + i).address())
                .sorted()
                .toList();
    }

    private static Bytes corroborated(List<Address> watchers, List<Address> named, int floor) {
        var trust = new ClientCalls.Trust(PERIOD_MS, 0, fixture.evm.account());
        return ClientCalls.deployFisco(FOLLOWED, HERE, trust, floor, new ClientCalls.Watchers(watchers, named), anchor);
    }

    private static Bytes challenged(List<Address> watchers, List<Address> operators, long periodMs) {
        var trust = new ClientCalls.Trust(PERIOD_MS, 0, fixture.evm.account());
        var challengers = new ChallengedCalls.Challengers(watchers, operators, periodMs);
        return ChallengedCalls.deploy(Host.EVM, ClientKind.FISCO, FOLLOWED, HERE, trust, FLOOR, challengers, anchor);
    }

    private static String refused(Bytes creation) {
        return fixture.evm.refusalOfCreation(creation).name();
    }

    /// Three accounts in the wrong order, one of them twice, or with zero among them.
    static Stream<List<Address>> malformed() {
        var descending = new ArrayList<>(accounts(3));
        Collections.reverse(descending);
        var twice = List.of(accounts(3).get(0), accounts(3).get(1), accounts(3).get(1));
        return Stream.of(
                descending,
                twice,
                List.of(Address.ZERO, accounts(3).get(0), accounts(3).get(1)));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void hasWatchersAndOperatorsThatAscend(List<Address> wrong) {
        assertThat(refused(corroborated(wrong, wrong.subList(2, 3), FLOOR))).isEqualTo("WatchersMalformed");
        assertThat(refused(challenged(wrong, accounts(3), SHORTEST_MS))).isEqualTo("WatchersMalformed");
        assertThat(refused(challenged(accounts(3), wrong, SHORTEST_MS))).isEqualTo("OperatorsMalformed");
    }

    @Test
    void hasThreeWatchersAndTwoOperatorsAtLeast() {
        assertThat(refused(corroborated(accounts(2), accounts(1), FLOOR))).isEqualTo("TooFewConfiguredWatchers");
        assertThat(refused(challenged(accounts(2), accounts(2), SHORTEST_MS))).isEqualTo("TooFewConfiguredWatchers");
        assertThat(refused(challenged(accounts(3), accounts(1), SHORTEST_MS))).isEqualTo("OperatorsOutOfRange");
    }

    @Test
    void hasAWatcherOfTheDestination() {
        assertThat(refused(corroborated(accounts(3), List.of(), FLOOR))).isEqualTo("WatchersMalformed");
    }

    @Test
    void hasAVersionFloorThatIsNotTooLow() {
        assertThat(refused(corroborated(accounts(3), accounts(3), FLOOR - 1))).isEqualTo("VersionFloorTooLow");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, SHORTEST_MS - 1, PERIOD_MS})
    void hasAChallengePeriodWithinTheTrustingPeriod(long periodMs) {
        assertThat(refused(challenged(accounts(3), accounts(2), periodMs))).isEqualTo("ChallengePeriodOutOfRange");
    }

    @ParameterizedTest
    @ValueSource(longs = {SHORTEST_MS, PERIOD_MS - 1})
    void hasAChallengePeriodOfHalfAnHourOrMore(long periodMs) {
        var client = fixture.evm.deploy(challenged(accounts(3), accounts(2), periodMs));
        assertThat(new AbiWords(fixture.evm.call(client, Abi.call("challengePeriodMs()"))).number(0))
                .isEqualTo(periodMs);
    }

    @Test
    void forgetsWhatWaitsWhenItBeginsAnew() {
        var waiting = ClientVectorsIT.vectors("fisco-challenged.json").list().getFirst();
        fixture.evm.time(waiting.at("steps").list().getFirst().at("nowMs").integer() / 1000);
        var client = fixture.evm.deploy(challenged(accounts(3), accounts(2), SHORTEST_MS));
        fixture.evm.transact(client, ClientCalls.update(proposal));
        var first = ClientCalls.decodeHeight(fixture.evm.call(client, ClientCalls.latestHeight()));
        assertThat(pending(client).height()).isEqualTo(first + 3);

        fixture.evm.transact(client, ClientCalls.reanchor(anchor));

        assertThat(pending(client)).isEqualTo(new ChallengedCalls.PendingHeaders(0, false, 0));
        assertThat(ClientCalls.decodeStatus(fixture.evm.call(client, ClientCalls.status())))
                .isEqualTo(ClientStatus.ACTIVE);
        fixture.evm.transact(client, ClientCalls.update(proposal));
        assertThat(pending(client).height()).isEqualTo(first + 3);
    }

    private static ChallengedCalls.PendingHeaders pending(Address client) {
        return ChallengedCalls.decodePending(fixture.evm.call(client, ChallengedCalls.pending()));
    }
}
