package io.waybill.devnet.fisco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.SigningKey;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.fisco.FiscoEventProof;
import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.FiscoTransaction;
import io.waybill.core.proof.fisco.SignedFiscoTransaction;
import io.waybill.devnet.fisco.LedgerDevnet.Misbehaviour;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import io.waybill.rpc.RpcError;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a ledger does, whatever its EVM and its cryptography.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LedgerContract {
    /// Creation code whose runtime code returns its call's first 32 octets: CALLDATALOAD, MSTORE, RETURN.
    private static final Bytes ECHO = Bytes.hex("600c600c600039600c6000f3" + "60003560005260206000f3" + "00");
    /// Creation code that reverts with nothing.
    private static final Bytes REVERTING = Bytes.hex("60006000fd");

    private final LedgerDevnet.Options options;
    private final FiscoSuite suite;
    private final SigningKey account;
    private Vertx vertx;
    private LedgerDevnet ledger;
    private JsonRpc rpc;

    LedgerContract(LedgerDevnet.Options options) {
        this.options = options;
        this.suite = options.suite();
        this.account = Sealers.key(suite, "account");
    }

    @BeforeAll
    void start() {
        vertx = Vertx.vertx();
        ledger = LedgerDevnet.start(vertx, options);
        rpc = new JsonRpc(vertx, ledger.rpc());
    }

    JsonRpc rpc() {
        return rpc;
    }

    @AfterAll
    void stop() {
        rpc.close();
        ledger.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void honestAgain() {
        ledger.misbehave(Misbehaviour.NONE);
    }

    @Nested
    class Headers {
        @Test
        void areSignedByAQuorumOfTheirSealers() {
            var header = ledger.mine();

            assertThat(signedWeight(header, ledger.seals(header.number())))
                    .isGreaterThanOrEqualTo(header.sealers().quorum());
        }

        @Test
        void areLinkedToTheirParentsAndWithinTheGrammar() {
            var parent = ledger.mine();
            var child = ledger.mine();

            assertThat(child.parentHash()).isEqualTo(parent.hash(suite));
            assertThat(child.check().isAccepted()).isTrue();
        }

        @Test
        void areToldAsTheNodeTellsThem() {
            var header = ledger.mine();
            var told = rpc.call("getBlockByNumber", "group0", "", header.number(), true, true);

            assertThat(told.at("hash").bytes32()).isEqualTo(header.hash(suite));
            assertThat(told.fields().keySet())
                    .containsExactlyInAnyOrder(
                            "consensusWeights",
                            "extraData",
                            "gasUsed",
                            "hash",
                            "number",
                            "parentInfo",
                            "receiptsRoot",
                            "sealer",
                            "sealerList",
                            "signatureList",
                            "stateRoot",
                            "timestamp",
                            "txsRoot",
                            "version");
        }

        @Test
        void listANewSealerFromTheBlockAfterGovernanceAddedIt() {
            var node = Sealers.key(suite, "another-node");
            ledger.run(node);
            govern("addObserver(string)", node, 0);
            govern("addSealer(string,uint256)", node, 3);
            assertThat(ledger.header(ledger.head()).sealers().ids()).doesNotContain(node.publicKey());

            var next = ledger.mine();
            assertThat(next.sealers().weightOf(node.publicKey())).isEqualTo(3);
            assertThat(signedWeight(next, ledger.seals(next.number()))).isGreaterThanOrEqualTo(5);

            govern("remove(string)", node, 0);
            assertThat(ledger.mine().sealers().ids()).hasSize(4);
        }
    }

    @Nested
    class Transactions {
        @Test
        void createContractsAndCallThem() {
            var created = send(FiscoTransaction.creation("chain0", "group0", ledger.head() + 500, nonce(), ECHO));
            assertThat(created.at("status").integer()).isZero();
            assertThat(created.at("output").text()).isEqualTo("0x");

            var answer =
                    rpc.call("call", "group0", "", created.at("contractAddress").text(), "0x" + "42".repeat(32));
            assertThat(answer.at("output").text()).isEqualTo("0x" + "42".repeat(32));
        }

        @Test
        void thatRevertAreCommittedWithTheirStatus() {
            var reverted = send(FiscoTransaction.creation("chain0", "group0", ledger.head() + 500, nonce(), REVERTING));

            assertThat(reverted.at("status").integer()).isEqualTo(16);
            assertThat(reverted.at("hash").text()).isEqualTo("0x");
        }

        @Test
        void thatArriveTogetherShareBlocksAndProveTheirReceipts() {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var sent = IntStream.range(0, 7)
                        .mapToObj(_ -> CompletableFuture.supplyAsync(
                                () -> send(FiscoTransaction.creation(
                                        "chain0", "group0", ledger.head() + 500, nonce(), ECHO)),
                                threads))
                        .toList();
                for (var one : sent) {
                    var hash = one.join().at("transactionHash").text();
                    var receipt = rpc.call("getTransactionReceipt", "group0", "", hash, true);
                    assertThat(receipt.at("txReceiptProof").list()).isNotEmpty();
                    assertThat(receipt.at("status").integer()).isZero();
                }
            }
        }

        @Test
        void areRefusedTwiceBeyondTheirLimitAndForOtherChains() {
            var transaction = FiscoTransaction.creation("chain0", "group0", ledger.head() + 500, nonce(), ECHO);
            send(transaction);

            assertThatThrownBy(() -> send(transaction))
                    .isInstanceOf(RpcError.class)
                    .hasMessageContaining("Nonce");
            assertThatThrownBy(() ->
                            send(FiscoTransaction.creation("chain0", "group0", ledger.head() + 5000, nonce(), ECHO)))
                    .hasMessageContaining("BlockLimit");
            assertThatThrownBy(() ->
                            send(FiscoTransaction.creation("other", "group0", ledger.head() + 500, nonce(), ECHO)))
                    .hasMessageContaining("InvalidChainId");
        }

        @Test
        void seeTheTimeInMilliseconds() {
            // Runtime code that returns TIMESTAMP.
            var clock = Bytes.hex("600a600c600039600a6000f3" + "4260005260206000f300".substring(0, 20));
            var created = send(FiscoTransaction.creation("chain0", "group0", ledger.head() + 500, nonce(), clock));
            var answer =
                    rpc.call("call", "group0", "", created.at("contractAddress").text(), "0x");

            long head = ledger.header(ledger.head()).timeMs();
            assertThat(answer.at("output").bytes().number(24, 32)).isBetween(head, head + 60_000);
        }
    }

    @Nested
    class Misbehaving {
        @Test
        void showsASignatureThatAStrangerMade() {
            var header = ledger.mine();
            ledger.misbehave(Misbehaviour.FORGED_SEAL);
            var seals = seals(rpc.call("getBlockByNumber", "group0", "", header.number(), true, true));

            assertThat(signedWeight(header, seals)).isLessThan(header.sealers().quorum());
        }

        @Test
        void showsAnotherBlockUnderAQuorum() {
            var header = ledger.mine();
            ledger.misbehave(Misbehaviour.CONFLICTING_HEADER);
            var shown = rpc.call("getBlockByNumber", "group0", "", header.number(), true, true);

            assertThat(shown.at("hash").bytes32()).isNotEqualTo(header.hash(suite));
            assertThat(ledger.conflictingHash(header.number()))
                    .isEqualTo(shown.at("hash").bytes32());
        }
    }

    /// A checkpoint-like event, published by a carrier and proven out of what the ledger answers alone.
    @Nested
    class Carriers {
        private static final LaneId LANE = new LaneId(Digests.sha256(Bytes.utf8("lane")));
        private static final Bytes32 ROOT = Digests.sha256(Bytes.utf8("root"));

        @Test
        void proveAnEventToALightClientFromAnswersAlone() {
            var emitter = send(creation(emitting())).at("contractAddress").address();
            var carrier = send(creation(calling(emitter)));
            var hash = carrier.at("transactionHash").text();
            assertThat(carrier.at("output").text()).isEqualTo("0x");
            var told = rpc.call("getTransactionReceipt", "group0", "", hash, true);
            var block = rpc.call(
                    "getBlockByNumber", "group0", "", told.at("blockNumber").integer(), false, true);
            var receipt = receipt(told);
            var proof = new FiscoEventProof(receipt.preimage(), List.of());
            long height = block.at("number").integer();

            assertThat(receipt.hash(suite)).isEqualTo(told.at("hash").bytes32());
            assertThat(proof.verify(
                            suite,
                            emitter,
                            LogRole.PACKETS,
                            LANE,
                            height,
                            block.at("receiptsRoot").bytes32()))
                    .isEqualTo(Verdict.accept(new Checkpoint(LANE, 3, ROOT)));
        }

        private FiscoTransaction creation(Bytes code) {
            return FiscoTransaction.creation("chain0", "group0", ledger.head() + 500, nonce(), code);
        }

        /// Creation code of a contract that logs one checkpoint whatever it is called with.
        private static Bytes emitting() {
            var runtime = Bytes.concat(
                    Bytes.hex("6003600052"), // MSTORE(0, 3)
                    Bytes.of(0x7f),
                    ROOT.value(),
                    Bytes.hex("602052"), // MSTORE(32, root)
                    Bytes.of(0x7f),
                    LANE.value().value(),
                    Bytes.of(0x7f),
                    LogRole.PACKETS.topic().value(),
                    Bytes.hex("60406000a200")); // LOG2(0, 64, topic, lane); STOP
            return Bytes.concat(
                    Bytes.of(0x60, runtime.size()),
                    Bytes.hex("600c60003960"),
                    Bytes.of(runtime.size()),
                    Bytes.hex("6000f3"),
                    runtime);
        }

        /// Creation code that calls a contract once and returns one octet of zero.
        private static Bytes calling(Address contract) {
            return Bytes.concat(Bytes.hex("6000600060006000600073"), contract.value(), Bytes.hex("5af15060016000f3"));
        }

        private static FiscoReceipt receipt(Json told) {
            var logs = told.at("logEntries")
                    .list(log -> new FiscoReceipt.Log(
                            log.at("address").text(),
                            log.at("topics").list(Json::bytes32),
                            log.at("data").bytes()));
            return FiscoReceipt.plain(
                    told.at("gasUsed").text(),
                    told.at("contractAddress").text().substring(2),
                    (int) told.at("status").integer(),
                    told.at("output").bytes(),
                    logs,
                    told.at("blockNumber").integer());
        }
    }

    private long signedWeight(FiscoHeader header, List<Seal> seals) {
        var hash = header.hash(suite);
        return seals.stream()
                .filter(seal -> suite.signed(header.sealers().ids().get((int) seal.index()), hash, seal.signature()))
                .mapToLong(seal -> header.sealers().weights().get((int) seal.index()))
                .sum();
    }

    private static List<Seal> seals(Json block) {
        return block.at("signatureList")
                .list(seal -> new Seal(
                        seal.at("sealerIndex").integer(), seal.at("signature").bytes()));
    }

    private void govern(String signature, SigningKey node, long weight) {
        var id = Bytes.utf8(LedgerJson.nodeId(node.publicKey()));
        boolean weighted = signature.contains("uint256");
        var input = Bytes.concat(
                suite.hash(Bytes.utf8(signature)).value().slice(0, 4),
                word(weighted ? 64 : 32),
                weighted ? word(weight) : Bytes.EMPTY,
                word(128),
                id);
        var receipt = send(FiscoTransaction.call(
                "chain0", "group0", ledger.head() + 500, nonce(), ConsensusContract.ADDRESS, input));
        assertThat(receipt.at("output").bytes32()).isEqualTo(Bytes32.ZERO);
    }

    private static Bytes word(long value) {
        return Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(value));
    }

    Json send(FiscoTransaction transaction) {
        SignedFiscoTransaction signed = transaction.sign(suite, account);
        return rpc.call("sendTransaction", "group0", "", signed.encode(suite).toHex(), false);
    }

    private static final java.util.concurrent.atomic.AtomicLong NONCES = new java.util.concurrent.atomic.AtomicLong(1);

    static String nonce() {
        return Long.toString(NONCES.incrementAndGet());
    }
}
