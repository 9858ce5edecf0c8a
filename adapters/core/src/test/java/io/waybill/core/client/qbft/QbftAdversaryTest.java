package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.qbft.SealedChain.ms;
import static io.waybill.core.client.qbft.SealedChain.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientRejection.HeaderFromTheFuture;
import io.waybill.core.ClientRejection.UnknownHeight;
import io.waybill.core.EncodingRejection.MalformedRlp;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.LaneId;
import io.waybill.core.QbftRejection.MalformedHeader;
import io.waybill.core.QbftRejection.SealByStranger;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.Rlp;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attempts on the client of QBFT and IBFT 2.0 that are of no one rule.
class QbftAdversaryTest {
    private static final ChainId CHAIN = new ChainId("eip155:1337");
    private static final SealedChain FOUR = SealedChain.of(4);

    private static QbftClient client(QbftHeader anchor) {
        return QbftClient.of(CHAIN, anchor, Scenario.TRUSTING_PERIOD_MS, Scenario.DRIFT_MS);
    }

    private static Verdict<ClientState> shown(QbftHeader anchor, QbftHeader header) {
        return shown(anchor, QbftUpdate.between(anchor, header).encode());
    }

    private static Verdict<ClientState> shown(QbftHeader anchor, Bytes update) {
        return client(anchor).update(QbftClient.anchor(anchor).orElseThrow(), update, anchor.timeMs() + 1000);
    }

    private static QbftHeader at(long number, long timestamp) {
        var plain = FOUR.header(10);
        return SealedChain.seal(
                new QbftHeader(
                        plain.kind(),
                        plain.parentHash(),
                        plain.proposer(),
                        plain.stateRoot(),
                        plain.transactionsRoot(),
                        plain.receiptsRoot(),
                        plain.bloom(),
                        number,
                        plain.gasLimit(),
                        plain.gasUsed(),
                        timestamp,
                        plain.extra(),
                        plain.forkFields()),
                FOUR.keys());
    }

    @Nested
    class Heights {
        @ParameterizedTest
        @ValueSource(longs = {(1L << 31) - 1, (1L << 32) - 1, 1L << 32, 1L << 40, (1L << 48) - 2})
        void areReadWhole(long height) {
            var anchor = at(height, SealedChain.START);
            var next = at(height + 1, SealedChain.START);
            var state = shown(anchor, next).orElseThrow();
            assertThat(state.latest()).isEqualTo(next.consensusState());
            assertThat(state.latest().height()).isEqualTo(height + 1);
        }

        @Test
        void areNotTakenForTheirLowest32Bits() {
            var anchor = at(10, SealedChain.START);
            var state = QbftClient.anchor(anchor).orElseThrow();
            long far = (1L << 32) + 10;
            assertThat(client(anchor)
                            .verifyCheckpoint(
                                    state,
                                    EventScenarios.OUTBOX,
                                    LogRole.PACKETS,
                                    EventScenarios.LANE,
                                    far,
                                    Bytes.EMPTY))
                    .isEqualTo(reject(new UnknownHeight(far)));
            var distant = shown(anchor, at(far, SealedChain.START)).orElseThrow();
            assertThat(distant.history()).containsOnlyKeys(10L, far);
        }
    }

    @Nested
    class Times {
        @Test
        void ofTwoBlocksMayBeTheSameSecond() {
            var anchor = at(10, SealedChain.START);
            assertThat(shown(anchor, at(11, SealedChain.START)).isAccepted()).isTrue();
        }

        @Test
        void inMillisecondsAreFarInTheFuture() {
            var anchor = at(10, SealedChain.START);
            long offered = ms(1) * 1000;
            assertThat(shown(anchor, at(11, ms(1))))
                    .isEqualTo(reject(new HeaderFromTheFuture(offered, anchor.timeMs() + 1000 + Scenario.DRIFT_MS)));
        }
    }

    @Nested
    class Bombs {
        private final QbftHeader anchor = FOUR.sealed(10);
        private final QbftHeader next = FOUR.header(11);

        private Bytes update(List<Address> validators, List<Bytes> seals) {
            var extra = new BftExtra(Bytes.EMPTY, validators, null, 0, seals);
            return new QbftUpdate(10, List.of(), next.withExtra(extra)).encode();
        }

        private List<Address> addresses(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i ->
                            new Address(Digests.sha256(Bytes.u32(i)).value().slice(0, 20)))
                    .sorted()
                    .toList();
        }

