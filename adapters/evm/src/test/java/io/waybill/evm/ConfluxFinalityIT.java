package io.waybill.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.waybill.contracts.EasCalls;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneRoles;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ConfluxRejection.RootsBlamed;
import io.waybill.core.ConfluxRejection.TooFewBlameVotes;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.committee.AttestedBlock;
import io.waybill.core.client.committee.CheckpointRecords;
import io.waybill.core.client.conflux.ConfluxClient;
import io.waybill.core.client.conflux.ConfluxParams;
import io.waybill.core.client.conflux.LedgerInfo;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.eas.EasAttestation;
import io.waybill.core.eas.EasEvent;
import io.waybill.core.eas.EasProof;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.conflux.ConfluxEventProof;
import io.waybill.core.proof.conflux.ConfluxLog;
import io.waybill.core.proof.conflux.ConfluxReceipt;
import io.waybill.core.proof.conflux.DeferredRoots;
import io.waybill.core.proof.conflux.EpochProof;
import io.waybill.core.proof.conflux.EpochReceipts;
import io.waybill.core.proof.conflux.LogSpace;
import io.waybill.devnet.conflux.ConfluxDevnet;
import io.waybill.evm.conflux.ConfluxFinality;
import io.waybill.evm.verify.ConfluxBlocks;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import io.waybill.testkit.Samples;
import io.waybill.testkit.TestEas;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.web3j.protocol.Web3j;

/// Checkpoints of an Outbox in eSpace, made final by a real Conflux node and proven to the light client from what
/// the node answers to anyone.
@Timeout(240)
class ConfluxFinalityIT {
    private static final ChainId CHAIN = new ChainId("eip155:1235");
    private static final Bytes32 SECRET = Digests.sha256(Bytes.utf8("waybill/devnet-key/conflux account"));
    private static final KeyPair KEY = KeyPair.of(SECRET);
    private static final int VOTES = 30;

    private static Vertx vertx;
    private static ConfluxDevnet devnet;
    private static JsonRpc core;
    private static JsonRpc eSpace;
    private static EvmSubmitter submitter;
    private static ConfluxFinality finality;

    private static Address outbox;
    private static LaneTerms lane;

    @BeforeAll
    static void start() {
        assumeTrue(ConfluxDevnet.isAvailable(), "the Conflux node exists for Linux on x64 only");
        vertx = Vertx.vertx();
        var options = ConfluxDevnet.Options.DEFAULT.withFunded(List.of(SECRET)).withRoundsPerTerm(10);
        devnet = ConfluxDevnet.start(vertx, options);
        core = new JsonRpc(vertx, devnet.core(0));
        eSpace = new JsonRpc(vertx, devnet.eSpace(0));
        var node = new EspaceNode(eSpace);
        var signer = new TxSigner(options.eSpaceId(), KEY);
        submitter = new EvmSubmitter(
                Web3j.build(new JsonRpcService(eSpace)), node, signer, TxForm.LEGACY, Duration.ofSeconds(30));
        finality = new ConfluxFinality(core, eSpace, VOTES);
        outbox = submitter.create(LaneCalls.deployOutbox(CHAIN, true, LaneRoles.of(KEY.address())));
        lane = SourceLane.open(submitter, CHAIN, ClientKind.CONFLUX, outbox, KEY.address(), 100);
    }

    @AfterAll
    static void stop() {
        if (vertx == null) return;
        core.close();
        eSpace.close();
        devnet.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
    }

    private static long send(long number) {
        var attestation = Samples.attestation(number).encode();
        long timeout = System.currentTimeMillis() + 3_600_000;
        return Anybody.call(submitter, outbox, LaneCalls.send(lane.id(), attestation, timeout))
                .height();
    }

    /// What a client follows until it believes a pivot at a height.
    private static ClientState followed(ConfluxClient client, ClientState begun, long target)
            throws InterruptedException {
        var state = begun;
        while (state.latest().height() < target) {
            var latest = state.latest();
            for (var update : finality.updates(latest.height(), latest.version(), target)) {
                state = client.update(state, update.encode(), System.currentTimeMillis())
                        .orElseThrow();
            }
            if (state.latest().height() < target) new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
        }
        return state;
    }

