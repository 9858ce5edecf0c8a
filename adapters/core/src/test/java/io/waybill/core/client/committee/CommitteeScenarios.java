package io.waybill.core.client.committee;

import static io.waybill.core.client.committee.CommitteeScenario.ANCHOR;
import static io.waybill.core.client.committee.CommitteeScenario.DRIFT_MS;
import static io.waybill.core.client.committee.CommitteeScenario.PERIOD_MS;
import static io.waybill.core.client.committee.CommitteeScenario.word;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.Rlp;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What statements of a committee are tried on: both sides of each edge.
final class CommitteeScenarios {
    private static final String ACCEPTED = "accepted";
    private static final String INVALID = "VerifierSignatureInvalid";
    private static final String MALFORMED = "MalformedUpdate";
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private CommitteeScenarios() {}

    static List<CommitteeScenario> updates() {
        return List.of(
                heights(),
                clocks(),
                expiry(),
                quorum(3, 2),
                quorum(5, 3),
                quorum(10, 7),
                signatures(),
                binding(),
                wire(),
                freezes("hash"),
                freezes("root"),
                freezes("time"),
                anchorContradicted("hash"),
                anchorContradicted("time"));
    }

    static List<CommitteeScenario> misbehaviour() {
        return List.of(
                noMisbehaviour(), twoStatements("hash"), twoStatements("root"), twoStatements("time"), oneHeld());
    }

    /// A block whose fields follow from its height.
    static AttestedBlock block(long height) {
        return new AttestedBlock(
                height, word("block " + height), word("root " + height), ANCHOR.timeMs() + 100 * (height - 10));
    }

    /// The block of a height, with one thing said otherwise.
    private static AttestedBlock other(long height, String field) {
        var b = block(height);
        return switch (field) {
            case "hash" -> new AttestedBlock(height, word("other block"), b.root(), b.timeMs());
            case "root" -> new AttestedBlock(height, b.hash(), word("other root"), b.timeMs());
            default -> new AttestedBlock(height, b.hash(), b.root(), b.timeMs() + 1);
        };
    }

    private static AttestedBlock timed(long height, long timeMs) {
        return new AttestedBlock(height, block(height).hash(), block(height).root(), timeMs);
    }

    private static CommitteeScenario heights() {
        var s = new CommitteeScenario("heights of a committee", 5, 3);
        return s.update("below the anchor", s.of(block(9), 0, 1, 2), "HeightBelowHistory")
                .update("the anchor, with a root", s.of(timed(10, ANCHOR.timeMs()), 0, 1, 2), ACCEPTED)
                .update("the next", s.of(block(11), 0, 1, 2), ACCEPTED)
                .update("the same by others", s.of(block(11), 2, 3, 4), ACCEPTED)
                .update("one further on", s.of(block(15), 1, 2, 4), ACCEPTED)
                .update("one in between", s.of(block(14), 1, 2, 4), ACCEPTED)
                .update("one that is known", s.of(block(11), 1, 2, 4), ACCEPTED)
                .update(
                        "the highest there is",
                        s.of(timed((1L << 62) - 1, block(15).timeMs()), 1, 2, 4),
                        ACCEPTED);
    }

    private static CommitteeScenario clocks() {
        var s = new CommitteeScenario("clocks of a committee", 5, 3);
        long now = ANCHOR.timeMs() + 10_000;
        long limit = now + 1_000 + DRIFT_MS;
        return s.at(now)
                .update("older than the anchor", s.of(timed(11, ANCHOR.timeMs() - 1), 0, 1, 2), "TimeBeforeTrusted")
                .update("as old as the anchor", s.of(timed(11, ANCHOR.timeMs()), 0, 1, 2), ACCEPTED)
                .at(now + 1_000)
                .update("beyond the drift", s.of(timed(12, limit + 1), 0, 1, 2), "HeaderFromTheFuture")
                .update("at the end of the drift", s.of(timed(12, limit), 0, 1, 2), ACCEPTED)
                .update("older than the latest", s.of(timed(13, limit - 1), 0, 1, 2), "TimeBeforeTrusted");
    }

    private static CommitteeScenario expiry() {
        var s = new CommitteeScenario("a committee that falls silent", 5, 3);
        long end = block(20).timeMs() + PERIOD_MS;
        return s.update("a block", s.of(block(20), 0, 1, 2), ACCEPTED)
                .at(end - 1_000)
                .update("in the last second", s.of(block(20), 0, 1, 2), ACCEPTED)
                .at(end)
                .update("at the end of the period", s.of(timed(21, end), 0, 1, 2), "ClientNotActive");
    }