        @Test
        void ofTenThousandValidatorsAreNotLookedAt() {
            assertThat(shown(anchor, update(addresses(10_000), List.of())))
                    .isEqualTo(reject(new MalformedHeader("validators")));
            assertThat(shown(anchor, new QbftUpdate(10, addresses(10_000), next).encode()))
                    .isEqualTo(reject(new MalformedUpdate("trustedValidators")));
        }

        @Test
        void ofAsManySealsAsAnUpdateHoldsAreNotRecovered() {
            var seals = Collections.nCopies(15_000, Bytes.of(new byte[65]));
            assertThat(shown(anchor, update(FOUR.validators(), seals))).isEqualTo(reject(new MalformedHeader("seals")));
        }

        /// The first seal by a stranger ends the count.
        @Test
        void ofStrangersSealsEndAtTheFirst() {
            var stranger = SealedChain.named(9, 10).getFirst();
            var seal = stranger.sign(next.sealDigest());
            assertThat(shown(anchor, next.withSeals(Collections.nCopies(1000, seal))))
                    .isEqualTo(reject(new SealByStranger(stranger.address())));
        }

        @Test
        void ofMoreSealsThanAnUpdateMayHoldAreNotRead() {
            var whole = update(FOUR.validators(), Collections.nCopies(16_200, Bytes.of(new byte[65])));
            assertThat(shown(anchor, whole)).isEqualTo(reject(new MalformedRlp(whole.size() + " octets")));
        }
    }

    @Nested
    class SubstitutedArguments {
        private final Crossing crossing = Crossing.make();
        private final QbftClient client = crossing.client();
        private final ClientState state = client.update(crossing.anchor(), crossing.update(3), crossing.nowMs())
                .orElseThrow();

        /// Another client of the same chain believes another anchor, and has another name.
        @Test
        void ofTheClientAreInItsName() {
            var anchor = FOUR.sealed(10);
            var ids = List.of(
                    client(anchor).id(),
                    client(FOUR.sealed(11)).id(),
                    client(FOUR.sealedBy(10, FOUR.keys())
                                    .withExtra(new BftExtra(Bytes.EMPTY, FOUR.validators(), null, 0, List.of())))
                            .id(),
                    client(FOUR.as(ClientKind.IBFT2).sealed(10)).id(),
                    QbftClient.of(new ChainId("eip155:1338"), anchor, 1, 0).id());
            assertThat(ids).doesNotHaveDuplicates();
        }

        @Test
        void ofAnEventAreEachRefused() {
            var delivery = crossing.delivery(0, 1);
            var terms = crossing.terms();
            assertThat(client.verifyCheckpoint(
                            state, terms.outbox(), LogRole.PACKETS, terms.id(), 20, delivery.eventProof()))
                    .isEqualTo(accept(delivery.checkpoint()));
            assertThat(code(terms.inbox(), LogRole.PACKETS, terms.id().value().value(), 20))
                    .isEqualTo("WrongEmitter");
            assertThat(code(Address.ZERO, LogRole.PACKETS, terms.id().value().value(), 20))
                    .isEqualTo("WrongEmitter");
            assertThat(code(terms.outbox(), LogRole.STATUSES, terms.id().value().value(), 20))
                    .isEqualTo("WrongTopic");
            assertThat(code(
                            terms.outbox(),
                            LogRole.PACKETS,
                            word("another lane").value(),
                            20))
                    .isEqualTo("WrongLane");
            assertThat(code(terms.outbox(), LogRole.PACKETS, terms.id().value().value(), 10))
                    .isEqualTo("NodeHashMismatch");
        }

        private String code(Address emitter, LogRole role, Bytes lane, long height) {
            var id = new LaneId(new Bytes32(lane));
            var proof = crossing.delivery(0, 1).eventProof();
            var verdict = client.verifyCheckpoint(state, emitter, role, id, height, proof);
            return verdict instanceof Verdict.Rejected<?>(var reason) ? reason.code() : "accepted";
        }

        /// A proof of nothing under the root of nothing: the empty trie has no receipt at any key.
        @Test
        void byTheEmptyTrieProveNothing() {
            var anchor = FOUR.sealed(10);
            var empty = Rlp.list(Rlp.of(0), Rlp.of(0), Rlp.list(Rlp.of(Bytes.of(0x80))));
            var verdict = client(anchor)
                    .verifyCheckpoint(
                            QbftClient.anchor(anchor).orElseThrow(),
                            EventScenarios.OUTBOX,
                            LogRole.PACKETS,
                            EventScenarios.LANE,
                            10,
                            empty.encode());
            assertThat(verdict.isAccepted()).isFalse();
        }
    }
}
