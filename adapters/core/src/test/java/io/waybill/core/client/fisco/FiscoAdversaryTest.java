package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.fisco.Ledger.SUITE;
import static io.waybill.core.client.fisco.Trust.ANCHOR;
import static io.waybill.core.client.fisco.Trust.ANCHORED;
import static io.waybill.core.client.fisco.Trust.CLIENT;
import static io.waybill.core.client.fisco.Trust.FOUR;
import static io.waybill.core.client.fisco.Trust.LEDGER;
import static io.waybill.core.client.fisco.Trust.NOW;
import static io.waybill.core.client.fisco.Trust.changed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.ClientRejection.HeaderFromTheFuture;
import io.waybill.core.ClientRejection.TimeBeforeTrusted;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.FiscoRejection.SealerSignatureInvalid;
import io.waybill.core.FiscoRejection.SetSizeOutOfRange;
import io.waybill.core.FiscoRejection.TooManyHeaders;
import io.waybill.core.client.ClientKind;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.Sm2;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attempts on the client of FISCO BCOS 3.x that are of no one rule.
class FiscoAdversaryTest {
    @Nested
    class Heights {
        private FiscoHeader anchored(long number) {
            return Ledger.header(number, Digests.sha256(Bytes.utf8("parent")), FOUR, Ledger.START_MS);
        }

        @ParameterizedTest
        @ValueSource(longs = {(1L << 32) - 1, 1L << 32, 1L << 40, (1L << 62) - 1})
        void areReadWhole(long height) {
            var anchor = anchored(height);
            var client = LEDGER.client(anchor);
            var headers = Ledger.chain(anchor, 3);
            var tip = headers.getLast();
            var update =
                    FiscoUpdate.of(FOUR, headers, LEDGER.seals(tip, 0, 1, 2), LEDGER.corroborate(client, tip, 0, 1, 2));
            var state = client.update(client.anchored(), update.encode(), NOW).orElseThrow();
            assertThat(state.latest()).isEqualTo(tip.state(SUITE));
            assertThat(state.history()).containsOnlyKeys(height, height + 1, height + 2, height + 3);
        }

        @Test
        void ofAnAnchorLeaveRoomForThoseAfterIt() {
            var last = anchored(Long.MAX_VALUE);
            assertThatThrownBy(() -> new FiscoAnchor(last)).isInstanceOf(IllegalArgumentException.class);
            var parts = new ArrayList<>(
                    Rlp.decode(new FiscoAnchor(ANCHOR).encode()).orElseThrow().items());
            parts.set(0, Rlp.of(Long.MAX_VALUE));
            assertThat(FiscoAnchor.decode(Rlp.list(parts).encode())).isEqualTo(reject(new MalformedUpdate("number")));
        }
    }

    @Nested
    class Times {
        @Test
        void inSecondsAreLongAgo() {
            long seconds = ANCHOR.timeMs() / 1000;
            assertThat(changed(header -> Headers.time(header, seconds)))
                    .isEqualTo(reject(new TimeBeforeTrusted(ANCHOR.timeMs(), seconds)));
        }

        /// Some versions of the chain's software stamp blocks in microseconds.
        @Test
        void inMicrosecondsAreNotBelieved() {
            long micros = (ANCHOR.timeMs() + 1) * 100;
            assertThat(changed(header -> Headers.time(header, micros)))
                    .isEqualTo(reject(new HeaderFromTheFuture(micros, NOW + Ledger.DRIFT_MS)));
        }

        @Test
        void ofTwoBlocksMayBeTheSameMillisecond() {
            assertThat(changed(header -> Headers.time(header, ANCHOR.timeMs())).isAccepted())
                    .isTrue();
        }
    }

    /// A chain hashes and signs as it was made to, and its client is told; nothing is told by the look of it.
    @Nested
    class Suites {
        private FiscoClient sm(FiscoHeader anchor) {
            var watchers = LEDGER.watchers().stream().map(key -> key.address()).toList();
            return new FiscoClient(new FiscoParams(
                    Ledger.CHAIN,
                    ClientKind.FISCO_SM,
                    Ledger.VERIFYING,
                    Ledger.CONTRACT,
                    new Watchers(watchers, new HashSet<>(watchers.subList(0, 1))),
                    Ledger.FLOOR,
                    Ledger.PERIOD_MS,
                    Ledger.DRIFT_MS,
                    new FiscoAnchor(anchor)));
        }

        @Test
        void areNotMixed() {
            var update = Trust.update(Ledger.chain(ANCHOR, 1), 0, 1, 2);
            var client = sm(ANCHOR);
            assertThat(client.update(client.anchored(), update.encode(), NOW))
                    .isEqualTo(reject(new SealerSignatureInvalid(0)));
            assertThat(client.id()).isNotEqualTo(CLIENT.id());
        }

