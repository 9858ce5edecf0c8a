package io.waybill.core.client.fisco;

import static io.waybill.core.client.fisco.Ledger.DRIFT_MS;
import static io.waybill.core.client.fisco.Ledger.PERIOD_MS;
import static io.waybill.core.client.fisco.Ledger.START_MS;
import static io.waybill.core.client.fisco.Ledger.SUITE;
import static io.waybill.core.client.fisco.Ledger.VERSION;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.proof.Rlp;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What header updates are tried on: each refusal, and the nearest thing that is accepted.
final class FiscoScenarios {
    private static final String ACCEPTED = "accepted";
    static final Ledger LEDGER = new Ledger(5, 4);
    static final SealerSet FOUR = LEDGER.set(1L, 1L, 1L, 1L);
    private static final SealerSet THREE = LEDGER.set(List.of(0, 1, 2), List.of(1L, 1L, 1L));
    private static final SealerSet FIVE = LEDGER.set(List.of(0, 1, 2, 3, 4), List.of(1L, 1L, 1L, 1L, 3L));
    private static final SealerSet HEAVY = LEDGER.set(1L, 1L, 1L, 10L);
    static final FiscoHeader ANCHOR = Ledger.anchor(FOUR);
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private FiscoScenarios() {}

    static List<FiscoScenario> all() {
        return List.of(
                chains(),
                headers(),
                seals(),
                weights(),
                changes(),
                heavyChange(),
                watchers(),
                misbehaviour(),
                WireScenarios.wire(),
                expiry(),
                WireScenarios.realChain(),
                WireScenarios.lyingLeader());
    }

    static FiscoScenario scenario(String name) {
        return new FiscoScenario(name, LEDGER, ANCHOR);
    }

    private static List<FiscoHeader> through(FiscoHeader from, SealerSet... sets) {
        var headers = new ArrayList<FiscoHeader>();
        var last = from;
        for (var set : sets) {
            last = Ledger.next(last, set);
            headers.add(last);
        }
        return headers;
    }

    private static FiscoScenario chains() {
        var s = scenario("chains of headers");
        var chain = Ledger.chain(ANCHOR, 70);
        var other = LEDGER.set(1L, 1L, 1L, 2L);
        return s.update("a gap before the first", s.of(FOUR, chain.subList(1, 2), 0, 1, 2), "UnknownTrustedHeight")
                .update("another trusted list", s.of(other, through(ANCHOR, other), 0, 1, 2, 3), "TrustedSetMismatch")
                .update("no header", new FiscoUpdate(10, FOUR, null, List.of(), List.of(), List.of()), "NoHeaders")
                .update("65 headers", s.of(FOUR, chain.subList(0, 65), 0, 1, 2), "TooManyHeaders")
                .update("two headers", s.of(FOUR, chain.subList(0, 2), 0, 1, 2), ACCEPTED)
                .update("the same again", s.of(FOUR, chain.subList(0, 2), 0, 1, 2), ACCEPTED)
                .update("one from an earlier one, by other sealers", s.of(FOUR, chain.subList(1, 4), 1, 2, 3), ACCEPTED)
                .at(s.nowMs() + 100_000)
                .update("64 headers", s.of(FOUR, chain.subList(4, 68), 0, 1, 2, 3), ACCEPTED);
    }

