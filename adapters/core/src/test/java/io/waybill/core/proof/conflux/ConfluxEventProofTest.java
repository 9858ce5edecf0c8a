package io.waybill.core.proof.conflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.RootsBlamed;
import io.waybill.core.ConfluxRejection.WrongSpace;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.EventRejection.LogIndexOutOfRange;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.EventRejection.TokenEvent;
import io.waybill.core.EventRejection.TransactionFailed;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.client.conflux.ConfluxVectors;
import io.waybill.core.digest.Digests;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.conflux.ConfluxReceipt.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class ConfluxEventProofTest {
    private static final int VOTES = 30;

    private static Verdict<EvmLog> refused(Rejection reason) {
        return Verdict.reject(reason);
    }

    @Nested
    class Captured {
        @ParameterizedTest
        @CsvSource({"eas-4validators.json, 25", "eas-single.json, 45"})
        void provesAnAttestationOnESpace(String file, int votes) {
            var capture = ConfluxVectors.read(file);
            var pivot = capture.get("headers").get(capture.get("headers").size() - 1);
            var height = pivot.get("height").longValue();
            var hash = ConfluxVectors.hash(pivot.get("hash"));
            var octets = proof(capture).encode();

            var log = ConfluxEventProof.decode(octets)
                    .then(proof -> proof.event(height, hash, votes, LogSpace.ESPACE))
                    .orElseThrow();

            assertThat(log.address().toHex())
                    .isEqualToIgnoringCase(capture.get("easAddress").stringValue());
            assertThat(log.topics().get(3)).isEqualTo(ConfluxVectors.hash(capture.get("schemaUid")));
        }

        private static ConfluxEventProof proof(JsonNode capture) {
            long epoch = capture.get("epoch").longValue();
            return ConfluxEventProof.of(
                    ConfluxVectors.headers(capture, epoch + DeferredRoots.DEFERRED),
                    DeferredRoots.stated(),
                    new EpochReceipts(ConfluxVectors.receipts(capture.get("receiptRlp"))),
                    new ConfluxEventProof.Place(0, 0, 0));
        }

        @Test
        void rebuildsTheRootsOfSpecialEpochs() {
            for (var epoch : ConfluxVectors.read("epochs-special.json")) {
                assertThat(new EpochReceipts(ConfluxVectors.receipts(epoch.get("receiptRlp"))).root())
                        .isEqualTo(ConfluxVectors.hash(epoch.get("root")));
            }
        }

        @Test
        void refusesAReceiptUnderAForgedRootThatTheCommitteeMadeFinal() {
            var capture = ConfluxVectors.read("forged-receipts-root.json");
            long forged = capture.get("forgedHeight").longValue();
            var receipt = Bytes.hex(capture.get("forgedReceiptRlp").stringValue());
            var epoch = new EpochReceipts(List.of(List.of(receipt)));
            var proof = ConfluxEventProof.of(
                    ConfluxVectors.headers(capture, forged),
                    DeferredRoots.stated(),
                    epoch,
                    new ConfluxEventProof.Place(0, 0, 0));
            var pivot = capture.get("headers").get(capture.get("headers").size() - 1);
            var hash = ConfluxVectors.hash(pivot.get("hash"));
            long height = pivot.get("height").longValue();

            assertThat(epoch.root()).isEqualTo(ConfluxVectors.hash(capture.get("forgedRoot")));
            assertThat(proof.event(height, hash, 1, LogSpace.ESPACE)).isEqualTo(refused(new RootsBlamed(forged, 21)));
        }

        @Test
        void findsTheRightRootOfABlamedHeaderInTheOneThatBlamesIt() {
            var capture = ConfluxVectors.read("forged-receipts-root.json");
            long witness = capture.get("forgedHeight").longValue() + 1;
            var pivot = capture.get("headers").get(capture.get("headers").size() - 1);
            var roots = List.of(
                    ConfluxVectors.hash(capture.get("correctReceiptsRoots").get("35")),
                    ConfluxVectors.hash(capture.get("correctReceiptsRoots").get("34")));

            var found = PivotHeaders.from(
                            pivot.get("height").longValue(),
                            ConfluxVectors.hash(pivot.get("hash")),
                            ConfluxVectors.headers(capture, witness))
                    .then(headers -> headers.vouched(20))
                    .then(new DeferredRoots(1, roots)::under);

            assertThat(found).isEqualTo(Verdict.accept(roots.get(1)));
        }
    }

    @Nested
    class Made {
        private static final long H = 125;
        private static final long PIVOT = 180;

        private static Verdict<EvmLog> event(EpochReceipts epoch, int logIndex, LogSpace space) {
            return event(epoch, epoch.root(), logIndex, space);
        }

        private static Verdict<EvmLog> event(EpochReceipts epoch, Bytes32 root, int logIndex, LogSpace space) {
            var chain = PowChain.between(H, PIVOT, Map.of(H, root), Map.of());
            var proof =
                    ConfluxEventProof.of(chain.down(PIVOT, H), DeferredRoots.stated(), epoch, Epochs.place(logIndex));
            return ConfluxEventProof.decode(proof.encode())
                    .then(read -> read.event(PIVOT, chain.hash(PIVOT), VOTES, space));
        }

        private static ConfluxLog in(LogSpace space) {
            return new ConfluxLog(Epochs.checkpoint(), space);
        }

        @Test
        void provesTheLogAtItsIndex() {
            var epoch = Epochs.with(Epochs.receipt(Outcome.SUCCESS, in(LogSpace.ESPACE)));

            assertThat(event(epoch, 0, LogSpace.ESPACE)).isEqualTo(Verdict.accept(Epochs.checkpoint()));
            assertThat(event(epoch, 1, LogSpace.ESPACE)).isEqualTo(refused(new LogIndexOutOfRange(1, 1)));
        }

        @Test
        void tellsTheSpacesApart() {
            var epoch = Epochs.with(Epochs.receipt(Outcome.SUCCESS, in(LogSpace.CORE), in(LogSpace.ESPACE)));

            assertThat(event(epoch, 0, LogSpace.ESPACE)).isEqualTo(refused(new WrongSpace("ESPACE", "CORE")));
            assertThat(event(epoch, 0, LogSpace.CORE)).isEqualTo(Verdict.accept(Epochs.checkpoint()));
            assertThat(event(epoch, 1, LogSpace.ESPACE)).isEqualTo(Verdict.accept(Epochs.checkpoint()));
            assertThat(event(epoch, 1, LogSpace.CORE)).isEqualTo(refused(new WrongSpace("CORE", "ESPACE")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"FAILURE", "SKIPPED"})
        void asksForATransactionThatSucceeded(String outcome) {
            var epoch = Epochs.with(Epochs.receipt(Outcome.valueOf(outcome), in(LogSpace.ESPACE)));

            assertThat(event(epoch, 0, LogSpace.ESPACE)).isEqualTo(refused(new TransactionFailed()));
        }

        @Test
        void refusesATransactionThatMovedATokenInEitherSpace() {
            var transfer = Digests.keccak256(Bytes.utf8("Transfer(address,address,uint256)"));
            assertThat(TokenPolicy.forbids(transfer)).isTrue();
            var moved = new ConfluxLog(new EvmLog(Epochs.OUTBOX, List.of(transfer), Bytes.EMPTY), LogSpace.CORE);
            var epoch = Epochs.with(Epochs.receipt(Outcome.SUCCESS, in(LogSpace.ESPACE), moved));

            assertThat(event(epoch, 0, LogSpace.ESPACE)).isEqualTo(refused(new TokenEvent(transfer)));
        }

        /// Every event of the policy's table, in either space: no receipt that holds one is believed.
        @TestFactory
        Stream<DynamicTest> refusesEveryEventByWhichTokensMove() {
            return TokenPolicy.forbidden().entrySet().stream()
                    .flatMap(forbidden -> Stream.of(LogSpace.values())
                            .map(space -> DynamicTest.dynamicTest(forbidden.getValue() + " in " + space, () -> {
                                var topic = forbidden.getKey();
                                var moved = new EvmLog(Epochs.OUTBOX, List.of(topic), Bytes.of(new byte[32]));
                                assertThat(withThat(new ConfluxLog(moved, space)))
                                        .isEqualTo(refused(new TokenEvent(topic)));
                            })));
        }

        /// A call from one space into the other is harmless if it says itself that it carried nothing; a withdrawal
        /// never is.
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Call(bytes20,bytes20,uint256,uint256,bytes)",
                    "Create(bytes20,bytes20,uint256,uint256,bytes)"
                })
        void takesCallsBetweenSpacesThatCarryNothing(String event) {
            var crossing = Address.hex("0x0888000000000000000000000000000000000006");
            var topic = Digests.keccak256(Bytes.utf8(event));
            var topics = List.of(topic);
            var nothing = Bytes.of(new byte[96]);
            var one = Bytes.concat(Bytes.of(new byte[31]), Bytes.of(1), Bytes.of(new byte[64]));

            assertThat(withThat(new ConfluxLog(new EvmLog(crossing, topics, nothing), LogSpace.CORE)))
                    .isEqualTo(Verdict.accept(Epochs.checkpoint()));
            assertThat(withThat(new ConfluxLog(new EvmLog(crossing, topics, nothing.slice(0, 32)), LogSpace.CORE)))
                    .isEqualTo(Verdict.accept(Epochs.checkpoint()));
            var refusals = List.of(
                    new ConfluxLog(new EvmLog(crossing, topics, one), LogSpace.CORE),
                    new ConfluxLog(new EvmLog(crossing, topics, nothing.slice(0, 31)), LogSpace.CORE),
                    new ConfluxLog(new EvmLog(crossing, topics, nothing), LogSpace.ESPACE),
                    new ConfluxLog(new EvmLog(Epochs.OUTBOX, topics, nothing), LogSpace.CORE));
            assertThat(refusals).allSatisfy(log -> assertThat(withThat(log)).isEqualTo(refused(new TokenEvent(topic))));
            var withdrawal = Digests.keccak256(Bytes.utf8("Withdraw(bytes20,address,uint256,uint256)"));
            assertThat(withThat(new ConfluxLog(new EvmLog(crossing, List.of(withdrawal), nothing), LogSpace.CORE)))
                    .isEqualTo(refused(new TokenEvent(withdrawal)));
        }

        private static Verdict<EvmLog> withThat(ConfluxLog other) {
            return event(Epochs.with(Epochs.receipt(Outcome.SUCCESS, in(LogSpace.ESPACE), other)), 0, LogSpace.ESPACE);
        }

        @Test
        void refusesAnEpochUnderAnotherRoot() {
            var epoch = Epochs.with(Epochs.receipt(Outcome.SUCCESS, in(LogSpace.ESPACE)));
            var other = Epochs.with(Epochs.receipt(Outcome.SUCCESS));

            assertThat(event(epoch, other.root(), 0, LogSpace.ESPACE))
                    .isEqualTo(refused(new ReceiptsRootMismatch(other.root(), epoch.root())));
        }

        @Test
        void takesNoBlocksRootForAnEpochs() {
            var receipt = Epochs.receipt(Outcome.SUCCESS, in(LogSpace.ESPACE));
            var block = SimpleTrie.of(List.of(receipt.encode()));
            var epoch = EpochReceipts.of(List.of(List.of(receipt)));
            var chain = PowChain.between(H, PIVOT, Map.of(H, block.root()), Map.of());
            var proof = ConfluxEventProof.of(
                    chain.down(PIVOT, H), DeferredRoots.stated(), epoch, new ConfluxEventProof.Place(0, 0, 0));

            assertThat(proof.event(PIVOT, chain.hash(PIVOT), VOTES, LogSpace.ESPACE))
                    .isEqualTo(refused(new ReceiptsRootMismatch(block.root(), epoch.root())));
        }

        @Test
        void provesUnderAHeaderThatBlamesTheOneThatMisstatedTheRoot() {
            var epoch = Epochs.with(Epochs.receipt(Outcome.SUCCESS, in(LogSpace.ESPACE)));
            var own = Digests.sha256(Bytes.utf8("root of the epoch above"));
            var roots = List.of(own, epoch.root());
            var chain = PowChain.between(H, PIVOT, Map.of(H + 1, DeferredRoots.hash(roots)), Map.of(H + 1, 1L));
            var proof =
                    ConfluxEventProof.of(chain.down(PIVOT, H + 1), new DeferredRoots(1, roots), epoch, Epochs.place(0));

            assertThat(ConfluxEventProof.decode(proof.encode())
                            .then(read -> read.event(PIVOT, chain.hash(PIVOT), VOTES, LogSpace.ESPACE)))
                    .isEqualTo(Verdict.accept(Epochs.checkpoint()));
        }

        @Test
        void isReadWithSevenItemsWithinTheirBounds() {
            var epoch = Epochs.with(Epochs.receipt(Outcome.SUCCESS, in(LogSpace.ESPACE)));
            var chain = PowChain.between(H, PIVOT, Map.of(H, epoch.root()), Map.of());
            var proof = ConfluxEventProof.of(chain.down(PIVOT, H), DeferredRoots.stated(), epoch, Epochs.place(0));
            var items = Rlp.decode(proof.encode()).map(Rlp::items).orElseThrow();

            assertThat(ConfluxEventProof.decode(proof.encode())).isEqualTo(Verdict.accept(proof));
            assertThat(ConfluxEventProof.decode(Rlp.list(items.subList(0, 6)).encode()))
                    .isEqualTo(Verdict.reject(new MalformedEventProof("items")));
            assertThat(changed(items, 0, Rlp.list(List.of()))).isEqualTo(malformed("headers"));
            assertThat(changed(items, 1, Rlp.of(DeferredRoots.MOST + 1))).isEqualTo(malformed("offset"));
            assertThat(changed(items, 2, Rlp.list(Rlp.of(Bytes.of(1))))).isEqualTo(malformed("roots"));
            assertThat(changed(items, 6, Rlp.of(1L << 31))).isEqualTo(malformed("logIndex"));
        }

        private static Verdict<ConfluxEventProof> changed(List<Rlp> items, int index, Rlp item) {
            var copy = new ArrayList<>(items);
            copy.set(index, item);
            return ConfluxEventProof.decode(Rlp.list(copy).encode());
        }

        private static Verdict<ConfluxEventProof> malformed(String what) {
            return Verdict.reject(new MalformedEventProof(what));
        }
    }
}