    private static CommitteeScenario quorum(int verifiers, int needed) {
        var s = new CommitteeScenario("%d of %d verifiers".formatted(needed, verifiers), verifiers, needed);
        var fewer = IntStream.range(1, needed).toArray();
        var enough = IntStream.range(0, needed).toArray();
        var last = IntStream.range(verifiers - needed, verifiers).toArray();
        var all = IntStream.range(0, verifiers).toArray();
        return s.update("nobody", s.of(block(11)), "TooFewVerifiers")
                .update("one too few", s.of(block(11), fewer), "TooFewVerifiers")
                .update("enough", s.of(block(11), enough), ACCEPTED)
                .update("the last of them", s.of(block(12), last), ACCEPTED)
                .update("all", s.of(block(13), all), ACCEPTED);
    }

    private static CommitteeScenario signatures() {
        var s = new CommitteeScenario("signatures of verifiers", 5, 3);
        var b = block(11);
        var own = s.signed(b, 0).getFirst();
        var r = own.slice(0, 32);
        var low = own.slice(32, 64);
        var v = own.slice(64, 65);
        var high = Bytes.hex("%064x".formatted(ORDER.subtract(new BigInteger(1, low.toArray()))));
        var flipped = Bytes.of(1 - v.toArray()[0]);
        var none = Bytes.of(new byte[32]);
        var stranger = KeyPair.named("a stranger").sign(b.digest(s.verifier()));
        return s.update("not ascending", s.of(b, 1, 0, 2), "VerifiersNotAscending")
                .update("one of them twice", s.of(b, 0, 1, 1), "VerifiersNotAscending")
                .update("the other form of a signature", first(s, Bytes.concat(r, high, flipped)), INVALID)
                .update("v of 27", first(s, Bytes.concat(r, low, Bytes.of(27))), INVALID)
                .update("v of 2", first(s, Bytes.concat(r, low, Bytes.of(2))), INVALID)
                .update("r of zero", first(s, Bytes.concat(none, low, v)), INVALID)
                .update("s of zero", first(s, Bytes.concat(r, none, v)), INVALID)
                .update("64 octets", first(s, own.slice(0, 64)), INVALID)
                .update("66 octets", first(s, Bytes.concat(own, Bytes.of(0))), INVALID)
                .update("none where one should be", first(s, Bytes.EMPTY), INVALID)
                .update("a stranger alone", new CommitteeUpdate(b, List.of(stranger)), "VerifierUnknown")
                .update("as it should be", first(s, own), ACCEPTED);
    }

    /// Signed by three, of whom the first signed so.
    private static CommitteeUpdate first(CommitteeScenario s, Bytes signature) {
        var signatures = new ArrayList<>(s.signed(block(11), 0, 1, 2));
        signatures.set(0, signature);
        return new CommitteeUpdate(block(11), signatures);
    }

    /// Signatures for anything else recover to strangers or to nobody, in an order of their own: none is a quorum.
    private static CommitteeScenario binding() {
        var s = new CommitteeScenario("what verifiers sign", 3, 2);
        var b = block(11);
        var own = s.verifier();
        var chain = new ClientRef(new ChainId("eip155:1"), own.contract(), own.id());
        var contract =
                new ClientRef(own.chain(), KeyPair.named("another contract").address(), own.id());
        var client = new ClientRef(own.chain(), own.contract(), new ClientId(word("another client")));
        return alone(s, "for another chain", b, b.digest(chain))
                .update("for another contract", one(s, b, b.digest(contract)), "VerifierUnknown")
                .update("for another client", one(s, b, b.digest(client)), "VerifierUnknown")
                .update("of another height", one(s, b, timed(12, b.timeMs()).digest(own)), "VerifierUnknown")
                .update("of another hash", one(s, b, other(11, "hash").digest(own)), "VerifierUnknown")
                .update("of another root", one(s, b, other(11, "root").digest(own)), "VerifierUnknown")
                .update("of another time", one(s, b, other(11, "time").digest(own)), "VerifierUnknown")
                .update("of this", s.of(b, 0, 1), ACCEPTED);
    }

    private static CommitteeScenario alone(CommitteeScenario s, String what, AttestedBlock b, Bytes32 digest) {
        return s.update(what, one(s, b, digest), "VerifierUnknown");
    }

    private static CommitteeUpdate one(CommitteeScenario s, AttestedBlock block, Bytes32 digest) {
        return new CommitteeUpdate(block, List.of(s.keys().getFirst().sign(digest)));
    }

