package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.fisco.Ledger.DRIFT_MS;
import static io.waybill.core.client.fisco.Ledger.FLOOR;
import static io.waybill.core.client.fisco.Ledger.PERIOD_MS;
import static io.waybill.core.client.fisco.Ledger.START_MS;
import static io.waybill.core.client.fisco.Ledger.SUITE;
import static io.waybill.core.client.fisco.Ledger.VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.ClientRejection.HeaderFromTheFuture;
import io.waybill.core.ClientRejection.TimeBeforeTrusted;
import io.waybill.core.ClientRejection.TrustedSetMismatch;
import io.waybill.core.ClientRejection.UnknownHeight;
import io.waybill.core.ClientRejection.UnknownTrustedHeight;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.FiscoRejection.MalformedGasUsed;
import io.waybill.core.FiscoRejection.NewSetUnused;
import io.waybill.core.FiscoRejection.NoDestinationWatcher;
import io.waybill.core.FiscoRejection.NoHeaders;
import io.waybill.core.FiscoRejection.SealIndexOutOfRange;
import io.waybill.core.FiscoRejection.SealerOutOfRange;
import io.waybill.core.FiscoRejection.SealerSignatureInvalid;
import io.waybill.core.FiscoRejection.SealsNotAscending;
import io.waybill.core.FiscoRejection.SetChangedTwice;
import io.waybill.core.FiscoRejection.TimeOutOfRange;
import io.waybill.core.FiscoRejection.TooFewWatchers;
import io.waybill.core.FiscoRejection.TooLittleTrustedWeight;
import io.waybill.core.FiscoRejection.TooLittleWeight;
import io.waybill.core.FiscoRejection.TooManyHeaders;
import io.waybill.core.FiscoRejection.VersionBelowFloor;
import io.waybill.core.FiscoRejection.VersionBelowParent;
import io.waybill.core.FiscoRejection.WatcherSignatureInvalid;
import io.waybill.core.FiscoRejection.WatcherUnknown;
import io.waybill.core.FiscoRejection.WatchersNotAscending;
import io.waybill.core.FiscoRejection.ZeroRoot;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.fisco.FiscoEventProof;
import io.waybill.core.proof.fisco.FiscoReceipt;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiscoClientTest {
    private static final long NOW = START_MS + 100_000;

    private final Ledger ledger = new Ledger(5, 4);
    private final SealerSet four = ledger.set(1L, 1L, 1L, 1L);
    private final FiscoHeader anchor = Ledger.anchor(four);
    private final FiscoClient client = ledger.client(anchor);
    private final ClientState anchored = client.anchored();

    private Verdict<ClientState> judge(FiscoUpdate update) {
        return client.update(anchored, update.encode(), NOW);
    }

    private Verdict<ClientState> judge(List<FiscoHeader> headers, long... sealing) {
        return judge(update(headers, sealing));
    }

    private FiscoUpdate update(List<FiscoHeader> headers, long... sealing) {
        var tip = headers.getLast();
        return FiscoUpdate.of(four, headers, ledger.seals(tip, sealing), ledger.corroborate(client, tip, 0, 1, 2));
    }

    private static ClientState believing(ClientState state, List<FiscoHeader> headers) {
        var grown = state;
        for (var header : headers) grown = grown.with(header.state(SUITE));
        return grown;
    }

    /// One header after the anchor that is changed, sealed and corroborated.
    private Verdict<ClientState> changed(UnaryOperator<FiscoHeader> change) {
        return judge(List.of(change.apply(Ledger.next(anchor, four))), 0, 1, 2);
    }

    @Nested
    class Update {
        @Test
        void believesEachHeaderOfAChainThatAQuorumSealedAndWatchersCorroborate() {
            var headers = Ledger.chain(anchor, 5);
            assertThat(judge(headers, 0, 1, 2)).isEqualTo(accept(believing(anchored, headers)));
        }

        @Test
        void changesNothingWhenAllIsKnown() {
            var headers = Ledger.chain(anchor, 5);
            var known = believing(anchored, headers);
            assertThat(client.update(known, update(headers, 0, 1, 2).encode(), NOW))
                    .isEqualTo(accept(known));
        }

        @Test
        void goesOnFromAnyHeaderItHolds() {
            var headers = Ledger.chain(anchor, 5);
            var known = believing(anchored, headers.subList(0, 3));
            var update = update(headers.subList(1, 5), 1, 2, 3);
            assertThat(client.update(known, update.encode(), NOW)).isEqualTo(accept(believing(anchored, headers)));
        }

        @Test
        void carriesOneTo64Headers() {
            var most = Ledger.chain(anchor, 64);
            assertThat(judge(most, 0, 1, 2)).isEqualTo(accept(believing(anchored, most)));
            assertThat(judge(Ledger.chain(anchor, 65), 0, 1, 2)).isEqualTo(reject(new TooManyHeaders(65, 64)));
            var none = new FiscoUpdate(10, four, null, List.of(), List.of(), List.of());
            assertThat(judge(none)).isEqualTo(reject(new NoHeaders()));
        }

        @Test
        void startsAtAHeightThatTheClientHolds() {
            var unknown = Ledger.chain(anchor, 2).subList(1, 2);
            assertThat(judge(unknown, 0, 1, 2)).isEqualTo(reject(new UnknownTrustedHeight(11)));
        }

        @Test
        void startsFromTheTrustedList() {
            var other = ledger.set(1L, 1L, 1L, 2L);
            var header = Ledger.next(anchor, other);
            var update = FiscoUpdate.of(
                    other,
                    List.of(header),
                    ledger.seals(header, 0, 1, 2, 3),
                    ledger.corroborate(client, header, 0, 1, 2));
            assertThat(judge(update)).isEqualTo(reject(new TrustedSetMismatch(four.setHash(), other.setHash())));
        }

        @Test
        void isRefusedByAClientThatIsNotActive() {
            var update = update(Ledger.chain(anchor, 1), 0, 1, 2).encode();
            assertThat(client.update(anchored, update, START_MS + PERIOD_MS - 1).isAccepted())
                    .isTrue();
            assertThat(client.update(anchored, update, START_MS + PERIOD_MS))
                    .isEqualTo(reject(new ClientNotActive(ClientStatus.EXPIRED)));
            assertThat(client.update(anchored.freeze(), update, NOW))
                    .isEqualTo(reject(new ClientNotActive(ClientStatus.FROZEN)));
        }

        @Test
        void isBoundToTheParentOfItsFirstHeader() {
            var other = Ledger.header(11, Digests.sha256(Bytes.utf8("another parent")), four, START_MS + 1000);
            assertThat(judge(List.of(other), 0, 1, 2)).isEqualTo(reject(new SealerSignatureInvalid(0)));
        }
    }

    @Nested
    class OfHeaders {
        @Test
        void haveAVersionFromTheFloorOn() {
            var low = Ledger.anchor(four);
            var client = ledger.client(Headers.version(low, FLOOR));
            var state = client.anchored();
            var next = Headers.version(Ledger.next(Headers.version(low, FLOOR), four), FLOOR);
            assertThat(client.update(state, update(client, next).encode(), NOW).isAccepted())
                    .isTrue();
            var below = Headers.version(next, FLOOR - 1);
            assertThat(client.update(state, update(client, below).encode(), NOW))
                    .isEqualTo(reject(new VersionBelowFloor(FLOOR - 1, FLOOR)));
        }

        private FiscoUpdate update(FiscoClient client, FiscoHeader tip) {
            return FiscoUpdate.of(
                    four, List.of(tip), ledger.seals(tip, 0, 1, 2), ledger.corroborate(client, tip, 0, 1, 2));
        }

        @Test
        void haveAVersionNotBelowTheirParents() {
            assertThat(changed(header -> Headers.version(header, VERSION + 1)).isAccepted())
                    .isTrue();
            assertThat(changed(header -> Headers.version(header, VERSION - 1)))
                    .isEqualTo(reject(new VersionBelowParent(VERSION - 1, VERSION)));
        }

        @Test
        void areNotOlderThanTheirParents() {
            assertThat(changed(header -> Headers.time(header, START_MS)).isAccepted())
                    .isTrue();
            assertThat(changed(header -> Headers.time(header, START_MS - 1)))
                    .isEqualTo(reject(new TimeBeforeTrusted(START_MS, START_MS - 1)));
        }

        @Test
        void areNotFromBeyondTheDrift() {
            assertThat(changed(header -> Headers.time(header, NOW + DRIFT_MS)).isAccepted())
                    .isTrue();
            assertThat(changed(header -> Headers.time(header, NOW + DRIFT_MS + 1)))
                    .isEqualTo(reject(new HeaderFromTheFuture(NOW + DRIFT_MS + 1, NOW + DRIFT_MS)));
        }

        @Test
        void keepTheGrammar() {
            var none = Bytes32.ZERO;
            assertThat(changed(h -> Headers.roots(h, none, h.receiptsRoot(), h.stateRoot())))
                    .isEqualTo(reject(new ZeroRoot("txsRoot")));
            assertThat(changed(h -> Headers.roots(h, h.txsRoot(), none, h.stateRoot())))
                    .isEqualTo(reject(new ZeroRoot("receiptsRoot")));
            assertThat(changed(h -> Headers.roots(h, h.txsRoot(), h.receiptsRoot(), none))
                            .isAccepted())
                    .isTrue();
            assertThat(changed(h -> Headers.gas(h, "021000"))).isEqualTo(reject(new MalformedGasUsed()));
            assertThat(changed(h -> Headers.time(h, 1L << 48))).isEqualTo(reject(new TimeOutOfRange(1L << 48)));
            assertThat(changed(h -> Headers.sealer(h, 3)).isAccepted()).isTrue();
            assertThat(changed(h -> Headers.sealer(h, 4))).isEqualTo(reject(new SealerOutOfRange(4, 4)));
        }
    }

    @Nested
    class Seals {
        private final List<FiscoHeader> headers = Ledger.chain(anchor, 1);
        private final FiscoHeader tip = headers.getLast();

        private Verdict<ClientState> sealed(List<Seal> seals) {
            return judge(FiscoUpdate.of(four, headers, seals, ledger.corroborate(client, tip, 0, 1, 2)));
        }

        @Test
        void makeAQuorum() {
            assertThat(judge(headers, 0, 1, 2).isAccepted()).isTrue();
            assertThat(judge(headers, 0, 3)).isEqualTo(reject(new TooLittleWeight(2, 3)));
            assertThat(judge(headers)).isEqualTo(reject(new TooLittleWeight(0, 3)));
        }

        @Test
        void countByWeight() {
            var weighed = ledger.set(1L, 1L, 1L, 10L);
            var heavy = Ledger.anchor(weighed);
            var client = ledger.client(heavy);
            var next = Ledger.next(heavy, weighed);
            var watched = ledger.corroborate(client, next, 0, 1, 2);
            var light = FiscoUpdate.of(weighed, List.of(next), ledger.seals(next, 0, 1, 2), watched);
            assertThat(client.update(client.anchored(), light.encode(), NOW))
                    .isEqualTo(reject(new TooLittleWeight(3, 9)));
            var one = FiscoUpdate.of(weighed, List.of(next), ledger.seals(next, 3), watched);
            assertThat(client.update(client.anchored(), one.encode(), NOW).isAccepted())
                    .isTrue();
        }

        @Test
        void countEachSealerOnce() {
            assertThat(sealed(ledger.seals(tip, 0, 0, 1))).isEqualTo(reject(new SealsNotAscending(0)));
            assertThat(sealed(ledger.seals(tip, 1, 0, 2))).isEqualTo(reject(new SealsNotAscending(0)));
        }

        @Test
        void areOfSealersInTheList() {
            var stranger = new Seal(4, KeyPair.named("sealer/4").sign(tip.hash(SUITE)));
            var seals = new ArrayList<>(ledger.seals(tip, 0, 1, 2));
            seals.add(stranger);
            assertThat(sealed(seals)).isEqualTo(reject(new SealIndexOutOfRange(4)));
        }

        @Test
        void areAllValidEvenBeyondTheQuorum() {
            var seals = new ArrayList<>(ledger.seals(tip, 0, 1, 2));
            seals.add(new Seal(3, seals.getFirst().signature()));
            assertThat(sealed(seals)).isEqualTo(reject(new SealerSignatureInvalid(3)));
        }

        @Test
        void haveNoOctetTooManyOrTooFew() {
            var seals = ledger.seals(tip, 0, 1, 2);
            var last = seals.get(2).signature();
            for (var other : List.of(last.slice(0, 64), Bytes.concat(last, Bytes.of(0)), Bytes.EMPTY)) {
                assertThat(sealed(List.of(seals.get(0), seals.get(1), new Seal(2, other))))
                        .isEqualTo(reject(new SealerSignatureInvalid(2)));
            }
        }
    }

    @Nested
    class SetChanges {
        private final SealerSet three = ledger.set(List.of(0, 1, 2), List.of(1L, 1L, 1L));
        private final SealerSet five = ledger.set(List.of(0, 1, 2, 3, 4), List.of(1L, 1L, 1L, 1L, 3L));

        private List<FiscoHeader> through(SealerSet... sets) {
            var headers = new ArrayList<FiscoHeader>();
            var last = anchor;
            for (var set : sets) {
                last = Ledger.next(last, set);
                headers.add(last);
            }
            return headers;
        }

        @Test
        void areBelievedWhenTheOldQuorumVouches() {
            var headers = through(four, three);
            assertThat(judge(headers, 0, 1, 2)).isEqualTo(accept(believing(anchored, headers)));
        }

        @Test
        void needTheOldQuorumAmongTheSigners() {
            var headers = through(five);
            assertThat(judge(headers, 0, 1, 4)).isEqualTo(reject(new TooLittleTrustedWeight(2, 3)));
            assertThat(judge(headers, 0, 1, 2, 4)).isEqualTo(accept(believing(anchored, headers)));
        }

        @Test
        void needTheirOwnQuorumToo() {
            var headers = through(five);
            assertThat(five.quorum()).isEqualTo(5);
            assertThat(judge(headers, 0, 1, 2, 3)).isEqualTo(reject(new TooLittleWeight(4, 5)));
        }

        @Test
        void mayBeVouchedForByALaterHeader() {
            var headers = through(four, five, five);
            assertThat(judge(headers.subList(0, 2), 0, 1, 4)).isEqualTo(reject(new TooLittleTrustedWeight(2, 3)));
            assertThat(judge(headers, 0, 1, 2, 4)).isEqualTo(accept(believing(anchored, headers)));
        }

        @Test
        void countTheOldMembersByTheirOldWeights() {
            var weighed = ledger.set(1L, 1L, 1L, 10L);
            var heavy = Ledger.anchor(weighed);
            var client = ledger.client(heavy);
            var next = Ledger.next(heavy, four);
            var watched = ledger.corroborate(client, next, 0, 1, 2);
            var light = FiscoUpdate.of(weighed, List.of(next), ledger.seals(next, 0, 1, 2), watched);
            assertThat(client.update(client.anchored(), light.encode(), NOW))
                    .isEqualTo(reject(new TooLittleTrustedWeight(3, 9)));
            var all = FiscoUpdate.of(weighed, List.of(next), ledger.seals(next, 0, 1, 3), watched);
            assertThat(client.update(client.anchored(), all.encode(), NOW).isAccepted())
                    .isTrue();
        }

        @Test
        void happenAtMostOnceInAnUpdate() {
            var back = through(three, four);
            assertThat(judge(back, 0, 1, 2)).isEqualTo(reject(new SetChangedTwice()));
        }

        @Test
        void areNotAnnouncedInVain() {
            var plain = update(Ledger.chain(anchor, 2), 0, 1, 2);
            var idle = new FiscoUpdate(10, four, three, plain.headers(), plain.seals(), plain.watcherSignatures());
            assertThat(judge(idle)).isEqualTo(reject(new NewSetUnused()));
            var same = new FiscoUpdate(10, four, four, plain.headers(), plain.seals(), plain.watcherSignatures());
            assertThat(judge(same)).isEqualTo(reject(new MalformedUpdate("newSet")));
        }

        @Test
        void areNotNamedWithoutTheList() {
            var headers = update(through(three), 0, 1, 2);
            var absent =
                    new FiscoUpdate(10, four, null, headers.headers(), headers.seals(), headers.watcherSignatures());
            assertThat(judge(absent)).isEqualTo(reject(new MalformedUpdate("which")));
        }
    }

    @Nested
    class Corroboration {
        private final List<FiscoHeader> headers = Ledger.chain(anchor, 2);
        private final FiscoHeader tip = headers.getLast();

        private Verdict<ClientState> watched(List<Bytes> signatures) {
            return judge(FiscoUpdate.of(four, headers, ledger.seals(tip, 0, 1, 2), signatures));
        }

        private List<Bytes> by(int... places) {
            return ledger.corroborate(client, tip, places);
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
            var digest = WatcherDigest.of(client.params().verifier(), tip.number(), tip.hash(SUITE));
            var signers = Stream.concat(ledger.watchers().stream(), Stream.of(stranger))
                    .sorted(java.util.Comparator.comparing(KeyPair::address))
                    .map(key -> key.sign(digest))
                    .toList();
            assertThat(watched(signers)).isEqualTo(reject(new WatcherUnknown(stranger.address())));
        }

        @Test
        void isBoundToChainContractClientHeightAndHash() {
            var ours = client.params().verifier();
            var hash = tip.hash(SUITE);
            var digests = List.of(
                    WatcherDigest.of(new ClientRef(Ledger.CHAIN, ours.contract(), ours.id()), 12, hash),
                    WatcherDigest.of(new ClientRef(ours.chain(), Address.ZERO, ours.id()), 12, hash),
                    WatcherDigest.of(
                            new ClientRef(
                                    ours.chain(),
                                    ours.contract(),
                                    ledger.client(tip).id()),
                            12,
                            hash),
                    WatcherDigest.of(ours, 13, hash),
                    WatcherDigest.of(ours, 12, headers.getFirst().hash(SUITE)),
                    hash);
            assertThat(WatcherDigest.of(ours, 12, hash)).isNotIn(digests);
            for (var digest : digests) {
                var signatures =
                        ledger.watchers().stream().map(key -> key.sign(digest)).toList();
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
            assertThat(judge(FiscoUpdate.of(four, headers, List.of(), by(0, 1, 2, 3))))
                    .isEqualTo(reject(new TooLittleWeight(0, 3)));
        }

        @Test
        void hasAtLeastThreeWatchersAndOneOfTheDestination() {
            var all = ledger.watchers().stream().map(KeyPair::address).toList();
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
        private final List<FiscoHeader> headers = Ledger.chain(anchor, 3);
        private final ClientState known = believing(anchored, headers);
        private final FiscoHeader other = Headers.gas(headers.get(0), "21001");

        @Test
        void freezesTheClientWhenAHeaderOfAKnownHeightDiffers() {
            var update = update(List.of(other), 1, 2, 3).encode();
            assertThat(client.update(known, update, NOW)).isEqualTo(accept(known.freeze()));
        }

        @Test
        void freezesAtTheFirstThatDiffersAndBelievesNoneAfterIt() {
            var branch = List.of(other, Ledger.next(other, four), Ledger.next(Ledger.next(other, four), four));
            var longer = new ArrayList<>(branch);
            longer.add(Ledger.next(branch.getLast(), four));
            assertThat(client.update(known, update(longer, 1, 2, 3).encode(), NOW))
                    .isEqualTo(accept(known.freeze()));
        }

        @Test
        void isNotShownByOneFaultySealerNorByWatchersAlone() {
            assertThat(client.update(known, update(List.of(other), 1).encode(), NOW))
                    .isEqualTo(reject(new TooLittleWeight(1, 3)));
            var unwatched = FiscoUpdate.of(four, List.of(other), ledger.seals(other, 0, 1, 2), List.of());
            assertThat(client.update(known, unwatched.encode(), NOW)).isEqualTo(reject(new TooFewWatchers(0, 3)));
        }
    }

    @Nested
    class Wire {
        private final SealerSet three = ledger.set(List.of(0, 1, 2), List.of(1L, 1L, 1L));
        private final FiscoHeader first = Ledger.next(anchor, four);
        private final FiscoUpdate update = update(List.of(first, Ledger.next(first, three)), 0, 1, 2);

        @Test
        void isReadBack() {
            assertThat(FiscoUpdate.decode(update.encode())).isEqualTo(accept(update));
        }

        @Test
        void isRefusedWhicheverOctetOfItChanges() {
            var octets = update.encode();
            for (int at = 0; at < octets.size(); at++) {
                var changed = octets.with(at, octets.at(at) ^ 1);
                assertThat(client.update(anchored, changed, NOW))
                        .as("octet %d", at)
                        .isInstanceOf(Verdict.Rejected.class);
            }
        }

        @Test
        void isRefusedWhereverItIsCutAndWhateverFollows() {
            var octets = update.encode();
            for (int at = 0; at < octets.size(); at++) {
                assertThat(client.update(anchored, octets.slice(0, at), NOW)).isInstanceOf(Verdict.Rejected.class);
            }
            assertThat(client.update(anchored, Bytes.concat(octets, Bytes.of(0)), NOW))
                    .isInstanceOf(Verdict.Rejected.class);
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
        void isJudgedWithoutFailingWhateverIsSplicedIntoIt(long seed) {
            var random = new Random(seed);
            var octets = update.encode();
            for (int round = 0; round < 200; round++) {
                int at = random.nextInt(octets.size());
                int to = at + random.nextInt(octets.size() - at);
                var noise = new byte[random.nextInt(40)];
                random.nextBytes(noise);
                var spliced = Bytes.concat(octets.slice(0, at), Bytes.of(noise), octets.slice(to, octets.size()));
                if (spliced.equals(octets)) continue;
                assertThat(client.update(anchored, spliced, NOW)).isInstanceOf(Verdict.Rejected.class);
            }
        }

        @Test
        void ofAnAnchorIsReadBack() {
            assertThat(FiscoAnchor.decode(new FiscoAnchor(anchor).encode())).isEqualTo(accept(new FiscoAnchor(anchor)));
        }
    }

    @Nested
    class VerifyCheckpoint {
        private final Address outbox = Address.hex("6849f21d1e455e9f0712b1e99fa4fcd23758e8f1");
        private final LaneId lane = new LaneId(Digests.sha256(Bytes.utf8("lane")));
        private final Bytes32 root = Digests.sha256(Bytes.utf8("root"));
        private final FiscoReceipt receipt = FiscoReceipt.plain(
                "31234",
                "e16469be7721563d4d6a703932058d12ca2ca94c",
                0,
                Bytes.EMPTY,
                List.of(new FiscoReceipt.Log(
                        outbox.toHex().substring(2),
                        List.of(LogRole.PACKETS.topic(), lane.value()),
                        Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(3), root.value()))),
                11);
        private final Bytes proof = FiscoEventProof.of(SUITE, receipt, List.of(receipt.hash(SUITE)), 0)
                .encode();

        private ClientState state() {
            var plain = Ledger.next(anchor, four);
            var header = Headers.roots(plain, plain.txsRoot(), receipt.hash(SUITE), plain.stateRoot());
            return judge(List.of(header), 0, 1, 2).orElseThrow();
        }

        @Test
        void findsTheCheckpointInABelievedBlock() {
            assertThat(client.verifyCheckpoint(state(), outbox, LogRole.PACKETS, lane, 11, proof))
                    .isEqualTo(accept(new Checkpoint(lane, 3, root)));
        }

        @Test
        void refusesAHeightThatTheClientDoesNotHold() {
            assertThat(client.verifyCheckpoint(state(), outbox, LogRole.PACKETS, lane, 12, proof))
                    .isEqualTo(reject(new UnknownHeight(12)));
        }
    }

    /// The real captured chain, corroborated by watchers of ours.
    @Nested
    class OfARealChain {
        private final List<FiscoVectors.Block> blocks = FiscoVectors.chain("std");
        private final FiscoClient real = ledger.client(blocks.getFirst().header());
        private final long now = blocks.getLast().header().timeMs() + 1;

        private Verdict<ClientState> carry(ClientState state, int from, int to) {
            var tip = blocks.get(to - 1);
            var headers = blocks.subList(from, to).stream()
                    .map(FiscoVectors.Block::header)
                    .toList();
            var trusted = blocks.get(from - 1).header().sealers();
            var update = FiscoUpdate.of(trusted, headers, tip.seals(), ledger.corroborate(real, tip.header(), 0, 1, 2));
            return real.update(state, update.encode(), now);
        }

        @Test
        void isBelievedToItsEndOneHeaderAtATime() {
            var state = real.anchored();
            for (int height = 2; height <= 26; height++) {
                state = carry(state, height - 1, height).orElseThrow();
                assertThat(state.latest().hash())
                        .isEqualTo(blocks.get(height - 1).hash());
            }
        }

        @Test
        void isBelievedInSpansWithOneChangeEach() {
            var state = real.anchored();
            for (var span : List.of(List.of(1, 16), List.of(16, 17), List.of(17, 19), List.of(19, 26))) {
                state = carry(state, span.get(0), span.get(1)).orElseThrow();
            }
            assertThat(state.history()).hasSize(26);
        }

        @Test
        void isNotForgedByALyingLeaderWithoutWatchers() {
            var state = real.anchored();
            for (int height = 2; height <= 23; height++)
                state = carry(state, height - 1, height).orElseThrow();
            var forged =
                    FiscoVectors.read("std/byzantine_leader_forged_header.json").get("forged_header");
            var header = FiscoVectors.header(forged);
            var update = FiscoUpdate.of(
                    blocks.get(22).header().sealers(), List.of(header), FiscoVectors.seals(forged), List.of());
            assertThat(real.update(state, update.encode(), now)).isEqualTo(reject(new TooFewWatchers(0, 3)));
            var watched = new FiscoUpdate(
                    23,
                    blocks.get(22).header().sealers(),
                    null,
                    update.headers(),
                    update.seals(),
                    ledger.corroborate(real, header, 0, 1, 2));
            var believed = carry(state, 23, 24).orElseThrow();
            assertThat(real.update(believed, watched.encode(), now)).isEqualTo(accept(believed.freeze()));
        }
    }
}