    private static FiscoScenario headers() {
        var s = scenario("fields of headers");
        var h = Ledger.next(ANCHOR, FOUR);
        var none = Bytes32.ZERO;
        long latest = s.nowMs() + DRIFT_MS;
        return tried(s, "a version below the floor", Headers.version(h, 0x0305ffff), "VersionBelowFloor")
                .update("a version below its parent's", one(s, Headers.version(h, VERSION - 1)), "VersionBelowParent")
                .update(
                        "no transactions root",
                        one(s, Headers.roots(h, none, h.receiptsRoot(), h.stateRoot())),
                        "ZeroRoot")
                .update("no receipts root", one(s, Headers.roots(h, h.txsRoot(), none, h.stateRoot())), "ZeroRoot")
                .update("no gas used", one(s, Headers.gas(h, "")), "MalformedGasUsed")
                .update("gas used with a leading zero", one(s, Headers.gas(h, "021000")), "MalformedGasUsed")
                .update("gas used in hexadecimal", one(s, Headers.gas(h, "0x5208")), "MalformedGasUsed")
                .update("gas used of 79 digits", one(s, Headers.gas(h, "1".repeat(79))), "MalformedGasUsed")
                .update("no time", one(s, Headers.time(h, 0)), "TimeOutOfRange")
                .update("a time of 2^48", one(s, Headers.time(h, 1L << 48)), "TimeOutOfRange")
                .update("the first sealer beyond the list", one(s, Headers.sealer(h, 4)), "SealerOutOfRange")
                .update("older than its parent", one(s, Headers.time(h, START_MS - 1)), "TimeBeforeTrusted")
                .update("beyond the drift", one(s, Headers.time(h, latest + 1)), "HeaderFromTheFuture")
                .update("another parent", one(s, Headers.parent(h, h.txsRoot())), "SealerSignatureInvalid")
                .update(
                        "gas used of 78 digits, no state root, as old as its parent",
                        one(
                                s,
                                Headers.time(
                                        Headers.gas(
                                                Headers.roots(h, h.txsRoot(), h.receiptsRoot(), none), "9".repeat(78)),
                                        START_MS)),
                        ACCEPTED)
                .update("the last sealer, at the edge of the drift, a higher version", edge(s, latest), ACCEPTED);
    }

    private static FiscoScenario tried(FiscoScenario s, String what, FiscoHeader header, String expect) {
        return s.update(what, one(s, header), expect);
    }

    private static FiscoUpdate one(FiscoScenario s, FiscoHeader header) {
        return s.of(FOUR, List.of(header), 0, 1, 2);
    }

    private static FiscoUpdate edge(FiscoScenario s, long latestMs) {
        var h = Ledger.next(ANCHOR, FOUR);
        var first = Headers.time(
                Headers.gas(Headers.roots(h, h.txsRoot(), h.receiptsRoot(), Bytes32.ZERO), "9".repeat(78)), START_MS);
        var second =
                Headers.sealer(Headers.version(Headers.time(Ledger.next(first, FOUR), latestMs), VERSION + 0x100), 3);
        return s.of(FOUR, List.of(second), 1, 2, 3);
    }

    private static FiscoScenario seals() {
        var s = scenario("seals");
        var tip = Ledger.next(ANCHOR, FOUR);
        var good = LEDGER.seals(tip, 0, 1, 2, 3);
        var first = good.get(0);
        var second = good.get(1);
        var third = good.get(2).signature();
        var stranger = new Seal(4, KeyPair.named("stranger").sign(tip.hash(SUITE)));
        return s.update("none", sealed(s, tip), "TooLittleWeight")
                .update("one less than a quorum", sealed(s, tip, first, second), "TooLittleWeight")
                .update("one twice", sealed(s, tip, first, second, second), "SealsNotAscending")
                .update("in another order", sealed(s, tip, second, first, good.get(2)), "SealsNotAscending")
                .update("one of no sealer", sealed(s, tip, first, second, good.get(2), stranger), "SealIndexOutOfRange")
                .update(
                        "one of another sealer",
                        sealed(s, tip, first, second, new Seal(2, first.signature())),
                        "SealerSignatureInvalid")
                .update(
                        "a wrong one beyond the quorum",
                        sealed(s, tip, first, second, good.get(2), new Seal(3, first.signature())),
                        "SealerSignatureInvalid")
                .update(
                        "64 octets",
                        sealed(s, tip, first, second, new Seal(2, third.slice(0, 64))),
                        "SealerSignatureInvalid")
                .update(
                        "66 octets",
                        sealed(s, tip, first, second, new Seal(2, Bytes.concat(third, Bytes.of(0)))),
                        "SealerSignatureInvalid")
                .update(
                        "v 27",
                        sealed(s, tip, first, second, new Seal(2, third.with(64, 27))),
                        "SealerSignatureInvalid")
                .update(
                        "r and s zero",
                        sealed(s, tip, first, second, new Seal(2, Bytes.of(new byte[65]))),
                        "SealerSignatureInvalid")
                .update(
                        "a quorum, one seal with a high s",
                        sealed(s, tip, first, second, new Seal(2, mirrored(third))),
                        ACCEPTED);
    }

    private static FiscoUpdate sealed(FiscoScenario s, FiscoHeader tip, Seal... seals) {
        return FiscoUpdate.of(FOUR, List.of(tip), List.of(seals), s.watched(tip, 0, 1, 2));
    }

