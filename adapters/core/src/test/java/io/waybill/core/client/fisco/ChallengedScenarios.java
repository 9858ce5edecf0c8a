package io.waybill.core.client.fisco;

import static io.waybill.core.client.fisco.Ledger.CHALLENGE_MS;
import static io.waybill.core.client.fisco.Ledger.START_MS;
import static io.waybill.core.client.fisco.Ledger.SUITE;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.fisco.ChallengeAction.Confirm;
import io.waybill.core.client.fisco.ChallengeAction.Hold;
import io.waybill.core.client.fisco.ChallengeAction.Propose;
import io.waybill.core.client.fisco.ChallengeAction.Release;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;

/// What mode CHALLENGED is tried on: each action's refusals, and the nearest thing that is accepted.
final class ChallengedScenarios {
    private static final String ACCEPTED = "accepted";
    private static final Ledger LEDGER = new Ledger(5, 4);
    private static final SealerSet FOUR = LEDGER.set(1L, 1L, 1L, 1L);
    private static final SealerSet FIVE = LEDGER.set(List.of(0, 1, 2, 3, 4), List.of(1L, 1L, 1L, 1L, 3L));
    private static final FiscoHeader ANCHOR = Ledger.anchor(FOUR);
    private static final List<FiscoHeader> CHAIN = Ledger.chain(ANCHOR, 8);
    private static final FiscoHeader FIRST = CHAIN.get(0);
    private static final FiscoHeader SECOND = CHAIN.get(1);
    private static final FiscoHeader THIRD = CHAIN.get(2);
    private static final int[] NOBODY = {};

    private ChallengedScenarios() {}

    static List<FiscoScenario> all() {
        return List.of(
                waiting(),
                conflicts(),
                branches(),
                changes(),
                holding(),
                releasing(),
                wire(),
                together(),
                SmScenarios.challenged());
    }

    private static FiscoScenario scenario(String name) {
        return FiscoScenario.challenged(name, LEDGER, ANCHOR);
    }

    private static Challenges by(FiscoScenario s) {
        return new Challenges(LEDGER, s.verifier());
    }

    private static FiscoScenario waiting() {
        var s = scenario("the time to be challenged");
        var by = by(s);
        long began = s.nowMs();
        return s.act("nothing waits yet", new Confirm(11), "NotPending")
                .act("a quorum less one", by.propose(FOUR, CHAIN.subList(0, 3), 0, 1), "TooLittleWeight")
                .act("three headers", by.propose(FOUR, CHAIN.subList(0, 3), 0, 1, 2), ACCEPTED)
                .at(began + 60_000)
                .act("the same again", by.propose(FOUR, CHAIN.subList(0, 3), 1, 2, 3), ACCEPTED)
                .act("two more after those that wait", by.propose(FOUR, CHAIN.subList(3, 5), 0, 1, 2), ACCEPTED)
                .act("a gap", by.propose(FOUR, CHAIN.subList(6, 7), 0, 1, 2), "UnknownTrustedHeight")
                .at(began + CHALLENGE_MS - 1000)
                .act("a second too early", new Confirm(12), "ChallengePeriodOpen")
                .at(began + CHALLENGE_MS)
                .act("the first of the three, in time", new Confirm(11), ACCEPTED)
                .act("with one of the later ones", new Confirm(14), "ChallengePeriodOpen")
                .act("one that nobody proposed", new Confirm(16), "NotPending")
                .act("the rest of the three", new Confirm(13), ACCEPTED)
                .act("what is believed already", new Confirm(12), ACCEPTED)
                .at(began + 60_000 + CHALLENGE_MS)
                .act("the later ones", new Confirm(15), ACCEPTED);
    }

    private static FiscoScenario conflicts() {
        var s = scenario("conflicts");
        var by = by(s);
        var other = Headers.gas(SECOND, "21001");
        var unexecuted = Headers.roots(SECOND, SECOND.txsRoot(), Bytes32.ZERO, Bytes32.ZERO);
        var elsewhere = Headers.parent(THIRD, THIRD.txsRoot());
        var one = LEDGER.set(List.of(4), List.of(1L));
        return s.act("three headers wait", by.propose(FOUR, CHAIN.subList(0, 3), 0, 1, 2), ACCEPTED)
                .act("the very header", by.conflict(SECOND, FOUR, 0, 1, 2), "NoConflict")
                .act("a quorum less one", by.conflict(other, FOUR, 0, 1), "TooLittleWeight")
                .act("what was signed before it was executed", by.conflict(unexecuted, FOUR, 0, 1, 2), "ZeroRoot")
                .act(
                        "below the version floor",
                        by.conflict(Headers.version(other, 0x0305ffff), FOUR, 0, 1, 2),
                        "VersionBelowFloor")
                .act("of a list of strangers", by.conflict(Headers.sealers(other, one), one, 0), "TrustedSetMismatch")
                .act(
                        "of strangers that the trusted list does not vouch for",
                        by.conflict(Headers.sealers(other, one), FOUR, 0),
                        "TooLittleTrustedWeight")
                .act("of a height that does not wait", by.conflict(CHAIN.get(3), FOUR, 0, 1, 2), "UnknownHeight")
                .act("another parent, at the last height", by.conflict(elsewhere, FOUR, 1, 2, 3), "frozen")
                .act("anything afterwards", new Confirm(11), "ClientNotActive");
    }

