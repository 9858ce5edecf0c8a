package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.qbft.SealedChain.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.ClientRejection.HeaderFromTheFuture;
import io.waybill.core.ClientRejection.HeightNotNewer;
import io.waybill.core.ClientRejection.TrustingPeriodExpired;
import io.waybill.core.ClientRejection.UnknownTrustedHeight;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.QbftRejection.NotMisbehaviour;
import io.waybill.core.QbftRejection.TooFewSeals;
import io.waybill.core.QbftRejection.TooFewTrustedSeals;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.proof.Rlp;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Rule R6.6: one height, two on-chain hashes.
class MisbehaviourTest {
    private static final long PERIOD_MS = 1_000_000;

    private final SealedChain chain = SealedChain.of(4);
    private final QbftHeader anchor = chain.sealed(10);
    private final QbftHeader latest = chain.sealed(50);
    private final QbftClient client = QbftClient.of(new ChainId("eip155:1337"), anchor, PERIOD_MS, 10_000);
    private final ClientState state = QbftClient.anchor(anchor).orElseThrow().with(latest.consensusState());

    private Verdict<ClientState> show(Bytes update) {
        return client.update(state, update, ms(50));
    }

    private QbftUpdate update(QbftHeader header) {
        return new QbftUpdate(10, List.of(), header);
    }

    private QbftHeader other(long number, int seals) {
        return SealedChain.seal(
                chain.header(number, SealedChain.word("another parent"), SealedChain.EMPTY_TRIE),
                chain.keys().subList(0, seals));
    }

    @Nested
    class AtAHeightThatIsHeld {
        @Test
        void aSecondHeaderFreezes() {
            assertThat(show(update(other(50, 3)).encode())).isEqualTo(accept(state.freeze()));
        }

        @Test
        void aSecondHeaderBelowTheLatestFreezes() {
            var held = state.with(chain.sealed(30).consensusState());
            assertThat(client.update(held, update(other(30, 3)).encode(), ms(50)))
                    .isEqualTo(accept(held.freeze()));
        }

        @Test
        void aSecondHeaderWithoutAQuorumDoesNot() {
            assertThat(show(update(other(50, 2)).encode())).isEqualTo(reject(new TooFewSeals(2, 3)));
        }

        @Test
        void aSecondHeaderOfASetThatNoOneVouchesForDoesNot() {
            var strangers = new SealedChain(ClientKind.QBFT, SealedChain.named(3, 7)).sealed(50);
            assertThat(show(new QbftUpdate(10, anchor.validators(), strangers).encode()))
                    .isEqualTo(reject(new TooFewTrustedSeals(1, 3)));
        }

        @Test
        void aSecondHeaderFromAStateThatIsTooOldDoesNot() {
            long end = anchor.timeMs() + PERIOD_MS;
            assertThat(client.update(state, update(other(50, 3)).encode(), end))
                    .isEqualTo(reject(new TrustingPeriodExpired(anchor.timeMs(), end)));
            assertThat(client.update(state, update(other(50, 3)).encode(), end - 1))
                    .isEqualTo(accept(state.freeze()));
        }

        @Test
        void theSameBlockWithOtherSealsIsNoMisbehaviour() {
            var again = chain.sealedBy(50, chain.keys().subList(1, 4));
            assertThat(show(update(again).encode())).isEqualTo(accept(state));
        }

        @Test
        void aFrozenClientTakesNothing() {
            assertThat(client.update(state.freeze(), update(chain.sealed(51)).encode(), ms(51)))
                    .isEqualTo(reject(new ClientNotActive(ClientStatus.FROZEN)));
        }
    }

    @Nested
    class AtAHeightThatIsNotHeld {
        private final QbftUpdate one = update(chain.sealed(30));

        private Verdict<ClientState> show(QbftUpdate first, QbftUpdate second) {
            return MisbehaviourTest.this.show(new QbftMisbehaviour(first, second).encode());
        }

        @Test
        void twoHeadersFreeze() {
            assertThat(show(one, update(other(30, 3)))).isEqualTo(accept(state.freeze()));
            assertThat(show(update(other(30, 3)), one)).isEqualTo(accept(state.freeze()));
        }

        @Test
        void eachNeedsAQuorum() {
            assertThat(show(one, update(other(30, 2)))).isEqualTo(reject(new TooFewSeals(2, 3)));
            assertThat(show(update(other(30, 2)), one)).isEqualTo(reject(new TooFewSeals(2, 3)));
        }

        @Test
        void eachNeedsAStateThatVouchesForIt() {
            var from7 = new QbftUpdate(7, List.of(), other(30, 3));
            assertThat(show(one, from7)).isEqualTo(reject(new UnknownTrustedHeight(7)));
            var from50 = new QbftUpdate(50, List.of(), other(30, 3));
            assertThat(show(one, from50)).isEqualTo(reject(new HeightNotNewer(50, 30)));
            var from10 = update(other(50, 3));
            assertThat(show(update(latest), from10)).isEqualTo(accept(state.freeze()));
        }

        @Test
        void neitherMayBeFromTheFuture() {
            assertThat(show(update(chain.sealed(61)), update(other(61, 3))))
                    .isEqualTo(reject(new HeaderFromTheFuture(ms(61), ms(60))));
        }

        @Test
        void oneBlockTwiceIsNoMisbehaviour() {
            var again = update(chain.sealedBy(30, chain.keys().subList(1, 4)));
            assertThat(show(one, one)).isEqualTo(reject(new NotMisbehaviour(30, 30)));
            assertThat(show(one, again)).isEqualTo(reject(new NotMisbehaviour(30, 30)));
        }

        @Test
        void twoBlocksOfTwoHeightsAreNoMisbehaviour() {
            assertThat(show(one, update(other(31, 3)))).isEqualTo(reject(new NotMisbehaviour(30, 31)));
        }

        @Test
        void readsWhatItWrote() {
            var shown = new QbftMisbehaviour(one, update(other(30, 3)));
            assertThat(QbftMisbehaviour.decode(ClientKind.QBFT, shown.encode())).isEqualTo(accept(shown));
            assertThat(QbftUpdate.decode(ClientKind.QBFT, shown.encode()))
                    .isEqualTo(reject(new MalformedUpdate("items")));
            assertThat(MisbehaviourTest.this.show(
                            Rlp.list(one.item(), Rlp.of(1)).encode()))
                    .isEqualTo(reject(new MalformedUpdate("octets in place of a list")));
        }
    }
}
