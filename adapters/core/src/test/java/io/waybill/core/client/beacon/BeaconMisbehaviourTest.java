package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.beacon.SyntheticBeacon.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection;
import io.waybill.core.EncodingRejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.digest.Digests;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What freezes a client, and what does not reach it at all.
class BeaconMisbehaviourTest {
    private static Follower at(long slot) {
        return new Follower(CHAIN, SyntheticBeacon.bootstrap(slot));
    }

    private static Verdict<ClientState> judged(Follower follower, SyncStore trusted, LightClientUpdate update) {
        return follower.client.update(
                follower.state, follower.shown(trusted, update).encode(), follower.time(update));
    }

    @Nested
    class Misbehaviour {
        private final Follower follower =
                at(64).follow(Draft.of(80, 72).bringsNext().update());

        private ClientState after(SyncStore trusted, LightClientUpdate update) {
            return judged(follower, trusted, update).orElseThrow();
        }

        @Test
        void twoFinalisedHeadersOfOneSlotFreeze() {
            var other = SyntheticBeacon.header(72, Digests.sha256(Bytes.utf8("another state")));
            var conflicting = Draft.of(82, 72).finalising(other).update();
            assertThat(after(follower.latest(), conflicting)).isEqualTo(follower.state.freeze());
        }

        @Test
        void theAnchorsSlotIsNoException() {
            var other = SyntheticBeacon.header(64, Digests.sha256(Bytes.utf8("another state")));
            var conflicting = Draft.of(82, 64).finalising(other).update();
            assertThat(after(follower.latest(), conflicting)).isEqualTo(follower.state.freeze());
        }

        @Test
        void aConflictThatNoQuorumSignedDoesNotFreeze() {
            var other = SyntheticBeacon.header(72, Digests.sha256(Bytes.utf8("another state")));
            var conflicting = Draft.of(82, 72).finalising(other).signedBy(5).update();
            assertThat(judged(follower, follower.latest(), conflicting))
                    .isEqualTo(reject(new BeaconRejection.AggregateSignatureInvalid()));
        }

        @Test
        void twoNextCommitteesOfOnePeriodFreeze() {
            var anchor = Objects.requireNonNull(follower.stores.get(64L));
            var other =
                    Draft.of(90, 80).bringsNext(SyntheticBeacon.committee(9)).update();
            assertThat(after(anchor, other)).isEqualTo(follower.state.freeze());
            var same = Draft.of(90, 80).bringsNext().update();
            assertThat(after(anchor, same).frozen()).isFalse();
        }

        @Test
        void aFrozenClientJudgesNothing() {
            var octets = follower.shown(Draft.of(90, 80).update()).encode();
            assertThat(follower.client.update(follower.state.freeze(), octets, CHAIN.timeMs(91)))
                    .isEqualTo(reject(new ClientRejection.ClientNotActive(ClientStatus.FROZEN)));
        }
    }

    @Nested
    class WireForm {
        private final Follower follower = at(64);
        private final LightClientUpdate update = Draft.of(80, 72).update();
        private final Bytes octets = follower.shown(update).encode();

        private Verdict<ClientState> judged(Bytes wire) {
            return follower.client.update(follower.state, wire, follower.time(update));
        }

        private static String code(Verdict<ClientState> verdict) {
            return verdict instanceof Verdict.Rejected<ClientState>(var reason) ? reason.code() : "accepted";
        }

        @Test
        void anyOctetChangedIsRefused() {
            var bringing =
                    follower.shown(Draft.of(80, 72).bringsNext().update()).encode();
            assertThat(code(judged(bringing))).isEqualTo("accepted");
            for (int i = 0; i < bringing.size(); i++) {
                assertThat(code(judged(bringing.with(i, bringing.at(i) ^ 1 << i % 8))))
                        .as("octet %d", i)
                        .isNotEqualTo("accepted");
            }
        }

        @Test
        void cutShortOrLengthenedIsRefused() {
            for (int size = 0; size < octets.size(); size += 13) {
                assertThat(code(judged(octets.slice(0, size)))).isEqualTo("MalformedRlp");
            }
            assertThat(code(judged(Bytes.concat(octets, Bytes.of(0x80))))).isEqualTo("MalformedRlp");
        }

        /// The one number that nobody signs: any other slot up to now, of the same committee and fork, says the
        /// same.
        @Test
        void theSignaturesSlotMayBeAnyThatChangesNothing() {
            var later =
                    new LightClientUpdate(update.attested(), update.finalised(), update.next(), update.aggregate(), 90);
            assertThat(judged(follower.shown(later).encode()))
                    .isEqualTo(reject(new ClientRejection.HeaderFromTheFuture(
                            CHAIN.timeMs(90), CHAIN.timeMs(81) + Follower.DRIFT_MS)));
            assertThat(follower.client.update(
                            follower.state, follower.shown(later).encode(), CHAIN.timeMs(90)))
                    .isEqualTo(judged(octets));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4})
        void everyItemIsThereOnce(int index) {
            var items = Rlp.decode(octets).orElseThrow().items();
            var fewer = new ArrayList<>(items);
            fewer.remove(index);
            assertThat(judged(Rlp.list(fewer).encode()))
                    .isEqualTo(reject(new EncodingRejection.MalformedUpdate("items")));
            var more = new ArrayList<>(items);
            more.add(index, items.get(index));
            assertThat(judged(Rlp.list(more).encode()))
                    .isEqualTo(reject(new EncodingRejection.MalformedUpdate("items")));
        }

        @Test
        void aCommitteeOfAnotherSizeIsRefusedUnread() {
            var items = new ArrayList<>(Rlp.decode(octets).orElseThrow().items());
            for (int keys : List.of(0, 1, 32, 34, 513)) {
                items.set(3, Rlp.of(Bytes.of(new byte[keys * 48])));
                assertThat(judged(Rlp.list(items).encode()))
                        .isEqualTo(reject(new EncodingRejection.MalformedUpdate("committee")));
            }
        }

        @Test
        void aBranchOfMoreThanElevenElementsIsRefusedUnread() {
            var longer = new LightClientUpdate(
                    update.attested(),
                    new InState<>(update.finalised().value(), Collections.nCopies(12, Bytes32.ZERO)),
                    null,
                    update.aggregate(),
                    update.signatureSlot());
            assertThat(judged(follower.shown(longer).encode()))
                    .isEqualTo(reject(new EncodingRejection.MalformedUpdate("branch")));
        }

        @Test
        void moreThanAMebibyteIsRefusedUnread() {
            assertThat(code(judged(Bytes.of(new byte[(1 << 20) + 1])))).isEqualTo("MalformedRlp");
        }
    }
}