    private static FiscoScenario branches() {
        var s = scenario("a branch among what waits and what is believed");
        var by = by(s);
        var other = Headers.gas(FIRST, "21001");
        long began = s.nowMs();
        return s.act("three headers", by.propose(FOUR, CHAIN.subList(0, 3), 0, 1, 2), ACCEPTED)
                .at(began + CHALLENGE_MS)
                .act("two are believed", new Confirm(12), ACCEPTED)
                .act("another of a believed height that one sealed", by.conflict(other, FOUR, 1), "TooLittleWeight")
                .act("a branch proposed from the anchor", by.propose(FOUR, List.of(other), 1, 2, 3), "frozen");
    }

    private static FiscoScenario changes() {
        var s = scenario("changes of the list");
        var by = by(s);
        var five = Ledger.next(FIRST, FIVE);
        var headers = List.of(FIRST, five, Ledger.next(five, FIVE));
        var idle = by.propose(FOUR, List.of(FIRST), 0, 1, 2).update();
        var signed = by.operators(ChallengeDigest.sealers(s.verifier(), five.state(SUITE)), 0, 1);
        var noted =
                new Propose(new FiscoUpdate(10, FOUR, null, idle.headers(), idle.seals(), List.of(signed.getFirst())));
        var tip = headers.getLast();
        var wrong = by.operators(ChallengeDigest.sealers(s.verifier(), tip.state(SUITE)), 0);
        var misled = new Propose(FiscoUpdate.of(FOUR, headers, LEDGER.seals(tip, 0, 1, 2, 4), wrong));
        return s.act("agreed to by nobody", by.change(FOUR, headers, NOBODY, 0, 1, 2, 4), "TooFewOperators")
                .act("by one operator", by.change(FOUR, headers, new int[] {1}, 0, 1, 2, 4), "TooFewOperators")
                .act("by one twice", by.change(FOUR, headers, new int[] {1, 1}, 0, 1, 2, 4), "OperatorsNotAscending")
                .act("for another header", misled, "OperatorUnknown")
                .act(
                        "without the old quorum",
                        by.change(FOUR, headers, new int[] {0, 1}, 0, 1, 4),
                        "TooLittleTrustedWeight")
                .act("agreed to where nothing changes", noted, "MalformedUpdate")
                .act("by two operators", by.change(FOUR, headers, new int[] {0, 2}, 0, 1, 2, 4), ACCEPTED)
                .act("more by the new list", by.propose(FIVE, Ledger.chain(tip, 1), 0, 1, 4), ACCEPTED)
                .act(
                        "a real header of the old list in its place",
                        by.conflict(Headers.sealers(five, FOUR), FOUR, 1, 2, 3),
                        "frozen");
    }

    private static FiscoScenario holding() {
        var s = scenario("holding");
        var by = by(s);
        var stranger = KeyPair.named("stranger").sign(ChallengeDigest.hold(s.verifier(), 12, SECOND.hash(SUITE), 0));
        var good = by.hold(SECOND, 1, 0);
        long began = s.nowMs();
        return s.act("nothing waits yet", good, "NotPending")
                .act("three headers", by.propose(FOUR, CHAIN.subList(0, 3), 0, 1, 2), ACCEPTED)
                .act("by no watcher", new Hold(12, SECOND.hash(SUITE), stranger), "WatcherUnknown")
                .act("by an operator's key", operatorHolds(s), "WatcherUnknown")
                .act("of another header", new Hold(12, FIRST.hash(SUITE), good.signature()), "NotPending")
                .act("64 octets", new Hold(12, good.hash(), good.signature().slice(0, 64)), "WatcherSignatureInvalid")
                .act("of a later round", by.hold(SECOND, 1, 1), "WatcherUnknown")
                .act("by a watcher", good, ACCEPTED)
                .act("by another one too", by.hold(FIRST, 3, 0), ACCEPTED)
                .act("more may be proposed", by.propose(FOUR, CHAIN.subList(3, 4), 0, 1, 2), ACCEPTED)
                .at(began + CHALLENGE_MS)
                .act("nothing is believed while it is held", new Confirm(11), "PendingHeld")
                .act("evidence is heard all the same", by.conflict(Headers.gas(THIRD, "1"), FOUR, 0, 1, 2), "frozen");
    }

    private static Hold operatorHolds(FiscoScenario s) {
        var hash = SECOND.hash(SUITE);
        var digest = ChallengeDigest.hold(s.verifier(), 12, hash, 0);
        return new Hold(12, hash, Ledger.operators().getFirst().sign(digest));
    }