    private static boolean isCheckpoint(ConfluxLog log) {
        return log.space() == LogSpace.ESPACE
                && log.log().address().equals(outbox)
                && log.log().topics().getFirst().equals(LogRole.PACKETS.topic());
    }

    private static Verdict<Checkpoint> proven(ConfluxClient client, ClientState state, long epoch) {
        long pivot = state.latest().height();
        var proof =
                finality.event(pivot, epoch, ConfluxFinalityIT::isCheckpoint).encode();
        return client.verifyCheckpoint(state, outbox, LogRole.PACKETS, lane.id(), pivot, proof);
    }

    /// The verdict once as many headers vouch as it takes: those that were passed over for their blame are no
    /// votes.
    private static Verdict<Checkpoint> provenByMore(ConfluxClient client, ClientState state, long epoch)
            throws InterruptedException {
        var verdict = proven(client, state, epoch);
        return verdict instanceof Verdict.Rejected<Checkpoint>(TooFewBlameVotes(int counted, int needed))
                ? provenByMore(client, followed(client, state, state.latest().height() + needed - counted), epoch)
                : verdict;
    }

    @Test
    void provesCheckpointsAcrossCommitteesAndThroughARestart() throws InterruptedException {
        var anchor = awaitedEnd();
        var client = new ConfluxClient(ConfluxParams.of(CHAIN, anchor, 86_400_000, 15_000));
        var state = ConfluxClient.anchor(anchor).orElseThrow();
        long firstEpoch = state.latest().version();

        long first = send(1);
        state = followed(client, state, finality.pivotFor(first));
        assertThat(provenByMore(client, state, first)).isEqualTo(Verdict.accept(checkpoint()));

        devnet.restart(0);
        long second = send(2);
        state = followed(client, state, finality.pivotFor(second));
        assertThat(provenByMore(client, state, second)).isEqualTo(Verdict.accept(checkpoint()));

        long third = send(3);
        state = followed(client, state, finality.pivotFor(third));
        assertThat(provenByMore(client, state, third)).isEqualTo(Verdict.accept(checkpoint()));
        judgesEpochsWhole(state, third);
        assertThat(state.latest().version()).as("committees passed").isGreaterThanOrEqualTo((int) firstEpoch + 3);
    }

