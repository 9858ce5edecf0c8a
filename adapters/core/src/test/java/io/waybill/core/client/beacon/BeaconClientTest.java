package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.beacon.SyntheticBeacon.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.ClientRejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ConsensusState;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BeaconClientTest {
    private static Follower at(long slot) {
        return new Follower(CHAIN, SyntheticBeacon.bootstrap(slot));
    }

    private static Verdict<ClientState> judged(Follower follower, SyncStore trusted, LightClientUpdate update) {
        return follower.client.update(
                follower.state, follower.shown(trusted, update).encode(), follower.time(update));
    }

    @Nested
    class Anchor {
        @Test
        void isTheHeaderWhoseRootAnOperatorPins() {
            var bootstrap = SyntheticBeacon.bootstrap(40);
            var state = Follower.client(CHAIN, bootstrap).anchor(bootstrap).orElseThrow();
            var header = bootstrap.header();
            assertThat(state)
                    .isEqualTo(ClientState.anchoredAt(new ConsensusState(
                            40,
                            header.beacon().root(),
                            header.blockHash(),
                            CHAIN.timeMs(40),
                            new SyncStore(40, SyntheticBeacon.committee(0).root(), Bytes32.ZERO).setHash(),
                            3)));
        }

        @Test
        void ofAnotherRootIsRefused() {
            var pinned = SyntheticBeacon.bootstrap(40);
            var other = SyntheticBeacon.bootstrap(41);
            assertThat(Follower.client(CHAIN, pinned).anchor(other))
                    .isEqualTo(reject(new BeaconRejection.AnchorRootMismatch(
                            pinned.header().beacon().root(),
                            other.header().beacon().root())));
        }

        @Test
        void holdsTheCommitteeInItsState() {
            var bootstrap = SyntheticBeacon.bootstrap(40);
            var other = new LightClientBootstrap(
                    bootstrap.header(),
                    new InState<>(
                            SyntheticBeacon.committee(1), bootstrap.current().branch()));
            assertThat(Follower.client(CHAIN, other).anchor(other))
                    .isEqualTo(reject(new BeaconRejection.CommitteeBranchInvalid(40)));
        }

        @Test
        void beforeCapellaNamesNoExecutionBlock() {
            var state = at(20).state.latest();
            assertThat(state.receiptsRoot()).isEqualTo(Bytes32.ZERO);
            assertThat(state.timeMs()).isEqualTo(CHAIN.timeMs(20));
            assertThat(state.version()).isEqualTo(2);
        }

        @Test
        void namesTheClientWithItsChainAndRoot() {
            var bootstrap = SyntheticBeacon.bootstrap(40);
            var client = Follower.client(CHAIN, bootstrap);
            assertThat(client.id())
                    .isEqualTo(ClientId.of(
                            new ChainId("eip155:1"),
                            ClientKind.BEACON,
                            40,
                            bootstrap.header().beacon().root()));
            assertThat(client.kind()).isEqualTo(ClientKind.BEACON);
        }

        @Test
        void atGenesisIsImpossible() {
            var genesis = SyntheticBeacon.bootstrap(0);
            assertThatThrownBy(() -> Follower.client(CHAIN, genesis)).hasMessage("anchor slot: expected ≥ 1, got 0");
            assertThat(genesis.check(CHAIN)).isEqualTo(reject(new BeaconRejection.NotFinalised()));
        }
    }

    @Nested
    class History {
        @Test
        void holdsFinalisedHeadersNeverAttestedOnes() {
            var update = Draft.of(80, 72).update();
            var follower = at(64).follow(update);
            assertThat(follower.state.history()).containsOnlyKeys(64L, 72L);
            assertThat(follower.state.latest().hash())
                    .isEqualTo(update.finalised().value().beacon().root())
                    .isNotEqualTo(update.attested().beacon().root());
        }

        @Test
        void walksOverPeriodsOneAfterAnother() {
            var follower = at(16).follow(Draft.of(40, 32).bringsNext().update())
                    .follow(Draft.of(100, 88).bringsNext().update())
                    .follow(Draft.of(170, 160).bringsNext().update())
                    .follow(Draft.of(230, 224).update());
            assertThat(follower.state.history()).containsOnlyKeys(16L, 32L, 88L, 160L, 224L);
            assertThat(follower.state.latest().version()).isEqualTo(6);
        }

        @Test
        void learnsTheNextCommitteeAtTheSameHeader() {
            var follower = at(64).follow(Draft.of(80, 72).update());
            var before = follower.state.latest();
            var learning = Draft.of(82, 72).bringsNext().update();
            follower.follow(learning);
            assertThat(follower.state.history()).hasSize(2);
            assertThat(follower.state.latest().hash()).isEqualTo(before.hash());
            assertThat(follower.state.latest().setHash())
                    .isEqualTo(new SyncStore(
                                    72,
                                    SyntheticBeacon.committee(1).root(),
                                    SyntheticBeacon.committee(2).root())
                            .setHash());
        }

        @Test
        void keepsTheNextCommitteeWhenAnUpdateDoesNotBringIt() {
            var follower = at(64);
            var anchor = follower.latest();
            follower.follow(Draft.of(80, 72).bringsNext().update());
            var verdict = judged(follower, anchor, Draft.of(82, 72).update());
            assertThat(verdict).isEqualTo(accept(follower.state));
        }

        @Test
        void fillsUpBetweenTwoHeaders() {
            var follower = at(64);
            var anchor = follower.latest();
            follower.follow(Draft.of(100, 88).update());
            var verdict = judged(follower, anchor, Draft.of(84, 72).update());
            assertThat(verdict.orElseThrow().history()).containsOnlyKeys(64L, 72L, 88L);
        }

        @Test
        void isNotChangedByAHeaderThatIsNoNewer() {
            var follower = at(72);
            assertThat(follower.judge(Draft.of(80, 64).update())).isEqualTo(accept(follower.state));
        }
    }

    @Nested
    class Trust {
        private final Follower follower = at(64);
        private final LightClientUpdate update = Draft.of(80, 72).update();

        private Verdict<ClientState> judged(BeaconUpdate shown) {
            return follower.client.update(follower.state, shown.encode(), follower.time(update));
        }

        @Test
        void comesFromAHeaderThatIsHeld() {
            var unknown = new SyncStore(65, follower.latest().current(), Bytes32.ZERO);
            assertThat(judged(new BeaconUpdate(unknown, SyntheticBeacon.committee(1), update)))
                    .isEqualTo(reject(new ClientRejection.UnknownTrustedHeight(65)));
        }

        @Test
        void doesNotComeFromCommitteesThatTheUpdateNamesItself() {
            var own = new SyncStore(64, SyntheticBeacon.committee(9).root(), Bytes32.ZERO);
            assertThat(judged(new BeaconUpdate(own, SyntheticBeacon.committee(9), update)))
                    .isEqualTo(reject(new ClientRejection.TrustedSetMismatch(
                            follower.latest().setHash(), own.setHash())));
        }

        @Test
        void doesNotComeFromANextCommitteeThatNoUpdateVerified() {
            var store = follower.latest();
            var invented = new SyncStore(
                    64, store.current(), SyntheticBeacon.committee(9).root());
            var next = Draft.of(140, 128).signedBy(9).update();
            assertThat(judged(new BeaconUpdate(invented, SyntheticBeacon.committee(9), next)))
                    .isEqualTo(reject(new ClientRejection.TrustedSetMismatch(store.setHash(), invented.setHash())));
        }

        @Test
        void doesNotComeFromACommitteeThatIsShownInPlaceOfTheTrustedOne() {
            assertThat(judged(new BeaconUpdate(follower.latest(), SyntheticBeacon.committee(9), update)))
                    .isEqualTo(reject(new ClientRejection.TrustedSetMismatch(
                            follower.latest().current(),
                            SyntheticBeacon.committee(9).root())));
        }

        @Test
        void endsWithTheTrustingPeriod() {
            long ends = CHAIN.timeMs(64) + Follower.TRUSTING_PERIOD_MS;
            var octets = follower.shown(update).encode();
            assertThat(follower.client.status(follower.state, ends - 1)).isEqualTo(ClientStatus.ACTIVE);
            assertThat(follower.client.update(follower.state, octets, ends - 1).isAccepted())
                    .isTrue();
            assertThat(follower.client.update(follower.state, octets, ends))
                    .isEqualTo(reject(new ClientRejection.ClientNotActive(ClientStatus.EXPIRED)));
        }

        @Test
        void endsForEachHeaderByItself() {
            var anchor = follower.latest();
            follower.follow(update);
            long ends = CHAIN.timeMs(64) + Follower.TRUSTING_PERIOD_MS;
            var octets = follower.shown(anchor, Draft.of(90, 80).update()).encode();
            assertThat(follower.client.update(follower.state, octets, ends))
                    .isEqualTo(reject(new ClientRejection.TrustingPeriodExpired(CHAIN.timeMs(64), ends)));
        }

        @Test
        void allowsForADriftOfTheClock() {
            long earliest = CHAIN.timeMs(81) - Follower.DRIFT_MS;
            var octets = follower.shown(update).encode();
            assertThat(follower.client.update(follower.state, octets, earliest).isAccepted())
                    .isTrue();
            assertThat(follower.client.update(follower.state, octets, earliest - 1))
                    .isEqualTo(reject(new ClientRejection.HeaderFromTheFuture(CHAIN.timeMs(81), CHAIN.timeMs(81) - 1)));
        }
    }
}