    private static FiscoScenario releasing() {
        var s = scenario("releasing");
        var by = by(s);
        long began = s.nowMs();
        long released = began + CHALLENGE_MS;
        var watchers = new Release(
                12,
                SECOND.hash(SUITE),
                LEDGER.watchers().stream()
                        .map(key -> key.sign(ChallengeDigest.release(s.verifier(), 12, SECOND.hash(SUITE), 0)))
                        .limit(2)
                        .toList());
        return s.act("two headers", by.propose(FOUR, CHAIN.subList(0, 2), 0, 1, 2), ACCEPTED)
                .act("what nobody holds", by.release(SECOND, 0, 0, 1), "PendingNotHeld")
                .act("a watcher holds", by.hold(SECOND, 2, 0), ACCEPTED)
                .at(released)
                .act("by one operator", by.release(SECOND, 0, 0), "TooFewOperators")
                .act("by one twice", by.release(SECOND, 0, 0, 0), "OperatorsNotAscending")
                .act("by watchers", watchers, "OperatorUnknown")
                .act("of another header", by.release(THIRD, 0, 0, 1), "NotPending")
                .act("by two operators", by.release(SECOND, 0, 0, 1), ACCEPTED)
                .act("its time begins anew", new Confirm(12), "ChallengePeriodOpen")
                .act("the same hold does not serve twice", by.hold(SECOND, 2, 0), "WatcherUnknown")
                .act("held again", by.hold(SECOND, 2, 1), ACCEPTED)
                .act("the same release does not serve twice", by.release(SECOND, 0, 0, 1), "OperatorUnknown")
                .act("released again", by.release(SECOND, 1, 1, 2), ACCEPTED)
                .at(released + CHALLENGE_MS - 1000)
                .act("a second too early", new Confirm(12), "ChallengePeriodOpen")
                .at(released + CHALLENGE_MS)
                .act("in time", new Confirm(12), ACCEPTED);
    }

    private static FiscoScenario together() {
        var s = scenario("two actions shown together");
        var by = by(s);
        var one = by.propose(FOUR, CHAIN.subList(0, 3), 0, 1, 2);
        var part = by.propose(FOUR, CHAIN.subList(0, 2), 1, 2, 3);
        var branch = by.propose(FOUR, List.of(FIRST, Headers.gas(SECOND, "21001")), 1, 2, 3);
        var few = by.propose(FOUR, List.of(FIRST, Headers.gas(SECOND, "21001")), 1, 2);
        return s.misbehaviour("a chain and a part of it", one, part, "NoConflict")
                .misbehaviour("a branch that too few sealed", one, few, "TooLittleWeight")
                .misbehaviour("the same first", few, one, "TooLittleWeight")
                .misbehaviour("two that part at the second header", one, branch, "frozen")
                .misbehaviour("once more", one, branch, "ClientNotActive");
    }

    private static FiscoScenario wire() {
        var s = scenario("wire forms");
        var by = by(s);
        var propose = by.propose(FOUR, CHAIN.subList(0, 1), 0, 1, 2);
        var conflict = parts(by.conflict(FIRST, FOUR, 0, 1, 2));
        var hold = parts(by.hold(FIRST, 0, 0));
        var release = parts(by.release(FIRST, 0, 0, 1));
        var zero = Rlp.of(Bytes.of(new byte[31]));
        return s.update("nothing", Bytes.EMPTY, "MalformedRlp")
                .update("an empty list", Rlp.list().encode(), "MalformedUpdate")
                .update("an update of mode CORROBORATED", s.of(FOUR, CHAIN.subList(0, 1), 0, 1, 2), "MalformedUpdate")
                .update("action 0", with(parts(propose), 0, Rlp.of(0)), "MalformedUpdate")
                .update("action 6", with(parts(propose), 0, Rlp.of(6)), "MalformedUpdate")
                .update(
                        "confirm of three items",
                        Rlp.list(Rlp.of(5), Rlp.of(11), Rlp.of(0)).encode(),
                        "MalformedUpdate")
                .update("confirm of a list", Rlp.list(Rlp.of(5), Rlp.list()).encode(), "MalformedUpdate")
                .update("hold with a hash of 31 octets", with(hold, 2, zero), "MalformedUpdate")
                .update("hold with a list of signatures", with(hold, 3, Rlp.list()), "MalformedUpdate")
                .update("release with one signature bare", with(release, 3, zero), "MalformedUpdate")
                .update("a parent of 31 octets", with(conflict, 2, zero), "MalformedUpdate")
                .update("a new list given twice", with(conflict, 4, conflict.get(3)), "MalformedUpdate")
                .update(
                        "a new list that the header does not name",
                        with(conflict, 4, FiscoUpdate.item(FIVE)),
                        "NewSetUnused")
                .update("octets after it", Bytes.concat(propose.encode(), Bytes.of(0)), "MalformedRlp")
                .act("as it should be", propose, ACCEPTED)
                .at(START_MS + Ledger.PERIOD_MS)
                .act("at the end of the trusting period", new Confirm(11), "ClientNotActive");
    }

    private static List<Rlp> parts(ChallengeAction action) {
        return Rlp.decode(action.encode()).orElseThrow().items();
    }

    private static Bytes with(List<Rlp> items, int index, Rlp item) {
        var changed = new ArrayList<>(items);
        changed.set(index, item);
        return Rlp.list(changed).encode();
    }
}
