package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.fisco.Ledger.CHALLENGE_MS;
import static io.waybill.core.client.fisco.Ledger.CONTRACT;
import static io.waybill.core.client.fisco.Ledger.SUITE;
import static io.waybill.core.client.fisco.Trust.ANCHOR;
import static io.waybill.core.client.fisco.Trust.FOUR;
import static io.waybill.core.client.fisco.Trust.LEDGER;
import static io.waybill.core.client.fisco.Trust.NOW;
import static io.waybill.core.client.fisco.Trust.believing;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection.UnknownHeight;
import io.waybill.core.EventRejection.ReceiptLength;
import io.waybill.core.FiscoRejection.ChallengePeriodOpen;
import io.waybill.core.FiscoRejection.NoConflict;
import io.waybill.core.FiscoRejection.OperatorUnknown;
import io.waybill.core.FiscoRejection.PendingHeld;
import io.waybill.core.FiscoRejection.TooFewOperators;
import io.waybill.core.FiscoRejection.TooLittleWeight;
import io.waybill.core.FiscoRejection.TooManyPending;
import io.waybill.core.FiscoRejection.ZeroRoot;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.Pending;
import io.waybill.core.client.Pending.Waiting;
import io.waybill.core.client.fisco.ChallengeAction.Confirm;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.fisco.FiscoEventProof;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ChallengedClientTest {
    private static final ChallengedClient CLIENT = LEDGER.challenged(ANCHOR, CONTRACT);
    private static final ClientState ANCHORED = CLIENT.anchored();
    private static final Challenges BY =
            new Challenges(LEDGER, CLIENT.params().base().verifier());
    private static final List<FiscoHeader> CHAIN = Ledger.chain(ANCHOR, 5);

    private static Verdict<ClientState> act(ClientState state, ChallengeAction action, long nowMs) {
        return CLIENT.update(state, action.encode(), nowMs);
    }

    private static ClientState waiting(List<FiscoHeader> headers) {
        return act(ANCHORED, BY.propose(FOUR, headers, 0, 1, 2), NOW).orElseThrow();
    }

    private static Pending pending(List<FiscoHeader> headers, long sinceMs, boolean held, long round) {
        var waiting = new TreeMap<Long, Waiting>();
        headers.forEach(header -> waiting.put(header.number(), new Waiting(header.state(SUITE), sinceMs)));
        return new Pending(waiting, held, round);
    }

    @Nested
    class Proposals {
        @Test
        void waitAndAreNotBelieved() {
            var state = waiting(CHAIN);
            assertThat(state).isEqualTo(ANCHORED.awaiting(pending(CHAIN, NOW, false, 0)));
            assertThat(state.latest()).isEqualTo(ANCHORED.latest());
            assertThat(state.at(11)).isNull();
        }

        @Test
        void needAQuorumAndNoWatcher() {
            assertThat(act(ANCHORED, BY.propose(FOUR, CHAIN, 0, 1), NOW)).isEqualTo(reject(new TooLittleWeight(2, 3)));
            assertThat(act(ANCHORED, BY.propose(FOUR, CHAIN, 0, 1, 2), NOW).isAccepted())
                    .isTrue();
        }

        @Test
        void changeNothingWhenTheyAreKnown() {
            var state = waiting(CHAIN);
            assertThat(act(state, BY.propose(FOUR, CHAIN.subList(1, 4), 1, 2, 3), NOW + 5))
                    .isEqualTo(accept(state));
        }

        @Test
        void eachWaitFromTheTimeTheyCame() {
            var first = waiting(CHAIN.subList(0, 2));
            var longer = act(first, BY.propose(FOUR, CHAIN.subList(2, 5), 0, 1, 2), NOW + 1000)
                    .orElseThrow();
            assertThat(act(longer, new Confirm(15), NOW + CHALLENGE_MS))
                    .isEqualTo(reject(new ChallengePeriodOpen(NOW + 1000 + CHALLENGE_MS, NOW + CHALLENGE_MS)));
            assertThat(act(longer, new Confirm(12), NOW + CHALLENGE_MS))
                    .isEqualTo(accept(believing(ANCHORED, CHAIN.subList(0, 2))
                            .awaiting(pending(CHAIN.subList(2, 5), NOW + 1000, false, 0))));
        }

        @Test
        void areAtMost1024AtATime() {
            var state = ANCHORED;
            var chain = Ledger.chain(ANCHOR, 1025);
            for (int i = 0; i < 1024; i += 64) {
                state = act(state, BY.propose(FOUR, chain.subList(i, i + 64), 0, 1, 2), NOW + 1_000_000)
                        .orElseThrow();
            }
            assertThat(act(state, BY.propose(FOUR, chain.subList(1024, 1025), 0, 1, 2), NOW + 1_000_000))
                    .isEqualTo(reject(new TooManyPending(1025, 1024)));
        }

        @Test
        void thatNameANewListNeedTwoOperatorsThoughTheOldOneVouches() {
            var three = LEDGER.set(List.of(0, 1, 2), List.of(1L, 1L, 1L));
            var headers = List.of(Ledger.next(ANCHOR, three));
            assertThat(act(ANCHORED, BY.change(FOUR, headers, new int[] {2}, 0, 1, 2), NOW))
                    .isEqualTo(reject(new TooFewOperators(1, 2)));
            assertThat(act(ANCHORED, BY.change(FOUR, headers, new int[] {0, 2}, 0, 1, 2), NOW))
                    .isEqualTo(accept(ANCHORED.awaiting(pending(headers, NOW, false, 0))));
        }
    }

    @Nested
    class Confirmations {
        @Test
        void believeWhatNobodyChallengedForTheWholePeriod() {
            var state = waiting(CHAIN);
            assertThat(act(state, new Confirm(15), NOW + CHALLENGE_MS - 1))
                    .isEqualTo(reject(new ChallengePeriodOpen(NOW + CHALLENGE_MS, NOW + CHALLENGE_MS - 1)));
            assertThat(act(state, new Confirm(15), NOW + CHALLENGE_MS)).isEqualTo(accept(believing(ANCHORED, CHAIN)));
        }

        @Test
        void changeNothingWhenRepeated() {
            var believed = believing(ANCHORED, CHAIN);
            assertThat(act(believed, new Confirm(13), NOW)).isEqualTo(accept(believed));
        }

        @Test
        void makeEventsProvableAndNothingElseDoes() {
            var proof = new FiscoEventProof(Bytes.EMPTY, List.of()).encode();
            var lane = new LaneId(ANCHOR.txsRoot());
            var role = LogRole.PACKETS;
            assertThat(CLIENT.verifyCheckpoint(waiting(CHAIN), Address.ZERO, role, lane, 11, proof))
                    .isEqualTo(reject(new UnknownHeight(11)));
            assertThat(CLIENT.verifyCheckpoint(believing(ANCHORED, CHAIN), Address.ZERO, role, lane, 11, proof))
                    .isEqualTo(reject(new ReceiptLength(0)));
        }
    }

    @Nested
    class Conflicts {
        private final ClientState state = waiting(CHAIN);

        @Test
        void freezeAtAnyPendingHeight() {
            for (var header : CHAIN) {
                assertThat(act(state, BY.conflict(Headers.gas(header, "1"), FOUR, 0, 1, 2), NOW))
                        .isEqualTo(accept(state.freeze()));
                assertThat(act(state, BY.conflict(header, FOUR, 0, 1, 2), NOW))
                        .isEqualTo(reject(new NoConflict(header.number())));
            }
        }

        @Test
        void freezeTooWhereTheHeaderIsBelievedAlready() {
            var believed = believing(ANCHORED, CHAIN);
            assertThat(act(believed, BY.conflict(Headers.gas(CHAIN.get(2), "1"), FOUR, 0, 1, 2), NOW))
                    .isEqualTo(accept(believed.freeze()));
            assertThat(act(believed, BY.conflict(Headers.gas(ANCHOR, "1"), FOUR, 0, 1, 2), NOW))
                    .isEqualTo(accept(believed.freeze()));
        }

        @Test
        void needAQuorum() {
            assertThat(act(state, BY.conflict(Headers.gas(CHAIN.get(2), "1"), FOUR, 0, 1), NOW))
                    .isEqualTo(reject(new TooLittleWeight(2, 3)));
        }

        /// Nodes sign a block twice: before they execute it, when it has no receipts yet, and after.
        @Test
        void areNotWhatNodesSignBeforeTheyExecute() {
            var header = CHAIN.get(1);
            var proposal = Headers.roots(header, header.txsRoot(), Bytes32.ZERO, Bytes32.ZERO);
            assertThat(act(state, BY.conflict(proposal, FOUR, 0, 1, 2, 3), NOW))
                    .isEqualTo(reject(new ZeroRoot("receiptsRoot")));
        }

        @Test
        void areShownByAChainThatBranchesOffToo() {
            var other = Headers.gas(CHAIN.getFirst(), "1");
            var branch = new ArrayList<>(List.of(other));
            branch.addAll(Ledger.chain(other, 8));
            assertThat(act(state, BY.propose(FOUR, branch, 0, 1, 2), NOW)).isEqualTo(accept(state.freeze()));
        }

        /// One modified leader had three honest nodes seal what it invented: it waits, the real header freezes the
        /// client, and no event is ever proven against it.
        @Test
        void catchWhatALyingLeaderInvented() {
            var blocks = FiscoVectors.chain("std");
            var captured =
                    FiscoVectors.read("std/byzantine_leader_forged_header.json").get("forged_header");
            var forged = FiscoVectors.header(captured);
            var parent = blocks.get(22).header();
            var client = LEDGER.challenged(parent, CONTRACT);
            long now = blocks.getLast().header().timeMs();
            var invented = new ChallengeAction.Propose(
                    FiscoUpdate.of(parent.sealers(), List.of(forged), FiscoVectors.seals(captured), List.of()));
            var waits = client.update(client.anchored(), invented.encode(), now).orElseThrow();
            assertThat(waits.at(24)).isNull();
            var real = blocks.get(23);
            var evidence = BY.conflict(real.header(), parent.sealers(), real.seals());
            assertThat(client.update(waits, evidence.encode(), now + CHALLENGE_MS))
                    .isEqualTo(accept(waits.freeze()));
        }
    }

    @Nested
    class Holds {
        @Test
        void ofOneWatcherStopAllWithoutEvidence() {
            for (int watcher = 0; watcher < 4; watcher++) {
                var held = act(waiting(CHAIN), BY.hold(CHAIN.get(3), watcher, 0), NOW)
                        .orElseThrow();
                assertThat(act(held, new Confirm(11), NOW + 10 * CHALLENGE_MS)).isEqualTo(reject(new PendingHeld()));
            }
        }

        @Test
        void endByTwoOperatorsOnlyAndTheTimeBeginsAnew() {
            var held = act(waiting(CHAIN), BY.hold(CHAIN.get(3), 1, 0), NOW).orElseThrow();
            assertThat(act(held, BY.release(CHAIN.get(3), 0, 1), NOW + 7)).isEqualTo(reject(new TooFewOperators(1, 2)));
            assertThat(act(held, BY.release(CHAIN.get(3), 0, 1, 2), NOW + 7))
                    .isEqualTo(accept(ANCHORED.awaiting(pending(CHAIN, NOW + 7, false, 1))));
        }

        @Test
        void serveOnceEach() {
            var hold = BY.hold(CHAIN.get(3), 1, 0);
            var held = act(waiting(CHAIN), hold, NOW).orElseThrow();
            var released = act(held, BY.release(CHAIN.get(3), 0, 1, 2), NOW).orElseThrow();
            assertThat(act(released, hold, NOW)).isInstanceOf(Verdict.Rejected.class);
            assertThat(act(released, BY.hold(CHAIN.get(3), 1, 1), NOW).isAccepted())
                    .isTrue();
        }

        @Test
        void areBoundToChainContractClientAndPurpose() {
            var ours = CLIENT.params().base().verifier();
            var others = List.of(
                    new ClientRef(Ledger.CHAIN, ours.contract(), ours.id()),
                    new ClientRef(ours.chain(), Address.ZERO, ours.id()),
                    new ClientRef(
                            ours.chain(),
                            ours.contract(),
                            LEDGER.client(CHAIN.get(0)).id()));
            var held = act(waiting(CHAIN), BY.hold(CHAIN.get(3), 1, 0), NOW).orElseThrow();
            for (var other : others) {
                var by = new Challenges(LEDGER, other);
                assertThat(act(waiting(CHAIN), by.hold(CHAIN.get(3), 1, 0), NOW))
                        .isInstanceOf(Verdict.Rejected.class);
                assertThat(act(held, by.release(CHAIN.get(3), 0, 0, 1), NOW)).isInstanceOf(Verdict.Rejected.class);
            }
            var hash = CHAIN.get(3).hash(SUITE);
            assertThat(ChallengeDigest.hold(ours, 14, hash, 0))
                    .isNotEqualTo(ChallengeDigest.release(ours, 14, hash, 0))
                    .isNotEqualTo(WatcherDigest.of(ours, 14, hash));
        }

        @Test
        void areNoReleasesAndWatchersNoOperators() {
            var held = act(waiting(CHAIN), BY.hold(CHAIN.get(3), 1, 0), NOW).orElseThrow();
            var hash = CHAIN.get(3).hash(SUITE);
            var digest = ChallengeDigest.release(CLIENT.params().base().verifier(), 14, hash, 0);
            var watchers = LEDGER.watchers().subList(0, 2);
            var release = new ChallengeAction.Release(
                    14, hash, watchers.stream().map(key -> key.sign(digest)).toList());
            assertThat(act(held, release, NOW))
                    .isEqualTo(reject(new OperatorUnknown(watchers.getFirst().address())));
        }
    }
}