    private static CommitteeScenario wire() {
        var s = new CommitteeScenario("wire form of a statement", 3, 2);
        var b = block(11);
        var height = Rlp.of(11);
        var hash = Rlp.of(b.hash().value());
        var root = Rlp.of(b.root().value());
        var time = Rlp.of(b.timeMs());
        var signatures = Rlp.list(s.signed(b, 0, 1), Rlp::of);
        var whole = s.of(b, 0, 1).encode();
        var zero = Rlp.of(Bytes.of(new byte[32]));
        var shorter = Rlp.of(b.hash().value().slice(0, 31));
        return s.update("nothing", Bytes.EMPTY, "MalformedRlp")
                .update("an octet more", Bytes.concat(whole, Bytes.of(0)), "MalformedRlp")
                .update("an octet less", whole.slice(0, whole.size() - 1), "MalformedRlp")
                .update("four items", list(height, hash, root, time), MALFORMED)
                .update("six items", list(height, hash, root, time, signatures, height), MALFORMED)
                .update("a height of zero", list(Rlp.of(0), hash, root, time, signatures), MALFORMED)
                .update("a height of 2^62", list(Rlp.of(1L << 62), hash, root, time, signatures), MALFORMED)
                .update("a height of 2^64", list(eight(1), hash, root, time, signatures), MALFORMED)
                .update("a leading zero", list(Rlp.of(Bytes.of(0, 11)), hash, root, time, signatures), MALFORMED)
                .update("a hash of 31 octets", list(height, shorter, root, time, signatures), MALFORMED)
                .update("a root of 31 octets", list(height, hash, shorter, time, signatures), MALFORMED)
                .update("a root that is a list", list(height, hash, Rlp.list(), time, signatures), MALFORMED)
                .update("a time of zero", list(height, hash, root, Rlp.of(0), signatures), MALFORMED)
                .update("a time of 2^48", list(height, hash, root, Rlp.of(1L << 48), signatures), MALFORMED)
                .update("signatures that are no list", list(height, hash, root, time, hash), MALFORMED)
                .update("a hash of zero", list(height, zero, root, time, signatures), "NothingAttested")
                .update("a root of zero", list(height, hash, zero, time, signatures), "NothingAttested")
                .update("as it should be", whole, ACCEPTED);
    }

    private static Rlp eight(int first) {
        var octets = new byte[9];
        octets[0] = (byte) first;
        return Rlp.of(Bytes.of(octets));
    }

    private static Bytes list(Rlp... items) {
        return Rlp.list(items).encode();
    }

    private static CommitteeScenario freezes(String field) {
        var s = new CommitteeScenario("another %s of a known height".formatted(field), 5, 3);
        return s.update("a block", s.of(block(11), 0, 1, 2), ACCEPTED)
                .update("a later one", s.of(block(12), 0, 1, 2), ACCEPTED)
                .update("another, by too few", s.of(other(11, field), 0, 1), "TooFewVerifiers")
                .update("another", s.of(other(11, field), 2, 3, 4), "frozen")
                .update("anything after that", s.of(block(13), 0, 1, 2), "ClientNotActive");
    }

    private static CommitteeScenario anchorContradicted(String field) {
        var s = new CommitteeScenario("another %s of the anchor".formatted(field), 5, 3);
        return s.update("another", s.of(other(10, field), 0, 1, 2), "frozen");
    }

    private static CommitteeScenario noMisbehaviour() {
        var s = new CommitteeScenario("what is no misbehaviour of a committee", 5, 3);
        var good = s.of(block(12), 0, 1, 2);
        var few = s.of(other(12, "hash"), 0, 1);
        return s.misbehaviour("the same twice", good, good, "NoConflict")
                .misbehaviour("the same by others", good, s.of(block(12), 2, 3, 4), "NoConflict")
                .misbehaviour("two heights", good, s.of(block(13), 0, 1, 2), "NoConflict")
                .misbehaviour("a second by too few", good, few, "TooFewVerifiers")
                .misbehaviour("a first by too few", few, good, "TooFewVerifiers");
    }

    private static CommitteeScenario twoStatements(String field) {
        var s = new CommitteeScenario("two statements that differ in %s".formatted(field), 5, 3);
        var one = s.of(block(12), 0, 1, 2);
        var two = s.of(other(12, field), 2, 3, 4);
        return s.misbehaviour("neither of which is held", one, two, "frozen")
                .misbehaviour("once more", one, two, "ClientNotActive");
    }

    private static CommitteeScenario oneHeld() {
        var s = new CommitteeScenario("two statements of which one is held", 5, 3);
        var other = s.of(other(11, "root"), 0, 1, 2);
        return s.update("one of them", s.of(block(11), 0, 1, 2), ACCEPTED)
                .misbehaviour("the other, after another height", s.of(block(12), 0, 1, 2), other, "frozen");
    }
}
