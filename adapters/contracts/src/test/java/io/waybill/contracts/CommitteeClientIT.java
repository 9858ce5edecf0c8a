package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.committee.AttestedBlock;
import io.waybill.core.client.committee.Committee;
import io.waybill.core.client.committee.CommitteeAnchor;
import io.waybill.core.client.committee.CommitteeUpdate;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.Rlp;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// How a committee's client is made, and made anew. What it judges is in the shared vectors.
class CommitteeClientIT {
    private static final ChainId FOLLOWED = new ChainId("eip155:1030");
    private static final ChainId HERE = new ChainId("eip155:1337");
    private static final long TIME_MS = LaneFixture.NOW_MS;
    private static final CommitteeAnchor ANCHOR = new CommitteeAnchor(10, word("block 10"), TIME_MS);

    private static LaneFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new LaneFixture(LogRole.STATUSES, true);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static Bytes32 word(String name) {
        return Digests.sha256(Bytes.utf8(name));
    }

    private static List<KeyPair> keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> KeyPair.named("verifier/" + i))
                .sorted(Comparator.comparing(KeyPair::address))
                .toList();
    }

    private static List<Address> accounts(int count) {
        return keys(count).stream().map(KeyPair::address).toList();
    }

    /// The creation code with a committee that the record [Committee] may refuse to be made with.
    private static Bytes creation(Bytes32 verifying, List<Address> verifiers, long needed, Bytes anchor) {
        return Bytes.concat(
                Artifacts.COMMITTEE_CLIENT.creationCode(),
                Abi.arguments(
                        Abi.of(FOLLOWED.hash()),
                        Abi.of(verifying),
                        Abi.of(86_400_000L),
                        Abi.of(0),
                        Abi.items(verifiers.stream().map(Abi::of).toList()),
                        Abi.of(needed),
                        Abi.of(fixture.evm.account()),
                        Abi.of(anchor)));
    }

    private static Bytes creation(List<Address> verifiers, long needed) {
        return creation(HERE.hash(), verifiers, needed, ANCHOR.encode());
    }

    @ParameterizedTest
    @CsvSource({"3, 2", "3, 3", "4, 3", "32, 17", "32, 32"})
    void hasThreeTo32VerifiersAndAMajority(int verifiers, int needed) {
        var client = fixture.evm.deploy(creation(accounts(verifiers), needed));
        var code = fixture.evm.call(client, Abi.call("verifiersNeeded()"));
        assertThat(new AbiWords(code).number(0)).isEqualTo(needed);
        var setHash = fixture.evm.call(client, Abi.call("setHash()"));
        assertThat(new AbiWords(setHash).word(0)).isEqualTo(new Committee(accounts(verifiers), needed).setHash());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 2", "33, 17", "3, 1", "3, 4", "4, 2", "32, 16", "3, 0"})
    void hasNoOtherSizes(int verifiers, int needed) {
        assertThat(fixture.evm
                        .refusalOfCreation(creation(accounts(verifiers), needed))
                        .name())
                .isEqualTo("CommitteeOutOfRange");
    }

    static Stream<Arguments> malformed() {
        var three = accounts(3);
        return Stream.of(
                Arguments.of(List.of(three.get(1), three.get(0), three.get(2))),
                Arguments.of(List.of(three.get(0), three.get(1), three.get(1))),
                Arguments.of(List.of(Address.ZERO, three.get(0), three.get(1))));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void hasVerifiersThatAscendWithoutRepetitionOrZero(List<Address> verifiers) {
        assertThat(fixture.evm.refusalOfCreation(creation(verifiers, 2)).name()).isEqualTo("VerifiersMalformed");
    }

    @Test
    void isMadeForAChainAndFromAnAnchor() {
        var three = accounts(3);
        assertThat(fixture.evm
                        .refusalOfCreation(creation(Bytes32.ZERO, three, 2, ANCHOR.encode()))
                        .name())
                .isEqualTo("ZeroParameter");
        assertThat(fixture.evm
                        .refusalOfCreation(creation(HERE.hash(), three, 2, Bytes.utf8("no anchor")))
                        .name())
                .isEqualTo("MalformedUpdate");
        var zero = Rlp.list(Rlp.of(10), Rlp.of(Bytes32.ZERO.value()), Rlp.of(TIME_MS))
                .encode();
        assertThat(fixture.evm
                        .refusalOfCreation(creation(HERE.hash(), three, 2, zero))
                        .name())
                .isEqualTo("NothingAttested");
    }

    @Test
    void keepsWhyItFrozeAndBeginsAnewByItsCouncil() {
        var keys = keys(3);
        var committee = new Committee(accounts(3), 2);
        var trust = new ClientCalls.Trust(86_400_000L, 0, fixture.evm.account());
        var client =
                fixture.evm.deploy(ClientCalls.deployCommittee(Host.EVM, FOLLOWED, HERE, trust, committee, ANCHOR));
        var id = ClientCalls.decodeClientId(fixture.evm.call(client, ClientCalls.clientId()));
        var self = new ClientRef(HERE, client, id);
        var one = new AttestedBlock(11, word("block 11"), word("root"), TIME_MS);
        var other = new AttestedBlock(11, word("block 11"), word("another root"), TIME_MS);
        fixture.evm.transact(client, ClientCalls.update(signed(one, self, keys)));
        fixture.evm.transact(client, ClientCalls.update(signed(other, self, keys)));
        assertThat(status(client)).isEqualTo(ClientStatus.FROZEN);
        assertThat(ClientCalls.decodeEvidence(fixture.evm.call(client, ClientCalls.evidence())))
                .as("what was signed twice, for the hashes are equal")
                .contains(new ClientCalls.Evidence(11, one.digest(self), other.digest(self)));

        var again = new CommitteeAnchor(12, word("block 12"), TIME_MS);
        fixture.evm.transact(client, ClientCalls.reanchor(again.encode()));
        assertThat(status(client)).isEqualTo(ClientStatus.ACTIVE);
        var held = ClientCalls.decodeConsensusState(12, fixture.evm.call(client, ClientCalls.consensusState(12)))
                .orElseThrow();
        assertThat(held.setHash()).isEqualTo(committee.setHash());
        assertThat(held.receiptsRoot()).as("nothing is proven from an anchor").isEqualTo(Bytes32.ZERO);
        assertThat(ClientCalls.decodeClientId(fixture.evm.call(client, ClientCalls.clientId())))
                .isEqualTo(id);
    }

    private static Bytes signed(AttestedBlock block, ClientRef client, List<KeyPair> keys) {
        var digest = block.digest(client);
        return new CommitteeUpdate(
                        block,
                        keys.stream().limit(2).map(key -> key.sign(digest)).toList())
                .encode();
    }

    private static ClientStatus status(Address client) {
        return ClientCalls.decodeStatus(fixture.evm.call(client, ClientCalls.status()));
    }
}