        @Test
        void ofACapturedSmChainAreNotReadAsStandard() {
            var blocks = FiscoVectors.chain("sm");
            var anchor = blocks.get(0).header();
            var next = blocks.get(1);
            var client = LEDGER.client(anchor);
            var update = FiscoUpdate.of(
                    anchor.sealers(),
                    List.of(next.header()),
                    next.seals(),
                    LEDGER.corroborate(client, next.header(), 0, 1, 2));
            assertThat(client.update(
                            client.anchored(), update.encode(), next.header().timeMs()))
                    .isEqualTo(reject(new SealerSignatureInvalid(0)));
        }

        /// A stranger's signature with his key behind it, as transactions of these chains carry it.
        @Test
        void takeTheKeyFromTheListAndNeverFromTheSignature() {
            var blocks = FiscoVectors.chain("sm");
            var next = blocks.get(1).header();
            var secret = Digests.sha256(Bytes.utf8("stranger"));
            var signature = Sm2.sign(secret, next.hash(FiscoSuite.SM).value());
            assertThat(Sm2.verify(
                            Sm2.publicKey(secret), next.hash(FiscoSuite.SM).value(), signature))
                    .isTrue();
            var rules = new HeaderRules(FiscoSuite.SM, Ledger.FLOOR);
            for (var octets : List.of(signature, Bytes.concat(signature, Sm2.publicKey(secret)))) {
                assertThat(rules.sealed(next, next.sealers(), List.of(new Seal(0, octets))))
                        .isEqualTo(reject(new SealerSignatureInvalid(0)));
            }
        }
    }

    /// Names of chains and groups, and addresses of contracts, repeat; an anchor does not.
    @Nested
    class SameNames {
        @Test
        void areOfAnotherClientWhenTheAnchorIsAnother() {
            var twin = LEDGER.client(Headers.roots(
                    ANCHOR, ANCHOR.txsRoot(), ANCHOR.receiptsRoot(), Digests.sha256(Bytes.utf8("another state"))));
            assertThat(twin.params().chain()).isEqualTo(CLIENT.params().chain());
            assertThat(twin.params().contract()).isEqualTo(CLIENT.params().contract());
            assertThat(twin.id()).isNotEqualTo(CLIENT.id());
        }

        @Test
        void doNotLetWatchersOfOneBeShownToTheOther() {
            var twin = LEDGER.client(Headers.roots(
                    ANCHOR, ANCHOR.txsRoot(), ANCHOR.receiptsRoot(), Digests.sha256(Bytes.utf8("another state"))));
            var next = Ledger.next(twin.params().anchor().header(), FOUR);
            var borrowed = FiscoUpdate.of(
                    FOUR, List.of(next), LEDGER.seals(next, 0, 1, 2), LEDGER.corroborate(CLIENT, next, 0, 1, 2));
            assertThat(twin.update(twin.anchored(), borrowed.encode(), NOW).isAccepted())
                    .isFalse();
            var own = FiscoUpdate.of(
                    FOUR, List.of(next), LEDGER.seals(next, 0, 1, 2), LEDGER.corroborate(twin, next, 0, 1, 2));
            assertThat(twin.update(twin.anchored(), own.encode(), NOW).isAccepted())
                    .isTrue();
        }

        @Test
        void giveEachChainIdItsOwnHash() {
            assertThat(new ChainId("fisco:chain0-group0").hash())
                    .isNotEqualTo(new ChainId("fisco:chain0-group1").hash());
        }
    }

    @Nested
    class Bombs {
        private final FiscoUpdate one = Trust.update(Ledger.chain(ANCHOR, 1), 0, 1, 2);

        private Bytes with(int part, Rlp other) {
            var parts = new ArrayList<>(Rlp.decode(one.encode()).orElseThrow().items());
            parts.set(part, other);
            return Rlp.list(parts).encode();
        }

        @Test
        void ofTenThousandSealersAreNotLookedAt() {
            var ids = IntStream.range(0, 10_000)
                    .<Rlp>mapToObj(i -> Rlp.of(Bytes.concat(Bytes.of(new byte[60]), Bytes.u32(i))))
                    .toList();
            var set = Rlp.list(Rlp.list(ids), Rlp.list(Collections.nCopies(10_000, Rlp.of(1))));
            assertThat(CLIENT.update(ANCHORED, with(1, set), NOW)).isEqualTo(reject(new SetSizeOutOfRange(10_000)));
        }

        @Test
        void ofAThousandHeadersAreNotHashed() {
            var link = Rlp.decode(one.encode())
                    .orElseThrow()
                    .items()
                    .get(3)
                    .items()
                    .getFirst();
            assertThat(CLIENT.update(ANCHORED, with(3, Rlp.list(Collections.nCopies(1000, link))), NOW))
                    .isEqualTo(reject(new TooManyHeaders(1000, 64)));
        }

        @Test
        void ofSealsEndAtTheFirstOutOfOrder() {
            var seal = Rlp.decode(one.encode())
                    .orElseThrow()
                    .items()
                    .get(4)
                    .items()
                    .getFirst();
            assertThat(CLIENT.update(ANCHORED, with(4, Rlp.list(Collections.nCopies(12_000, seal))), NOW)
                            .isAccepted())
                    .isFalse();
        }
    }
}
