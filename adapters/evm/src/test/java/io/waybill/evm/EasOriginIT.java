package io.waybill.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.waybill.contracts.EasCalls;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneReader;
import io.waybill.contracts.LaneRoles;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientRejection;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.attestation.Packet;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.QbftClient;
import io.waybill.core.client.qbft.QbftEventProof;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.eas.EasAttestation;
import io.waybill.core.eas.EasEvent;
import io.waybill.core.eas.EasProof;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ChainException;
import io.waybill.devnet.evm.QbftDevnet;
import io.waybill.rpc.JsonRpc;
import io.waybill.testkit.TestEas;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.protocol.Web3j;

/// What people attest and revoke at EAS comes onto the lane once each, however often a member starts again.
class EasOriginIT {
    private static final ChainId CHAIN = new ChainId("eip155:1337");
    private static final KeyPair MEMBER = KeyPair.named("eas member");
    private static final KeyPair ATTESTER = KeyPair.named("eas attester");
    private static final KeyPair STRANGER = KeyPair.named("eas stranger");
    private static final String SCHEMA = "string lot,bool passed";
    private static final Bytes32 SCHEMA_UID = TestEas.schemaUid(SCHEMA, Address.ZERO);

    private static Vertx vertx;
    private static QbftDevnet devnet;
    private static JsonRpc rpc;
    private static SealedNode node;
    private static EvmSubmitter member;
    private static EvmSubmitter attester;
    private Address eas;
    private Address source;
    private LaneReader lane;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        devnet = QbftDevnet.start(vertx, new QbftDevnet.Options(1337, 4, 0, null));
        rpc = new JsonRpc(vertx, devnet.rpc());
        node = new SealedNode(rpc, ClientKind.QBFT);
        member = of(MEMBER);
        attester = of(ATTESTER);
    }

    /// An EAS, an EasSource and a lane that nobody used yet.
    @BeforeEach
    void fresh() {
        var registry = attester.create(TestEas.deployRegistry());
        Anybody.call(attester, registry, TestEas.register(SCHEMA, Address.ZERO));
        Anybody.call(attester, registry, TestEas.register("string other", Address.ZERO));
        eas = attester.create(TestEas.deploy(registry));
        var outbox = member.create(LaneCalls.deployOutbox(CHAIN, true, LaneRoles.of(MEMBER.address())));
        source = member.create(EasCalls.deploy(new EasCalls.Terms(
                CHAIN, outbox, eas, 3_600_000, MEMBER.address(), List.of(SCHEMA_UID), List.of(ATTESTER.address()))));
        var terms = SourceLane.open(member, CHAIN, ClientKind.QBFT, outbox, source, 20);
        Anybody.call(member, source, EasCalls.bind(terms.id()));
        lane = new LaneReader(node, outbox, LogRole.PACKETS, terms.id());
    }

    @AfterAll
    static void stop() {
        rpc.close();
        devnet.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static EvmSubmitter of(KeyPair key) {
        return new EvmSubmitter(
                Web3j.build(new JsonRpcService(rpc)),
                node,
                new TxSigner(1337, key),
                TxForm.LEGACY,
                Duration.ofSeconds(30));
    }

    private Bytes32 attested(EvmSubmitter who, Bytes32 schema, Bytes data) {
        var receipt = Anybody.call(who, eas, TestEas.attest(schema, MEMBER.address(), 0, data));
        return EasEvent.read(receipt.receipt().logs().getFirst(), eas)
                .orElseThrow()
                .uid();
    }

    /// A member that starts and looks at all there is.
    private void started() {
        var origin = new EasOrigin(node, member, new EasOrigin.Contracts(eas, source, 1));
        while (origin.take()) {}
    }

    private List<Attestation> onLane(long from) {
        return lane.entries(from, lane.state().size()).stream()
                .map(entry -> Packet.decode(entry.leaf()).orElseThrow())
                .map(packet -> Attestation.decode(packet.attestation()).orElseThrow())
                .toList();
    }

    @Test
    void bringsEachOnceAndRevocationsAfter() {
        started();
        long before = lane.state().size();
        var uids = IntStream.range(0, 5)
                .mapToObj(i -> attested(attester, SCHEMA_UID, Bytes.utf8("lot " + i)))
                .toList();
        attested(of(STRANGER), SCHEMA_UID, Bytes.utf8("a stranger's"));
        attested(attester, TestEas.schemaUid("string other", Address.ZERO), Bytes.utf8("of another schema"));
        Anybody.call(attester, eas, TestEas.revoke(SCHEMA_UID, uids.get(4)));
        started();
        started();
        var sent = onLane(before).stream()
                .map(attestation ->
                        EasAttestation.of(CHAIN, attestation).orElseThrow().uid())
                .toList();
        assertThat(sent).as("all that stand").containsExactlyInAnyOrderElementsOf(uids.subList(0, 4));

        Anybody.call(attester, eas, TestEas.revoke(SCHEMA_UID, uids.get(0)));
        started();
        started();
        assertThat(onLane(before + 4)).singleElement().satisfies(revocation -> {
            assertThat(revocation.kind()).isEqualTo(Attestation.Kind.REVOKE);
            assertThat(revocation.claims()).isEqualTo(uids.getFirst().value());
        });
    }

    /// Without a lane too: the log under a header that the light client believes, and the fields that hash to its
    /// uid.
    @Test
    void isProvenByItsLog() {
        var receipt = Anybody.call(attester, eas, TestEas.attest(SCHEMA_UID, MEMBER.address(), 0, Bytes.utf8("lot")));
        var block = node.block(receipt.height());
        var client = QbftClient.of(CHAIN, block.header(), 86_400_000, 15_000);
        var state = QbftClient.anchor(block.header()).orElseThrow();
        var uid = new Bytes32(receipt.receipt().logs().getFirst().data());
        var made = EasCalls.decodeAttestation(eas, node.call(eas, EasCalls.getAttestation(uid)))
                .orElseThrow()
                .fields();
        var event = new QbftEventProof(receipt.index(), 0, block.trie().proof(receipt.index())).encode();

        assertThat(new EasProof(eas, receipt.height(), event, made).judge(client, state))
                .isEqualTo(Verdict.accept(new EasProof.Proven(EasEvent.Kind.ATTESTED, made)));
        assertThat(new EasProof(eas, receipt.height(), event, made.withBump(1)).judge(client, state))
                .isInstanceOf(Verdict.Rejected.class);
        assertThat(new EasProof(eas, receipt.height() + 1, event, made).judge(client, state))
                .isEqualTo(Verdict.reject(new ClientRejection.UnknownHeight(receipt.height() + 1)));
    }

    @Test
    void passesOverWhatNoPacketHolds() {
        started();
        long before = lane.state().size();
        attested(attester, SCHEMA_UID, Bytes.of(new byte[1000]));
        var uid = attested(attester, SCHEMA_UID, Bytes.utf8("small"));
        started();
        assertThat(onLane(before))
                .extracting(attestation ->
                        EasAttestation.of(CHAIN, attestation).orElseThrow().uid())
                .containsExactly(uid);
    }

    @Test
    void goesOnWhereTheLaneHadNoRoom() {
        started();
        var uids = IntStream.range(0, 25)
                .mapToObj(i -> attested(attester, SCHEMA_UID, Bytes.utf8("many " + i)))
                .toList();
        assertThatThrownBy(this::started)
                .isInstanceOf(ChainException.Refused.class)
                .hasMessageContaining("WindowFull");
        assertThat(lane.state().size()).isEqualTo(20);
        assertThat(EasCalls.decodeState(node.call(source, EasCalls.state(uids.getLast()))))
                .isEqualTo(EasCalls.State.NONE);
    }
}
