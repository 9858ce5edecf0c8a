package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EasRejection.EasFieldMismatch;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.digest.Digests;
import io.waybill.core.eas.EasAttestation;
import io.waybill.core.eas.EasEvent;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.EvmLog;
import io.waybill.testkit.TestEas;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Attestations of the Ethereum Attestation Service, compiled from its npm package, as a source of a lane: what
/// goes is what EAS says, whoever calls.
class EasSourceIT {
    private static final String SCHEMA = "string lot,bool passed";
    private static final long TERM_MS = 3_600_000;
    private static final Bytes DATA = Bytes.utf8("lot 42, passed");
    private static final Address SOMEBODY = Address.hex("0x000000000000000000000000000000000000dEaD");

    private static LaneFixture fixture;
    private static TestEvm evm;
    private static Address registry;
    private static Address eas;
    private static Bytes32 schema;
    private static LaneTerms terms;
    private static Address source;
    private static Address attester;
    private static Address stranger;
    private static long clock = LaneFixture.BEGAN + 100;

    @BeforeAll
    static void start() {
        fixture = new LaneFixture(LogRole.PACKETS, true);
        evm = fixture.evm;
        attester = evm.account();
        stranger = evm.accounts().stream()
                .filter(account -> !account.equals(attester))
                .findFirst()
                .orElseThrow();
        registry = evm.deploy(TestEas.deployRegistry());
        eas = evm.deploy(TestEas.deploy(registry));
        schema = TestEas.schemaUid(SCHEMA, Address.ZERO);
        evm.transact(registry, TestEas.register(SCHEMA, Address.ZERO));
        source = evm.deploy(EasCalls.deploy(with(List.of(schema), List.of(attester))));
        terms = open(source, "with a source");
        evm.transact(source, EasCalls.bind(terms.id()));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static EasCalls.Terms with(List<Bytes32> schemas, List<Address> attesters) {
        return new EasCalls.Terms(LaneFixture.HERE, fixture.contract, eas, TERM_MS, evm.account(), schemas, attesters);
    }

    private static LaneTerms open(Address sender, String salt) {
        var like = fixture.terms;
        var opened = new LaneTerms(
                like.source(),
                like.sourceClient(),
                like.outbox(),
                like.destination(),
                like.destinationClient(),
                like.inbox(),
                Digests.sha256(Bytes.utf8(salt)),
                new LaneTerms.Terms(1002, 30, 86_400_000, LaneLog.leaf(sender.value()), TokenPolicy.HASH));
        evm.transact(
                fixture.contract,
                LaneCalls.openOutboxLane(LaneParams.atOutbox(opened, fixture.client), List.of(sender)));
        return opened;
    }

    /// Attests something new.
    private static Bytes32 attested(Bytes32 under, long expirationTime, Bytes data) {
        evm.time(++clock);
        var receipt = evm.transact(eas, TestEas.attest(under, SOMEBODY, expirationTime, data));
        var log = LaneFixture.log(receipt.at("logs").list().getFirst());
        var event = EasEvent.read(new EvmLog(log.address(), log.topics(), log.data()), eas)
                .orElseThrow();
        assertThat(event.kind()).isEqualTo(EasEvent.Kind.ATTESTED);
        assertThat(event.recipient()).isEqualTo(SOMEBODY);
        assertThat(event.attester()).isEqualTo(attester);
        assertThat(event.schema()).isEqualTo(under);
        assertThat(event.judge(made(event.uid()).fields())).isInstanceOf(Verdict.Accepted.class);
        return event.uid();
    }

    private static EasCalls.Made made(Bytes32 uid) {
        return EasCalls.decodeAttestation(eas, evm.call(eas, EasCalls.getAttestation(uid)))
                .orElseThrow();
    }

    private static EasCalls.State state(Bytes32 uid) {
        return EasCalls.decodeState(evm.call(source, EasCalls.state(uid)));
    }

    private static Attestation last() {
        var reader = new LaneReader(LaneFixture.reads(evm), fixture.contract, LogRole.PACKETS, terms.id());
        long size = reader.state().size();
        var packet =
                Packet.decode(reader.entries(size - 1, size).getFirst().leaf()).orElseThrow();
        assertThat(packet.sender()).isEqualTo(source);
        assertThat(packet.timeoutMs()).isEqualTo(clock * 1000 + TERM_MS);
        return Attestation.decode(packet.attestation()).then(TokenPolicy::judge).orElseThrow();
    }

    private static String refusal(Bytes calldata) {
        return evm.refusal(source, calldata).name();
    }

    @Test
    void sendsWhatEasSaysWhoeverCalls() {
        var uid = attested(schema, 0, DATA);
        evm.transactAs(stranger, source, EasCalls.attest(uid, 0));
        var sent = last();
        var fields = made(uid).fields();
        assertThat(fields.data()).isEqualTo(DATA);
        assertThat(sent)
                .as("octet for octet what Java makes of the fields")
                .isEqualTo(fields.attestation(LaneFixture.HERE));
        assertThat(sent.issuer()).isEqualTo(Digests.sha256(Bytes.utf8("did:pkh:eip155:1337:" + attester.toHex())));
        assertThat(EasAttestation.of(LaneFixture.HERE, sent)).isEqualTo(Verdict.accept(fields));
        assertThat(fields.uid()).isEqualTo(uid);
        assertThat(state(uid)).isEqualTo(EasCalls.State.SENT);
        assertThat(refusal(EasCalls.attest(uid, 0))).isEqualTo("AlreadySent");
    }

    @Test
    void sendsTheRevocationAfterIt() {
        var uid = attested(schema, 0, DATA);
        assertThat(refusal(EasCalls.revoke(uid))).isEqualTo("NeverSent");
        evm.transact(source, EasCalls.attest(uid, 0));
        assertThat(refusal(EasCalls.revoke(uid))).isEqualTo("AttestationStands");
        evm.time(++clock);
        evm.transact(eas, TestEas.revoke(schema, uid));
        evm.transactAs(stranger, source, EasCalls.revoke(uid));
        var made = made(uid);
        assertThat(made.revokedAt()).isEqualTo(clock);
        assertThat(last()).isEqualTo(made.fields().revocation(LaneFixture.HERE, clock));
        assertThat(last().reference())
                .isEqualTo(made.fields().attestation(LaneFixture.HERE).uid());
        assertThat(state(uid)).isEqualTo(EasCalls.State.REVOKED);
        assertThat(refusal(EasCalls.revoke(uid))).isEqualTo("AlreadySent");
    }

    @Test
    void sendsNothingThatWasRevokedBefore() {
        var uid = attested(schema, 0, DATA);
        evm.transact(eas, TestEas.revoke(schema, uid));
        assertThat(refusal(EasCalls.attest(uid, 0))).isEqualTo("AttestationRevoked");
    }

    @Test
    void sendsWhatEndsInASecondAndNotWhatEnded() {
        long ends = clock + 10;
        var uid = attested(schema, ends, DATA);
        evm.time(ends);
        clock = ends;
        assertThat(refusal(EasCalls.attest(uid, 0))).isEqualTo("AttestationExpired");
        var other = attested(schema, clock + 2, DATA);
        evm.transact(source, EasCalls.attest(other, 0));
        assertThat(last().validUntil()).isEqualTo(clock + 1);
    }

    @Test
    void sendsNothingThatEasHasNot() {
        assertThat(refusal(EasCalls.attest(Bytes32.ZERO, 0))).isEqualTo("NoSuchAttestation");
        assertThat(refusal(EasCalls.attest(Digests.sha256(Bytes.utf8("none")), 0)))
                .isEqualTo("NoSuchAttestation");
    }

    @Test
    void sendsTheSecondOfTwoThatAreAlikeByItsBump() {
        evm.time(++clock);
        var call = TestEas.attest(schema, SOMEBODY, 0, Bytes.utf8("twice"));
        var both = evm.transactTogether(eas, List.of(call, call));
        assertThat(both).containsOnly(true);
        var first = made(lastUid(0)).fields();
        var second = lastUid(1);
        assertThat(first.uid()).isEqualTo(lastUid(0));
        assertThat(refusal(EasCalls.attest(second, 0))).isEqualTo("EasUidMismatch");
        evm.transact(source, EasCalls.attest(second, 1));
        assertThat(EasAttestation.of(LaneFixture.HERE, last()).orElseThrow().bump())
                .isOne();
    }

    /// The uid that the last block's log at an index names.
    private static Bytes32 lastUid(int index) {
        long height = evm.rpc().call("eth_blockNumber").quantity();
        var logs = LaneFixture.reads(evm).logs(height);
        return new Bytes32(logs.get(index).data());
    }

    @Test
    void sendsOnlyForTheSchemasAndAttestersItWasMadeFor() {
        var other = TestEas.schemaUid("string other", Address.ZERO);
        evm.transact(registry, TestEas.register("string other", Address.ZERO));
        var uid = attested(other, 0, DATA);
        assertThat(refusal(EasCalls.attest(uid, 0))).isEqualTo("SchemaNotAllowed");
        evm.time(++clock);
        var receipt = evm.transactAs(stranger, eas, TestEas.attest(schema, SOMEBODY, 0, DATA));
        var theirs = receipt.at("logs").list().getFirst().at("data").bytes32();
        assertThat(refusal(EasCalls.attest(theirs, 0))).isEqualTo("AttesterNotAllowed");
    }

    @Test
    void isMadeForSchemasThatTakeNoValue() {
        var resolved = TestEas.schemaUid("string paid", stranger);
        evm.transact(registry, TestEas.register("string paid", stranger));
        assertThat(refused(with(List.of(resolved), List.of(attester)))).isEqualTo("SchemaHasResolver");
        assertThat(refused(with(List.of(Digests.sha256(Bytes.utf8("unknown"))), List.of(attester))))
                .isEqualTo("UnknownSchema");
        assertThat(refused(with(List.of(), List.of(attester)))).isEqualTo("ZeroArgument");
        assertThat(refused(with(List.of(schema), List.of()))).isEqualTo("ZeroArgument");
        assertThat(refused(with(List.of(schema, schema), List.of(attester)))).isEqualTo("NotAscending");
        assertThat(refused(with(List.of(schema), List.of(attester, attester)))).isEqualTo("NotAscending");
    }

    @Test
    void isMadeWithNothingLeftOut() {
        var like = with(List.of(schema), List.of(attester));
        assertThat(refused(but(like, Address.ZERO, eas, TERM_MS, evm.account())))
                .isEqualTo("ZeroArgument");
        assertThat(refused(but(like, like.outbox(), Address.ZERO, TERM_MS, evm.account())))
                .isEqualTo("ZeroArgument");
        assertThat(refused(but(like, like.outbox(), eas, 0, evm.account()))).isEqualTo("ZeroArgument");
        assertThat(refused(but(like, like.outbox(), eas, TERM_MS, Address.ZERO)))
                .isEqualTo("ZeroArgument");
    }

    private static EasCalls.Terms but(
            EasCalls.Terms like, Address outbox, Address service, long termMs, Address binder) {
        return new EasCalls.Terms(like.chain(), outbox, service, termMs, binder, like.schemas(), like.attesters());
    }

    @Test
    void isMadeForTheChainItIsOn() {
        var like = with(List.of(schema), List.of(attester));
        var elsewhere = new EasCalls.Terms(
                LaneFixture.THERE,
                like.outbox(),
                like.eas(),
                like.termMs(),
                like.binder(),
                like.schemas(),
                like.attesters());
        assertThat(refused(elsewhere)).isEqualTo("ChainNameMismatch");
    }

    private static String refused(EasCalls.Terms made) {
        return evm.refusalOfCreation(EasCalls.deploy(made)).name();
    }

    @Test
    void isBoundOnceByItsBinderToALaneItMaySendOn() {
        var fresh = evm.deploy(EasCalls.deploy(with(List.of(schema), List.of(attester))));
        var uid = attested(schema, 0, DATA);
        assertThat(evm.refusal(fresh, EasCalls.attest(uid, 0)).name()).isEqualTo("NotBound");
        assertThat(EasCalls.decodeLane(evm.call(fresh, EasCalls.lane()))).isEmpty();
        assertThat(evm.refusal(fresh, EasCalls.bind(terms.id())).name()).isEqualTo("NotASender");
        var own = open(fresh, "of its own").id();
        assertThat(evm.refusalOf(stranger, fresh, EasCalls.bind(own)).name()).isEqualTo("NotTheBinder");
        evm.transact(fresh, EasCalls.bind(own));
        assertThat(EasCalls.decodeLane(evm.call(fresh, EasCalls.lane()))).contains(own);
        assertThat(evm.refusal(fresh, EasCalls.bind(own)).name()).isEqualTo("AlreadyBound");
    }

    @Test
    void tellsWhoWritesAnotherFieldBesideTheClaims() {
        var uid = attested(schema, 0, DATA);
        var honest = made(uid).fields().attestation(LaneFixture.HERE);
        var claimed = new Attestation(
                honest.kind(),
                honest.schema(),
                Digests.sha256(Bytes.utf8("did:pkh:eip155:1337:" + stranger.toHex())),
                honest.subject(),
                honest.reference(),
                honest.claimsHash(),
                honest.validFrom(),
                honest.validUntil(),
                honest.claims());
        assertThat(EasAttestation.of(LaneFixture.HERE, claimed))
                .isEqualTo(Verdict.reject(new EasFieldMismatch("issuer")));
    }
}
