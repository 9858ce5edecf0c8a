package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.qbft.SealedChain.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.QbftRejection.MalformedHeader;
import io.waybill.core.QbftRejection.NoValidators;
import io.waybill.core.QbftRejection.TooFewSeals;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.Quorum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QbftClientTest {
    private static final ChainId CHAIN = new ChainId("eip155:1337");
    private static final long PERIOD_MS = 7 * 86_400_000L;
    private static final long DRIFT_MS = 10_000;

    private static QbftClient client(QbftHeader anchor) {
        return QbftClient.of(CHAIN, anchor, PERIOD_MS, DRIFT_MS);
    }

    private static ClientState anchored(QbftHeader anchor) {
        return QbftClient.anchor(anchor).orElseThrow();
    }

    private static String outcome(Verdict<ClientState> verdict) {
        return switch (verdict) {
            case Verdict.Accepted<ClientState>(var state) -> state.frozen() ? "frozen" : "accepted";
            case Verdict.Rejected<ClientState>(var reason) -> reason.code();
        };
    }

    /// What each captured header that was changed in one way must end in.
    private static final Map<String, String> CHANGED = Map.of(
            "valid-round>=1", "accepted",
            "quorum-minus-1", "TooFewSeals",
            "duplicate-seal-pads-to-quorum", "SealRepeated",
            "same-signer-twice-via-high-s-malleability", "SealRepeated",
            "round-changed-to-0", "SealByStranger",
            "stateRoot-tampered", "SealByStranger",
            "validators-reversed", "ValidatorsNotAscending",
            "one-byzantine-of-4-plus-attacker-set", "ProposerNotValidator");

    @Nested
    class RealNetworks {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "qbft-shanghai",
                    "ibft2-shanghai",
                    "qbft-berlin",
                    "qbft-cancun",
                    "ibft2-london-votes-rounds",
                    "qbft-prague-votes-rounds"
                })
        void everyHeaderFollowsFromTheOneBefore(String network) {
            var headers = BesuVectors.headers(network);
            var before = headers.get(1).header();
            var client = client(before);
            var state = anchored(before);
            for (var captured : headers.subList(2, headers.size())) {
                var header = captured.header();
                var verdict =
                        client.update(state, QbftUpdate.between(before, header).encode(), header.timeMs());
                assertThat(outcome(verdict)).as("header " + header.number()).isEqualTo("accepted");
                state = verdict.orElseThrow();
                assertThat(state.latest()).isEqualTo(header.consensusState());
                before = header;
            }
            assertThat(state.history()).hasSize(Math.min(ClientState.HISTORY, headers.size() - 1));
        }

        @Test
        void everyHeaderOfTheSameSetFollowsFromTheAnchorAlone() {
            var headers = BesuVectors.headers("qbft-shanghai");
            var anchor = headers.get(1).header();
            for (var captured : headers.subList(2, headers.size())) {
                var header = captured.header();
                if (!header.validators().equals(anchor.validators())) continue;
                var update = QbftUpdate.between(anchor, header).encode();
                assertThat(outcome(client(anchor).update(anchored(anchor), update, header.timeMs())))
                        .isEqualTo("accepted");
            }
        }

        @Test
        void headersThatListNoValidatorsAreRefused() {
            var headers = BesuVectors.headers("qbft-shanghai-contract-mode");
            assertThat(QbftClient.anchor(headers.get(1).header())).isEqualTo(reject(new NoValidators()));
        }

        @Test
        void theGenesisHeaderIsNoAnchor() {
            var genesis = BesuVectors.headers("qbft-shanghai").getFirst().header();
            assertThat(QbftClient.anchor(genesis)).isEqualTo(reject(new MalformedHeader("number")));
        }

        @Test
        void theOtherKindsCodecReadsNoHeader() {
            var qbft = BesuVectors.headers("qbft-shanghai").get(5).header();
            var ibft2 = BesuVectors.headers("ibft2-shanghai").get(5).header();
            assertThat(QbftHeader.decode(ClientKind.IBFT2, qbft.encode()).isAccepted())
                    .isFalse();
            assertThat(QbftHeader.decode(ClientKind.QBFT, ibft2.encode()).isAccepted())
                    .isFalse();
        }

        @Test
        void headersChangedInOneWayAreRefused() {
            for (var vector : BesuVectors.read("/vectors/negative/evm.json").get("bft")) {
                var trusted = vector.get("trustedValidators")
                        .valueStream()
                        .map(node -> Address.hex(node.asString()))
                        .toList();
                var decoded = QbftHeader.decode(ClientKind.QBFT, Bytes.hex(BesuVectors.text(vector, "headerRlp")));
                var verdict = decoded.then(header -> vouchedFor(trusted, header));
                var code = verdict instanceof Verdict.Rejected<QbftHeader>(var reason) ? reason.code() : "accepted";
                assertThat(code).isEqualTo(CHANGED.get(BesuVectors.text(vector, "name")));
            }
        }

        private Verdict<QbftHeader> vouchedFor(List<Address> trusted, QbftHeader header) {
            var candidate = SealedHeader.listing(header);
            return candidate
                    .wellFormed()
                    .then(_ -> QbftSeals.signers(candidate, SealCurve.SECP256K1))
                    .then(signers -> header.validators().equals(trusted)
                            ? accept(candidate)
                            : QbftSeals.vouched(
                                    SealedChain.of(4)
                                            .sealed(header.number() + 5)
                                            .consensusState(),
                                    trusted,
                                    candidate,
                                    signers,
                                    QbftOptions.DistantChange.QUORUM))
                    .map(_ -> header);
        }
    }

    @Nested
    class Mutations {
        private final SealedChain chain = SealedChain.of(5);
        private final QbftHeader anchor = chain.sealed(10);
        private final SealedChain four = SealedChain.of(4);
        private final QbftHeader changed =
                SealedChain.seal(four.header(11, anchor.hash(), SealedChain.EMPTY_TRIE), four.keys());

        @Test
        void anyOctetOfAnUpdateChangedIsRefused() {
            refusesEveryMutation(anchor, QbftUpdate.between(anchor, chain.sealed(12)));
        }

        @Test
        void anyOctetOfAnUpdateThatChangesTheSetChangedIsRefused() {
            refusesEveryMutation(anchor, QbftUpdate.between(anchor, changed));
        }

        @Test
        void anyOctetOfAnIbft2UpdateChangedIsRefused() {
            var ibft2 = chain.as(ClientKind.IBFT2);
            refusesEveryMutation(ibft2.sealed(10), QbftUpdate.between(ibft2.sealed(10), ibft2.sealed(12)));
        }

        private void refusesEveryMutation(QbftHeader trusted, QbftUpdate update) {
            var client = client(trusted);
            var state = anchored(trusted);
            var octets = update.encode();
            assertThat(outcome(client.update(state, octets, ms(12)))).isEqualTo("accepted");
            for (int i = 0; i < octets.size(); i++) {
                for (int flip : new int[] {1 << i % 8, 0xff}) {
                    var verdict = client.update(state, octets.with(i, octets.at(i) ^ flip), ms(12));
                    assertThat(verdict.isAccepted())
                            .as("octet %d ^ %d", i, flip)
                            .isFalse();
                }
            }
            for (int size = 0; size < octets.size(); size++) {
                assertThat(outcome(client.update(state, octets.slice(0, size), ms(12))))
                        .isEqualTo("MalformedRlp");
            }
            for (int octet : new int[] {0, 0x80, 0xc0}) {
                assertThat(outcome(client.update(state, Bytes.concat(octets, Bytes.of(octet)), ms(12))))
                        .isEqualTo("MalformedRlp");
            }
        }

        @Test
        void anUpdateLongerThanAMebioctetIsNotLookedAt() {
            var large = Bytes.of(new byte[(1 << 20) + 1]);
            assertThat(outcome(client(anchor).update(anchored(anchor), large, ms(12))))
                    .isEqualTo("MalformedRlp");
        }
    }

    @Nested
    class Counting {
        @Test
        void aQuorumSufficesAndOneLessDoesNotForEverySizeOfSet() {
            for (int n = 1; n <= 21; n++) {
                var chain = SealedChain.of(n);
                var anchor = chain.sealed(10);
                int quorum = (int) Math.ceil(2 * n / 3.0);
                assertThat(Quorum.bft(n)).isEqualTo(quorum);
                var enough =
                        QbftUpdate.between(anchor, chain.sealed(11, quorum)).encode();
                var fewer =
                        QbftUpdate.between(anchor, chain.sealed(11, quorum - 1)).encode();
                var state = anchored(anchor);
                assertThat(outcome(client(anchor).update(state, enough, ms(11))))
                        .isEqualTo("accepted");
                assertThat(client(anchor).update(state, fewer, ms(11)))
                        .isEqualTo(reject(new TooFewSeals(quorum - 1, quorum)));
            }
        }

        @Test
        void theNextHeaderMayDropAnyOneMember() {
            for (int n = 2; n <= 21; n++) {
                var before = SealedChain.of(n);
                var anchor = before.sealed(10);
                var after = SealedChain.of(n - 1);
                var child = after.header(11, anchor.hash(), SealedChain.EMPTY_TRIE);
                var update = QbftUpdate.between(
                        anchor, SealedChain.seal(child, after.keys().subList(0, Quorum.bft(n - 1))));
                assertThat(outcome(client(anchor).update(anchored(anchor), update.encode(), ms(11))))
                        .as(n + " to " + (n - 1))
                        .isEqualTo("accepted");
            }
        }

        @Test
        void theNextHeaderMayAddAMemberWhoSealsIt() {
            for (int n = 1; n <= 20; n++) {
                var before = SealedChain.of(n);
                var anchor = before.sealed(10);
                var after = SealedChain.of(n + 1);
                var signers = new ArrayList<>(before.keys().subList(0, Quorum.bft(n + 1) - 1));
                after.keys().stream()
                        .filter(key -> !before.validators().contains(key.address()))
                        .forEach(signers::add);
                var child = after.header(11, anchor.hash(), SealedChain.EMPTY_TRIE);
                var update = QbftUpdate.between(anchor, SealedChain.seal(child, signers));
                boolean honest = signers.size() - 1 >= Quorum.oneHonest(n);
                assertThat(outcome(client(anchor).update(anchored(anchor), update.encode(), ms(11))))
                        .as(n + " to " + (n + 1))
                        .isEqualTo(honest ? "accepted" : "TooFewTrustedSeals");
            }
        }
    }

    @Nested
    class Ageing {
        private final QbftHeader anchor = SealedChain.of(4).sealed(10);
        private final QbftClient client = client(anchor);
        private final ClientState state = anchored(anchor);

        @Test
        void expiresAtTheVeryInstantThePeriodEnds() {
            long end = anchor.timeMs() + PERIOD_MS;
            assertThat(client.status(state, end - 1)).isEqualTo(ClientStatus.ACTIVE);
            assertThat(client.status(state, end)).isEqualTo(ClientStatus.EXPIRED);
            var update =
                    QbftUpdate.between(anchor, SealedChain.of(4).sealed(11)).encode();
            assertThat(outcome(client.update(state, update, end - 1))).isEqualTo("accepted");
            assertThat(client.update(state, update, end)).isEqualTo(reject(new ClientNotActive(ClientStatus.EXPIRED)));
        }

        @Test
        void takesAHeaderAsFarAheadAsTheDriftAllowsAndNotAMillisecondFurther() {
            var update =
                    QbftUpdate.between(anchor, SealedChain.of(4).sealed(60)).encode();
            assertThat(outcome(client.update(state, update, ms(60) - DRIFT_MS))).isEqualTo("accepted");
            assertThat(outcome(client.update(state, update, ms(60) - DRIFT_MS - 1)))
                    .isEqualTo("HeaderFromTheFuture");
        }

        @Test
        void forgetsTheLowestHeightFirst() {
            var chain = SealedChain.of(1);
            var first = chain.sealed(10);
            var full = anchored(first);
            for (int i = 1; i <= ClientState.HISTORY; i++)
                full = full.with(chain.sealed(10 + 2L * i).consensusState());
            assertThat(full.history()).hasSize(ClientState.HISTORY);
            assertThat(full.history().firstKey()).isEqualTo(12);
            var backfilled = client(first)
                    .update(full, new QbftUpdate(12, List.of(), chain.sealed(13)).encode(), ms(600))
                    .orElseThrow();
            assertThat(backfilled.history().firstKey()).isEqualTo(13);
            assertThat(backfilled.history()).hasSize(ClientState.HISTORY);
        }
    }
}