    private static Bytes mirrored(Bytes signature) {
        var s = ORDER.subtract(new BigInteger(1, signature.slice(32, 64).toArray()));
        return Bytes.concat(signature.slice(0, 32), Bytes.hex("%064x".formatted(s)), Bytes.of(1 - signature.at(64)));
    }

    private static FiscoScenario weights() {
        var anchor = Ledger.anchor(HEAVY);
        var s = new FiscoScenario("weights 1, 1, 1, 10", LEDGER, anchor);
        var tip = Ledger.chain(anchor, 1);
        return s.update("three of four heads", s.of(HEAVY, tip, 0, 1, 2), "TooLittleWeight")
                .update("the heavy one alone", s.of(HEAVY, tip, 3), ACCEPTED);
    }

    private static FiscoScenario changes() {
        var s = scenario("changes of the list");
        var five = through(ANCHOR, FOUR, FIVE, FIVE);
        var plain = s.of(FOUR, Ledger.chain(ANCHOR, 2), 0, 1, 2);
        var idle = new FiscoUpdate(10, FOUR, THREE, plain.headers(), plain.seals(), plain.signatures());
        var same = new FiscoUpdate(10, FOUR, FOUR, plain.headers(), plain.seals(), plain.signatures());
        var three = s.of(FOUR, through(ANCHOR, THREE), 0, 1, 2);
        var absent = new FiscoUpdate(10, FOUR, null, three.headers(), three.seals(), three.signatures());
        return s.update("announced and not used", idle, "NewSetUnused")
                .update("announced and the same", same, "MalformedUpdate")
                .update("named and not given", absent, "MalformedUpdate")
                .update("there and back", s.of(FOUR, through(ANCHOR, THREE, FOUR), 0, 1, 2), "SetChangedTwice")
                .update("without its own quorum", s.of(FOUR, five.subList(0, 2), 0, 1, 2, 3), "TooLittleWeight")
                .update("without the old quorum", s.of(FOUR, five.subList(0, 2), 0, 1, 4), "TooLittleTrustedWeight")
                .update("vouched for by a later header", s.of(FOUR, five, 0, 1, 2, 4), ACCEPTED)
                .update("to lists that are none", malformedSets(s, five.getLast()), "SealersNotAscending")
                .update("a weight of zero", weighing(s, five.getLast(), Rlp.of(0)), "WeightOutOfRange")
                .update("a weight of 2^32", weighing(s, five.getLast(), Rlp.of(1L << 32)), "WeightOutOfRange")
                .update("an empty list of two parts", empty(s, five.getLast()), "SetSizeOutOfRange")
                .update(
                        "to fewer without the old quorum",
                        s.of(FIVE, through(five.getLast(), FOUR), 0, 1, 2, 3),
                        "TooLittleTrustedWeight");
    }

    private static Bytes newSet(FiscoScenario s, FiscoHeader from, Rlp set) {
        var items = new ArrayList<>(
                Rlp.decode(s.of(FIVE, through(from, FOUR), 0, 1, 2, 3).encode())
                        .orElseThrow()
                        .items());
        items.set(2, set);
        return Rlp.list(items).encode();
    }

    private static Bytes malformedSets(FiscoScenario s, FiscoHeader from) {
        var ids = FOUR.ids().reversed();
        return newSet(s, from, Rlp.list(Rlp.list(ids, Rlp::of), Rlp.list(FOUR.weights(), Rlp::of)));
    }

    private static Bytes weighing(FiscoScenario s, FiscoHeader from, Rlp weight) {
        return newSet(s, from, Rlp.list(Rlp.list(FOUR.ids().subList(0, 1), Rlp::of), Rlp.list(weight)));
    }

    private static Bytes empty(FiscoScenario s, FiscoHeader from) {
        return newSet(s, from, Rlp.list(Rlp.list(), Rlp.list()));
    }

    private static FiscoScenario heavyChange() {
        var anchor = Ledger.anchor(HEAVY);
        var s = new FiscoScenario("a change weighed by the old weights", LEDGER, anchor);
        var next = through(anchor, FOUR);
        return s.update("the light ones", s.of(HEAVY, next, 0, 1, 2), "TooLittleTrustedWeight")
                .update("the heavy one among them", s.of(HEAVY, next, 0, 1, 3), ACCEPTED);
    }