    /// Who speaks for all that an epoch emitted is shown all of it, or nothing is believed.
    private static void judgesEpochsWhole(ClientState state, long epoch) {
        long height = state.latest().height();
        var hash = state.latest().hash();
        var proof = finality.epoch(height, epoch);
        assertThat(proof.verify(height, hash, VOTES, LogSpace.ESPACE))
                .isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
                    var found = (EpochProof.Epoch) accepted.value();
                    assertThat(found.height()).isEqualTo(epoch);
                    assertThat(found.logs()).isEqualTo(finality.logs(epoch)).isNotEmpty();
                });
        var emptied = new EpochReceipts(
                proof.receipts().blocks().stream().map(_ -> List.<Bytes>of()).toList());
        assertThat(reason(new EpochProof(proof.headers(), proof.roots(), emptied)
                        .verify(height, hash, VOTES, LogSpace.ESPACE)))
                .isEqualTo("ReceiptsRootMismatch");
        var shorter = proof.headers().subList(0, proof.headers().size() - 1);
        assertThat(reason(new EpochProof(shorter, proof.roots(), proof.receipts())
                        .verify(height, hash, VOTES, LogSpace.ESPACE)))
                .as("the header of another epoch")
                .isEqualTo("ReceiptsRootMismatch");
        assertThat(reason(proof.verify(height, hash, 1000, LogSpace.ESPACE))).isEqualTo("TooFewBlameVotes");
        assertThat(reason(proof.verify(height + 1, hash, VOTES, LogSpace.ESPACE)))
                .isEqualTo("PowHeaderHeightMismatch");
        assertThat(reason(new EpochProof(proof.headers().subList(0, 3), proof.roots(), proof.receipts())
                        .verify(height, hash, VOTES, LogSpace.ESPACE)))
                .isEqualTo("MalformedEventProof");
    }

    private static String reason(Verdict<?> verdict) {
        return verdict instanceof Verdict.Rejected<?>(var reason) ? reason.code() : "accepted";
    }

    /// What was attested and revoked at EAS is proven by its logs, with fields that anybody may ship: they hash
    /// to the uid of the log, or they are refused.
    @Test
    void provesWhatWasAttestedAndRevokedAtEas() throws InterruptedException {
        var anchor = awaitedEnd();
        var client = new ConfluxClient(ConfluxParams.of(CHAIN, anchor, 86_400_000, 15_000));
        var registry = submitter.create(TestEas.deployRegistry());
        Anybody.call(submitter, registry, TestEas.register("string lot", Address.ZERO));
        var eas = submitter.create(TestEas.deploy(registry));
        var schema = TestEas.schemaUid("string lot", Address.ZERO);
        var attested = Anybody.call(submitter, eas, TestEas.attest(schema, KEY.address(), 0, Bytes.utf8("lot 42")));
        var uid = new Bytes32(attested.receipt().logs().getFirst().data());
        var revoked = Anybody.call(submitter, eas, TestEas.revoke(schema, uid));
        var made = EasCalls.decodeAttestation(eas, new EspaceNode(eSpace).call(eas, EasCalls.getAttestation(uid)))
                .orElseThrow()
                .fields();

        var state = followed(client, ConfluxClient.anchor(anchor).orElseThrow(), finality.pivotFor(revoked.height()));
        assertThat(proof(eas, state, attested.height(), EasEvent.Kind.ATTESTED, made)
                        .judge(client, state))
                .isEqualTo(Verdict.accept(new EasProof.Proven(EasEvent.Kind.ATTESTED, made)));
        assertThat(proof(eas, state, revoked.height(), EasEvent.Kind.REVOKED, made)
                        .judge(client, state))
                .isEqualTo(Verdict.accept(new EasProof.Proven(EasEvent.Kind.REVOKED, made)));
        assertThat(reason(proof(eas, state, attested.height(), EasEvent.Kind.ATTESTED, made.withBump(1))
                        .judge(client, state)))
                .isEqualTo("EasUidMismatch");
        var other = proof(eas, state, attested.height(), EasEvent.Kind.ATTESTED, made);
        assertThat(reason(new EasProof(registry, other.height(), other.eventProof(), made).judge(client, state)))
                .isEqualTo("WrongEmitter");
    }

    private static EasProof proof(
            Address eas, ClientState state, long epoch, EasEvent.Kind kind, EasAttestation shipped) {
        long pivot = state.latest().height();
        var proof = finality.event(
                pivot,
                epoch,
                log -> log.log().address().equals(eas)
                        && log.log().topics().getFirst().equals(kind.topic()));
        return new EasProof(eas, pivot, proof.encode(), shipped);
    }

    /// A block with a receipts root that no receipts have stays on the pivot chain, and a committee signs that
    /// chain: what stands between it and a client are the miners after it.
    @Test
    void refusesAForgedReceiptsRootThatACommitteeSigned() throws InterruptedException {
        var anchor = awaitedEnd();
        var client = new ConfluxClient(ConfluxParams.of(CHAIN, anchor, 86_400_000, 15_000));
        var forged = forgedEpoch();
        long epoch = mineForged(forged.root());
        long target = finality.pivotFor(epoch);
        var state = followed(client, ConfluxClient.anchor(anchor).orElseThrow(), target);
        long pivot = state.latest().height();

        var headers = new ArrayList<Bytes>();
        for (long height = pivot; height >= epoch + 5; height--)
            headers.add(finality.header(height).encode());
        assertThat(finality.header(epoch + 5).deferredReceiptsRoot()).isEqualTo(forged.root());
        var proof = ConfluxEventProof.of(headers, DeferredRoots.stated(), forged, new ConfluxEventProof.Place(0, 0, 0));
        var verdict = client.verifyCheckpoint(state, outbox, LogRole.PACKETS, lane.id(), pivot, proof.encode());

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isInstanceOf(RootsBlamed.class));
        assertThat(provenByMore(client, state, epoch))
                .as("what really was in that epoch is proven by those who blame")
                .isInstanceOf(Verdict.Accepted.class);
        int asMany = (int) (pivot - epoch - DeferredRoots.DEFERRED);
        assertThat(judged(anchor, asMany, epoch))
                .as("the epoch whole, by a verifier for whom that pivot is one vote short")
                .hasValueSatisfying(block -> assertThat(block.root())
                        .isEqualTo(CheckpointRecords.of(finality.logs(epoch)).root()));
    }

    /// An epoch as a verifier judges it, once the chain has come as far as that takes.
    private static Optional<AttestedBlock> judged(LedgerInfo anchor, int votes, long epoch)
            throws InterruptedException {
        var params = ConfluxParams.of(CHAIN, anchor, 86_400_000, 15_000).withMinVotes(votes);
        var blocks = new ConfluxBlocks(
                new ConfluxClient(params),
                ConfluxClient.anchor(anchor).orElseThrow(),
                new ConfluxFinality(core, eSpace, votes),
                Clock.systemUTC());
        var judged = blocks.block(epoch);
        for (; judged.isEmpty(); judged = blocks.block(epoch)) new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
        return judged;
    }

    /// Receipts of an epoch that never were: one, of a checkpoint of ours.
    private static EpochReceipts forgedEpoch() {
        var log = new EvmLog(
                outbox,
                List.of(LogRole.PACKETS.topic(), lane.id().value()),
                Bytes.concat(
                        Bytes.of(new byte[24]),
                        Bytes.u64(77),
                        Digests.sha256(Bytes.utf8("forged")).value()));
        var receipt = new ConfluxReceipt(
                BigInteger.valueOf(100_000),
                BigInteger.ONE,
                false,
                Bytes.of(new byte[256]),
                List.of(new ConfluxLog(log, LogSpace.ESPACE)),
                ConfluxReceipt.Outcome.SUCCESS,
                false,
                List.of(),
                List.of(),
                BigInteger.ZERO);
        return EpochReceipts.of(List.of(List.of(receipt)));
    }

    /// Sends, and mines a block that states another root for the epoch of what was sent, until one of them is on
    /// the pivot chain.
    ///
    /// @return that epoch
    private static long mineForged(Bytes32 root) throws InterruptedException {
        for (long number = 100; ; number++) {
            long next = number;
            var sent = CompletableFuture.supplyAsync(() -> send(next));
            await(() -> sends(mined()));
            long epoch = mined();
            await(() -> mined() >= epoch + 4);
            var blame = Json.MAPPER.createObjectNode().put("blame", "0x0").put("deferredReceiptsRoot", root.toHex());
            var hash = devnet.ask(0, "test_generateBlockWithBlameInfo", 0, 300_000, blame)
                    .bytes32();
            await(() -> mined() > epoch + 15);
            var pivot = devnet.ask(0, "cfx_getBlockByEpochNumber", Json.quantity(epoch + 5), false);
            if (sent.join() == epoch && pivot.at("hash").bytes32().equals(hash)) return epoch;
        }
    }

    private static long mined() {
        return devnet.ask(0, "cfx_epochNumber", "latest_mined").quantity();
    }

    /// Whether the pivot block of an epoch has transactions; what they are is not told of those in eSpace.
    private static boolean sends(long epoch) {
        return !devnet.ask(0, "cfx_getBlockByEpochNumber", Json.quantity(epoch), false)
                .at("transactionsRoot")
                .bytes32()
                .equals(Digests.keccak256(Bytes.EMPTY));
    }

    private static LedgerInfo awaitedEnd() throws InterruptedException {
        await(() -> {
            try {
                return finality.latestEnd().info().epoch() >= 1;
            } catch (ChainException.Unavailable e) {
                return false;
            }
        });
        return finality.latestEnd().info();
    }

    /// What the Outbox itself says.
    private static Checkpoint checkpoint() {
        var node = new EspaceNode(eSpace);
        long size =
                LaneCalls.decodeLog(node.call(outbox, LaneCalls.log(lane.id()))).size();
        var root = LaneCalls.decodeRoot(node.call(outbox, LaneCalls.root(lane.id())));
        return new Checkpoint(lane.id(), size, root);
    }
}
