package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.fisco.Ledger.SUITE;
import static io.waybill.core.client.fisco.Trust.ANCHOR;
import static io.waybill.core.client.fisco.Trust.ANCHORED;
import static io.waybill.core.client.fisco.Trust.CLIENT;
import static io.waybill.core.client.fisco.Trust.FOUR;
import static io.waybill.core.client.fisco.Trust.LEDGER;
import static io.waybill.core.client.fisco.Trust.NOW;
import static io.waybill.core.client.fisco.Trust.believing;
import static io.waybill.core.client.fisco.Trust.judge;
import static io.waybill.core.client.fisco.Trust.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.FiscoRejection.NoConflict;
import io.waybill.core.FiscoRejection.NoDestinationWatcher;
import io.waybill.core.FiscoRejection.TooFewWatchers;
import io.waybill.core.FiscoRejection.TooLittleWeight;
import io.waybill.core.FiscoRejection.WatcherSignatureInvalid;
import io.waybill.core.FiscoRejection.WatcherUnknown;
import io.waybill.core.FiscoRejection.WatchersNotAscending;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.port.ClientRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CorroborationTest {
    @Nested
    class Corroboration {
        private final List<FiscoHeader> headers = Ledger.chain(ANCHOR, 2);
        private final FiscoHeader tip = headers.getLast();

        private Verdict<ClientState> watched(List<Bytes> signatures) {
            return judge(FiscoUpdate.of(FOUR, headers, LEDGER.seals(tip, 0, 1, 2), signatures));
        }

        private List<Bytes> by(int... places) {
            return LEDGER.corroborate(CLIENT, tip, places);
        }

        @Test
        void takesMoreThanHalfOfTheWatchers() {
            assertThat(watched(by(0, 1, 2)).isAccepted()).isTrue();
            assertThat(watched(by(0, 1))).isEqualTo(reject(new TooFewWatchers(2, 3)));
            assertThat(watched(List.of())).isEqualTo(reject(new TooFewWatchers(0, 3)));
        }

        @Test
        void takesOneThatTheDestinationNamed() {
            assertThat(watched(by(0, 2, 3)).isAccepted()).isTrue();
            assertThat(watched(by(1, 2, 3))).isEqualTo(reject(new NoDestinationWatcher()));
        }

        @Test
        void countsEachWatcherOnce() {
            assertThat(watched(by(0, 0, 1))).isEqualTo(reject(new WatchersNotAscending(1)));
            assertThat(watched(by(1, 0, 2))).isEqualTo(reject(new WatchersNotAscending(1)));
        }

        @Test
        void isByWatchersOfThisClientOnly() {
            var stranger = KeyPair.named("stranger");
            var digest = WatcherDigest.of(CLIENT.params().verifier(), tip.number(), tip.hash(SUITE));
            var signers = Stream.concat(LEDGER.watchers().stream(), Stream.of(stranger))
                    .sorted(java.util.Comparator.comparing(KeyPair::address))
                    .map(key -> key.sign(digest))
                    .toList();
            assertThat(watched(signers)).isEqualTo(reject(new WatcherUnknown(stranger.address())));
        }

        @Test
        void isBoundToChainContractClientHeightAndHash() {
            var ours = CLIENT.params().verifier();
            var hash = tip.hash(SUITE);
            var digests = List.of(
                    WatcherDigest.of(new ClientRef(Ledger.CHAIN, ours.contract(), ours.id()), 12, hash),
                    WatcherDigest.of(new ClientRef(ours.chain(), Address.ZERO, ours.id()), 12, hash),
                    WatcherDigest.of(
                            new ClientRef(
                                    ours.chain(),
                                    ours.contract(),
                                    LEDGER.client(tip).id()),
                            12,
                            hash),
                    WatcherDigest.of(ours, 13, hash),
                    WatcherDigest.of(ours, 12, headers.getFirst().hash(SUITE)),
                    hash);
            assertThat(WatcherDigest.of(ours, 12, hash)).isNotIn(digests);
            for (var digest : digests) {
                var signatures =
                        LEDGER.watchers().stream().map(key -> key.sign(digest)).toList();
                assertThat(watched(signatures)).isInstanceOf(Verdict.Rejected.class);
            }
        }

        @Test
        void isNotByAHighSignatureOrOneThatNoKeyMade() {
            var order = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
            var low = by(0, 1, 2).get(1);
            var s = new BigInteger(1, low.slice(32, 64).toArray());
            var high = Bytes.concat(
                    low.slice(0, 32), Bytes.hex("%064x".formatted(order.subtract(s))), Bytes.of(1 - low.at(64)));
            for (var bad : List.of(high, low.slice(0, 64), low.with(64, 27), Bytes.of(new byte[65]))) {
                assertThat(watched(List.of(by(0).getFirst(), bad, by(2).getFirst())))
                        .isEqualTo(reject(new WatcherSignatureInvalid(1)));
            }
        }

        @Test
        void aloneMovesNothingWithoutSeals() {
            assertThat(judge(FiscoUpdate.of(FOUR, headers, List.of(), by(0, 1, 2, 3))))
                    .isEqualTo(reject(new TooLittleWeight(0, 3)));
        }

        @Test
        void isBySignersWhoDoNotSeal() {
            var all = Stream.concat(LEDGER.watchers().stream().skip(1), Stream.of(KeyPair.named("sealer/2")))
                    .map(KeyPair::address)
                    .sorted()
                    .toList();
            var given = CLIENT.params();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new FiscoParams(
                            given.chain(),
                            given.kind(),
                            given.verifyingChain(),
                            given.contract(),
                            new Watchers(all, Set.of(all.getFirst())),
                            given.versionFloor(),
                            given.trustingPeriodMs(),
                            given.maxClockDriftMs(),
                            given.anchor()))
                    .withMessageContaining("expected no key of a sealer");
        }

        @Test
        void hasAtLeastThreeWatchersAndOneOfTheDestination() {
            var all = LEDGER.watchers().stream().map(KeyPair::address).toList();
            assertThat(new Watchers(all.subList(0, 3), Set.of(all.getFirst())).needed())
                    .isEqualTo(2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Watchers(all.subList(0, 2), Set.of(all.getFirst())));
            assertThatIllegalArgumentException().isThrownBy(() -> new Watchers(all, Set.of()));
            assertThatIllegalArgumentException().isThrownBy(() -> new Watchers(all, Set.of(Address.ZERO)));
            assertThatIllegalArgumentException().isThrownBy(() -> new Watchers(all.reversed(), Set.copyOf(all)));
        }
    }

    @Nested
    class Misbehaviour {
        private final List<FiscoHeader> headers = Ledger.chain(ANCHOR, 3);
        private final ClientState known = believing(ANCHORED, headers);
        private final FiscoHeader other = Headers.gas(headers.get(0), "21001");

        @Test
        void freezesTheClientWhenAHeaderOfAKnownHeightDiffers() {
            var update = update(List.of(other), 1, 2, 3).encode();
            assertThat(CLIENT.update(known, update, NOW)).isEqualTo(accept(known.freeze()));
        }

        @Test
        void freezesAtTheFirstThatDiffersAndBelievesNoneAfterIt() {
            var branch = List.of(other, Ledger.next(other, FOUR), Ledger.next(Ledger.next(other, FOUR), FOUR));
            var longer = new ArrayList<>(branch);
            longer.add(Ledger.next(branch.getLast(), FOUR));
            assertThat(CLIENT.update(known, update(longer, 1, 2, 3).encode(), NOW))
                    .isEqualTo(accept(known.freeze()));
        }

        @Test
        void freezesAtEveryHeightThatWasBelievedAsOneOfMany() {
            for (int i = 0; i < headers.size(); i++) {
                var trusted = headers.subList(0, i);
                var differs = Headers.gas(headers.get(i), "21001");
                var update = update(List.of(differs), 0, 1, 2).encode();
                assertThat(CLIENT.update(known, update, NOW))
                        .as("header %d of %d", i, trusted.size())
                        .isEqualTo(accept(known.freeze()));
                assertThat(CLIENT.update(believing(ANCHORED, trusted), update, NOW))
                        .isEqualTo(accept(believing(believing(ANCHORED, trusted), List.of(differs))));
            }
        }

        @Test
        void isShownByTwoUpdatesOfWhichNeitherIsBelieved() {
            var one = update(headers, 0, 1, 2).encode();
            var two = update(List.of(headers.getFirst(), Headers.gas(headers.get(1), "21001")), 0, 1, 2)
                    .encode();
            assertThat(CLIENT.submitMisbehaviour(ANCHORED, one, two, NOW)).isEqualTo(accept(ANCHORED.freeze()));
            assertThat(CLIENT.submitMisbehaviour(ANCHORED, two, one, NOW)).isEqualTo(accept(ANCHORED.freeze()));
            assertThat(CLIENT.submitMisbehaviour(ANCHORED, one, one, NOW)).isEqualTo(reject(new NoConflict(13)));
            var prefix = update(headers.subList(0, 2), 0, 1, 2).encode();
            assertThat(CLIENT.submitMisbehaviour(ANCHORED, one, prefix, NOW)).isEqualTo(reject(new NoConflict(12)));
        }

        @Test
        void isShownByTwoUpdatesOnlyIfBothMeetAllConditions() {
            var good = update(headers, 0, 1, 2).encode();
            var unwatched = FiscoUpdate.of(FOUR, List.of(other), LEDGER.seals(other, 0, 1, 2), List.of());
            assertThat(CLIENT.submitMisbehaviour(ANCHORED, good, unwatched.encode(), NOW))
                    .isEqualTo(reject(new TooFewWatchers(0, 3)));
            assertThat(CLIENT.submitMisbehaviour(ANCHORED, unwatched.encode(), good, NOW))
                    .isEqualTo(reject(new TooFewWatchers(0, 3)));
            assertThat(CLIENT.submitMisbehaviour(
                            ANCHORED, good, update(List.of(other), 1).encode(), NOW))
                    .isEqualTo(reject(new TooLittleWeight(1, 3)));
            assertThat(CLIENT.submitMisbehaviour(ANCHORED.freeze(), good, good, NOW))
                    .isEqualTo(reject(new ClientNotActive(ClientStatus.FROZEN)));
        }

        @Test
        void isNotShownByOneFaultySealerNorByWatchersAlone() {
            assertThat(CLIENT.update(known, update(List.of(other), 1).encode(), NOW))
                    .isEqualTo(reject(new TooLittleWeight(1, 3)));
            var unwatched = FiscoUpdate.of(FOUR, List.of(other), LEDGER.seals(other, 0, 1, 2), List.of());
            assertThat(CLIENT.update(known, unwatched.encode(), NOW)).isEqualTo(reject(new TooFewWatchers(0, 3)));
        }
    }
}