    private static FiscoScenario watchers() {
        var s = scenario("watchers");
        var tip = Ledger.next(ANCHOR, FOUR);
        var good = s.watched(tip, 0, 1, 2);
        var other = new FiscoScenario("another client", LEDGER, ANCHOR);
        var stranger = Stream.concat(LEDGER.watchers().stream(), Stream.of(KeyPair.named("stranger")))
                .sorted(Comparator.comparing(KeyPair::address))
                .map(key -> key.sign(digest(s, tip)))
                .toList();
        return s.update("none", watched(tip, List.of()), "TooFewWatchers")
                .update("half of them", watched(tip, s.watched(tip, 0, 1)), "TooFewWatchers")
                .update("none of the destination's", watched(tip, s.watched(tip, 1, 2, 3)), "NoDestinationWatcher")
                .update("one twice", watched(tip, s.watched(tip, 0, 0, 1)), "WatchersNotAscending")
                .update("in another order", watched(tip, s.watched(tip, 1, 0, 2)), "WatchersNotAscending")
                .update("a stranger among them", watched(tip, stranger), "WatcherUnknown")
                .update(
                        "for another client's contract",
                        watched(tip, ascending(other.watched(tip, 0, 1, 2), s, tip)),
                        "WatcherUnknown")
                .update(
                        "a high s",
                        watched(tip, List.of(good.get(0), mirrored(good.get(1)), good.get(2))),
                        "WatcherSignatureInvalid")
                .update(
                        "v 27",
                        watched(tip, List.of(good.get(0), good.get(1).with(64, 27), good.get(2))),
                        "WatcherSignatureInvalid")
                .update(
                        "64 octets",
                        watched(tip, List.of(good.get(0), good.get(1).slice(0, 64), good.get(2))),
                        "WatcherSignatureInvalid")
                .update(
                        "watchers without seals",
                        FiscoUpdate.of(FOUR, List.of(tip), List.of(), s.watched(tip, 0, 1, 2, 3)),
                        "TooLittleWeight")
                .update("more than half, one of the destination's", watched(tip, good), ACCEPTED);
    }

    private static Bytes32 digest(FiscoScenario s, FiscoHeader tip) {
        return WatcherDigest.of(s.verifier(), tip.number(), tip.hash(SUITE));
    }

    /// Signatures in the order of the addresses that they recover to over a digest they are not of.
    private static List<Bytes> ascending(List<Bytes> signatures, FiscoScenario s, FiscoHeader tip) {
        return signatures.stream()
                .sorted(Comparator.comparing(each -> io.waybill.core.digest.Secp256k1.address(
                        io.waybill.core.digest.Secp256k1.recover(digest(s, tip), each)
                                .orElseThrow())))
                .toList();
    }

    private static FiscoUpdate watched(FiscoHeader tip, List<Bytes> signatures) {
        return FiscoUpdate.of(FOUR, List.of(tip), LEDGER.seals(tip, 0, 1, 2), signatures);
    }

    private static FiscoScenario misbehaviour() {
        var s = scenario("misbehaviour");
        var headers = Ledger.chain(ANCHOR, 3);
        var other = Headers.gas(headers.getFirst(), "21001");
        var branch = new ArrayList<>(List.of(other));
        branch.addAll(Ledger.chain(other, 4));
        return s.update("three headers", s.of(FOUR, headers, 0, 1, 2), ACCEPTED)
                .update("another of a known height that one sealed", s.of(FOUR, List.of(other), 1), "TooLittleWeight")
                .update(
                        "the same that no watcher saw",
                        FiscoUpdate.of(FOUR, List.of(other), LEDGER.seals(other, 0, 1, 2), List.of()),
                        "TooFewWatchers")
                .update("a branch that leads beyond the latest", s.of(FOUR, branch, 1, 2, 3), "frozen")
                .update(
                        "anything afterwards",
                        s.of(FOUR, Ledger.chain(headers.getLast(), 1), 0, 1, 2),
                        "ClientNotActive");
    }

    private static FiscoScenario expiry() {
        var s = scenario("the trusting period");
        var headers = Ledger.chain(ANCHOR, 2);
        var first = headers.subList(0, 1);
        return s.at(START_MS + PERIOD_MS - 1000)
                .update("a second before its end", s.of(FOUR, first, 0, 1, 2), ACCEPTED)
                .at(START_MS + 1000 + PERIOD_MS)
                .update("at its end", s.of(FOUR, headers.subList(1, 2), 0, 1, 2), "ClientNotActive");
    }
}
