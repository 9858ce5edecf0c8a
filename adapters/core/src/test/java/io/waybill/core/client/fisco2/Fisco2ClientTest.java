package io.waybill.core.client.fisco2;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.fisco2.Ledger2.DRIFT_MS;
import static io.waybill.core.client.fisco2.Ledger2.NOW;
import static io.waybill.core.client.fisco2.Ledger2.PERIOD_MS;
import static io.waybill.core.client.fisco2.Ledger2.START_MS;
import static io.waybill.core.client.fisco2.Ledger2.changed;
import static io.waybill.core.client.fisco2.Ledger2.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.ClientRejection.HeaderFromTheFuture;
import io.waybill.core.ClientRejection.HeightNotNewer;
import io.waybill.core.ClientRejection.TimeBeforeTrusted;
import io.waybill.core.ClientRejection.TrustedSetMismatch;
import io.waybill.core.ClientRejection.TrustingPeriodExpired;
import io.waybill.core.ClientRejection.UnknownHeight;
import io.waybill.core.ClientRejection.UnknownTrustedHeight;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.FiscoRejection.NoHeaders;
import io.waybill.core.FiscoRejection.NumberNotNext;
import io.waybill.core.FiscoRejection.ParentMismatch;
import io.waybill.core.FiscoRejection.SealerSignatureInvalid;
import io.waybill.core.FiscoRejection.TooManyHeaders;
import io.waybill.core.LaneId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco2.Fisco2EventProof;
import io.waybill.core.proof.fisco2.Fisco2Receipt;
import io.waybill.core.proof.fisco2.HexadecimalTree;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Fisco2ClientTest {
    private static final int PARENT = 0;
    private static final int STATE_ROOT = 1;
    private static final int RECEIPTS_ROOT = 3;
    private static final int NUMBER = 6;
    private static final int TIME = 9;

    private final Trust2 trust = new Trust2(FiscoSuite.STANDARD);
    private final Ledger2 ledger = trust.ledger;
    private final Fisco2Header next = ledger.next(trust.anchor, trust.four);

    private static Rlp number(long value) {
        return Rlp.of(value);
    }

    @Nested
    class Update {
        @ParameterizedTest
        @EnumSource(FiscoSuite.class)
        void believesTheNextHeaderThatAQuorumSealed(FiscoSuite suite) {
            var chain = new Trust2(suite);
            var headers = chain.ledger.chain(chain.anchor, chain.four);

            assertThat(chain.judge(headers, 0, 2, 3)).isEqualTo(accept(chain.believing(chain.anchored, headers)));
        }

        @Test
        void believesEveryHeaderOfALinkedChain() {
            var headers = ledger.chain(trust.anchor, trust.four, trust.four, trust.four);

            assertThat(trust.judge(headers, 0, 1, 2)).isEqualTo(accept(trust.believing(trust.anchored, headers)));
        }

        @Test
        void believesALaterHeaderUnderTheTrustedList() {
            var later = Ledger2.header(500, word("unseen"), trust.four, START_MS + 60_000);

            assertThat(trust.judge(List.of(later), 1, 2, 3))
                    .isEqualTo(accept(trust.believing(trust.anchored, List.of(later))));
        }

        @Test
        void changesNothingForAHeaderThatIsKnown() {
            var known = trust.judge(List.of(next), 0, 1, 2).orElseThrow();

            assertThat(trust.judge(known, trust.update(List.of(next), 1, 2, 3))).isEqualTo(accept(known));
            assertThat(trust.judge(known, trust.update(List.of(trust.anchor, next), 1, 2, 3)))
                    .isEqualTo(accept(known));
        }

        @Test
        void holdsHeadersToTheChainTheyAreShownIn() {
            var second = ledger.next(next, trust.four);
            var other = changed(second, PARENT, Rlp.of(word("other").value()));
            assertThat(trust.judge(List.of(next, other), 0, 1, 2))
                    .isEqualTo(reject(new ParentMismatch(next.hash(ledger.suite), word("other"))));
            var distant = changed(second, NUMBER, number(13));
            assertThat(trust.judge(List.of(next, distant), 0, 1, 2)).isEqualTo(reject(new NumberNotNext(12, 13)));
        }

        @Test
        void takesOneToSixtyFourHeaders() {
            var sets = Collections.nCopies(65, trust.four).toArray(SealerSet[]::new);
            var headers = ledger.chain(trust.anchor, sets);

            assertThat(trust.judge(headers.subList(0, 64), 0, 1, 2).isAccepted())
                    .isTrue();
            assertThat(trust.judge(headers, 0, 1, 2)).isEqualTo(reject(new TooManyHeaders(65, 64)));
            var none = new Fisco2Update(10, trust.four, List.of(), ledger.seals(next, 0, 1, 2));
            assertThat(trust.judge(trust.anchored, none)).isEqualTo(reject(new NoHeaders()));
        }

        @Test
        void asksForATrustedHeightAndItsList() {
            var update = trust.update(List.of(next), 0, 1, 2);
            var unknown = new Fisco2Update(9, trust.four, update.headers(), update.seals());
            assertThat(trust.judge(trust.anchored, unknown)).isEqualTo(reject(new UnknownTrustedHeight(9)));
            var others = ledger.set(1, 2, 3, 4);
            var own = ledger.next(trust.anchor, others);
            var strangers = new Fisco2Update(10, others, List.of(own), ledger.seals(own, 0, 1, 2));
            assertThat(trust.judge(trust.anchored, strangers))
                    .isEqualTo(reject(new TrustedSetMismatch(trust.four.setHash(), others.setHash())));
        }

        @Test
        void refusesAHeaderBelowTheTrustedOne() {
            var lower = Ledger2.header(9, word("unseen"), trust.four, START_MS);

            assertThat(trust.judge(List.of(lower), 0, 1, 2)).isEqualTo(reject(new HeightNotNewer(10, 9)));
        }

        @Test
        void refusesAHeaderOlderThanItsParent() {
            var equal = changed(next, TIME, number(START_MS));
            assertThat(trust.judge(List.of(equal), 0, 1, 2).isAccepted()).isTrue();
            var older = changed(next, TIME, number(START_MS - 1));
            assertThat(trust.judge(List.of(older), 0, 1, 2))
                    .isEqualTo(reject(new TimeBeforeTrusted(START_MS, START_MS - 1)));
        }

        @Test
        void refusesAHeaderFromTheFuture() {
            var latest = changed(next, TIME, number(NOW + DRIFT_MS));
            assertThat(trust.judge(List.of(latest), 0, 1, 2).isAccepted()).isTrue();
            var later = changed(next, TIME, number(NOW + DRIFT_MS + 1));
            assertThat(trust.judge(List.of(later), 0, 1, 2))
                    .isEqualTo(reject(new HeaderFromTheFuture(NOW + DRIFT_MS + 1, NOW + DRIFT_MS)));
        }

        @Test
        void refusesAHeaderOfTheOtherSuite() {
            var sm = new Trust2(FiscoSuite.SM);
            var header = ledger.chain(trust.anchor, trust.four);
            var update = new Fisco2Update(10, sm.four, header, sm.ledger.seals(sm.anchor, 0, 1, 2));
            assertThat(trust.judge(trust.anchored, update))
                    .isEqualTo(reject(new TrustedSetMismatch(trust.four.setHash(), sm.four.setHash())));
            var signed = sm.ledger.chain(sm.anchor, sm.four);
            var seals = signed.getLast().sealers().ids().subList(0, 1).stream()
                    .map(id -> sm.ledger.sign(
                            id, Digests.keccak256(signed.getLast().encode())))
                    .map(signature -> new Seal(0, signature))
                    .toList();
            assertThat(sm.judge(sm.anchored, new Fisco2Update(10, sm.four, signed, seals)))
                    .isEqualTo(reject(new SealerSignatureInvalid(0)));
        }
    }

    @Nested
    class Trusting {
        private final long end = START_MS + PERIOD_MS;

        @Test
        void endsAtTheVeryInstantThePeriodEnds() {
            var update = trust.update(List.of(next), 0, 1, 2).encode();

            assertThat(trust.client.update(trust.anchored, update, end - 1).isAccepted())
                    .isTrue();
            assertThat(trust.client.update(trust.anchored, update, end))
                    .isEqualTo(reject(new ClientNotActive(ClientStatus.EXPIRED)));
        }

        /// Sealers who were voted out keep their keys: what they sealed counts no longer than they are answerable.
        @Test
        void endsForAnOlderHeaderWhileTheClientIsActive() {
            var younger = changed(next, TIME, number(START_MS + 50_000));
            var state = trust.judge(List.of(younger), 0, 1, 2).orElseThrow();
            var tip = Ledger2.header(12, younger.hash(ledger.suite), trust.four, START_MS + 60_000);
            var fromAnchor = trust.update(List.of(tip), 0, 1, 2).encode();

            assertThat(trust.client.update(state, fromAnchor, end - 1).isAccepted())
                    .isTrue();
            assertThat(trust.client.update(state, fromAnchor, end))
                    .isEqualTo(reject(new TrustingPeriodExpired(START_MS, end)));
        }
    }

    @Nested
    class Freezing {
        private final Fisco2Header rival =
                changed(next, STATE_ROOT, Rlp.of(word("rival").value()));

        @Test
        void followsASecondHeaderOfAHeight() {
            var known = trust.judge(List.of(next), 0, 1, 2).orElseThrow();

            assertThat(trust.judge(known, trust.update(List.of(rival), 1, 2, 3)))
                    .isEqualTo(accept(known.freeze()));
        }

        @Test
        void followsASecondHeaderOfTheTrustedHeightItself() {
            var other = changed(trust.anchor, STATE_ROOT, Rlp.of(word("rival").value()));

            assertThat(trust.judge(List.of(other), 0, 1, 2)).isEqualTo(accept(trust.anchored.freeze()));
        }

        @Test
        void followsAHeaderThatNamesAnotherParentThanTheOneKnown() {
            var orphan = changed(next, PARENT, Rlp.of(word("rival").value()));

            assertThat(trust.judge(List.of(orphan), 0, 1, 2)).isEqualTo(accept(trust.anchored.freeze()));
        }

        @Test
        void doesNotFollowWhatNoQuorumSealed() {
            var known = trust.judge(List.of(next), 0, 1, 2).orElseThrow();

            assertThat(trust.judge(known, trust.update(List.of(rival), 1, 2)).isAccepted())
                    .isFalse();
        }

        @Test
        void isTheEndOfUpdates() {
            assertThat(trust.judge(trust.anchored.freeze(), trust.update(List.of(next), 0, 1, 2)))
                    .isEqualTo(reject(new ClientNotActive(ClientStatus.FROZEN)));
        }
    }

    @Nested
    class VerifyCheckpoint {
        private final Address outbox = Address.hex("6849f21d1e455e9f0712b1e99fa4fcd23758e8f1");
        private final LaneId lane = new LaneId(word("lane"));
        private final Fisco2Receipt receipt = new Fisco2Receipt(
                word("state"),
                BigInteger.TEN,
                Address.ZERO,
                Bytes.of(new byte[256]),
                0,
                Bytes.EMPTY,
                null,
                List.of(new EvmLog(
                        outbox,
                        List.of(LogRole.PACKETS.topic(), lane.value()),
                        Bytes.concat(
                                Bytes.of(new byte[24]),
                                Bytes.u64(3),
                                word("root").value()))));
        private final List<Bytes32> receipts = List.of(receipt.hash(FiscoSuite.STANDARD));
        private final Bytes proof = Fisco2EventProof.of(FiscoSuite.STANDARD, receipt, receipts, 0, 0)
                .encode();

        private ClientState state() {
            var root = HexadecimalTree.root(FiscoSuite.STANDARD, receipts);
            var header = changed(next, RECEIPTS_ROOT, Rlp.of(root.value()));
            return trust.judge(List.of(header), 0, 1, 2).orElseThrow();
        }

        @Test
        void findsTheCheckpointInABelievedBlock() {
            assertThat(trust.client.verifyCheckpoint(state(), outbox, LogRole.PACKETS, lane, 11, proof))
                    .isEqualTo(accept(new Checkpoint(lane, 3, word("root"))));
        }

        @Test
        void refusesAHeightThatTheClientDoesNotHold() {
            assertThat(trust.client.verifyCheckpoint(state(), outbox, LogRole.PACKETS, lane, 12, proof))
                    .isEqualTo(reject(new UnknownHeight(12)));
        }

        @Test
        void refusesWhatAnotherBlockHolds() {
            var verdict = trust.client.verifyCheckpoint(state(), outbox, LogRole.PACKETS, lane, 10, proof);

            assertThat(verdict)
                    .isEqualTo(reject(new ReceiptsRootMismatch(
                            trust.anchor.receiptsRoot(), HexadecimalTree.root(FiscoSuite.STANDARD, receipts))));
        }
    }

    @Nested
    class Parameters {
        @Test
        void nameTheClientByItsAnchor() {
            var later = ledger.client(next);

            assertThat(trust.client.kind()).isEqualTo(ClientKind.FISCO2);
            assertThat(new Trust2(FiscoSuite.SM).client.kind()).isEqualTo(ClientKind.FISCO2_SM);
            assertThat(later.id()).isNotEqualTo(trust.client.id());
            assertThat(ledger.client(trust.anchor).id()).isEqualTo(trust.client.id());
        }

        @Test
        void areHeldToTheirBounds() {
            var anchor = new Fisco2Anchor(trust.anchor);
            assertThatThrownBy(() -> new Fisco2Params(Ledger2.CHAIN, ClientKind.FISCO, 1, 0, anchor))
                    .hasMessage("kind: expected FISCO2 or FISCO2_SM, got FISCO");
            assertThatThrownBy(() -> new Fisco2Params(Ledger2.CHAIN, ClientKind.FISCO2, 0, 0, anchor))
                    .hasMessage("trusting period: expected ≥ 1 ms, got 0");
            assertThatThrownBy(() -> new Fisco2Params(Ledger2.CHAIN, ClientKind.FISCO2, 1, -1, anchor))
                    .hasMessage("max clock drift: expected ≥ 0 ms, got -1");
        }

        @Test
        void beginWithAnAnchorThatIsReadBack() {
            var anchor = new Fisco2Anchor(trust.anchor);

            assertThat(Fisco2Anchor.decode(anchor.encode())).isEqualTo(accept(anchor));
            assertThat(Fisco2Anchor.decode(Bytes.concat(anchor.encode(), Bytes.of(0)))
                            .isAccepted())
                    .isFalse();
        }
    }
}
