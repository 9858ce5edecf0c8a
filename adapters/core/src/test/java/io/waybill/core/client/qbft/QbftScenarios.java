package io.waybill.core.client.qbft;

import static io.waybill.core.client.qbft.SealedChain.ms;
import static io.waybill.core.client.qbft.SealedChain.named;
import static io.waybill.core.client.qbft.SealedChain.seal;
import static io.waybill.core.client.qbft.SealedChain.word;

import io.waybill.core.Bytes;
import io.waybill.core.client.ClientKind;
import io.waybill.core.digest.KeyPair;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// The rules of QBFT updates, each on both sides of its edge, as scenarios.
final class QbftScenarios {
    private static final String ACCEPTED = "accepted";
    private static final BigInteger N =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private static final SealedChain FOUR = SealedChain.of(4);
    private static final QbftHeader TEN = FOUR.sealed(10);

    private QbftScenarios() {}

    static List<Scenario> all() {
        return List.of(
                sameSet(ClientKind.QBFT),
                sameSet(ClientKind.IBFT2),
                seals(),
                members(),
                time(),
                trustingPeriod(),
                changedSet(),
                adjacent(),
                freeze(),
                QbftWireScenarios.malformedHeaders(),
                QbftWireScenarios.malformedUpdates(),
                QbftWireScenarios.realQbft(),
                QbftWireScenarios.realIbft2());
    }

    private static QbftUpdate from(QbftHeader trusted, QbftHeader header) {
        return QbftUpdate.between(trusted, header);
    }

    private static Scenario sameSet(ClientKind kind) {
        var chain = FOUR.as(kind);
        var ten = chain.sealed(10);
        var eleven = chain.sealed(11);
        var otherSeals = seal(chain.header(11), chain.keys().subList(1, 4));
        var round = chain.header(12);
        var extra = round.extra();
        var later = round.withExtra(new BftExtra(extra.vanity(), extra.validators(), null, 3, List.of()));
        var vote = new BftExtra.Vote(KeyPair.named("candidate").address(), kind == ClientKind.QBFT);
        var voting = new BftExtra(extra.vanity(), extra.validators(), vote, 0, List.of());
        return Scenario.anchoredAt("the same set, " + kind, ten)
                .at(ms(60))
                .update("the next header, sealed by a quorum", from(ten, eleven), ACCEPTED)
                .update("the same again", from(ten, eleven), ACCEPTED)
                .update("the same with other seals", from(ten, otherSeals), ACCEPTED)
                .update(
                        "a header of round 3",
                        from(eleven, seal(later, chain.keys().subList(0, 3))),
                        ACCEPTED)
                .update(
                        "a header with a vote",
                        from(
                                eleven,
                                seal(
                                        chain.header(13).withExtra(voting),
                                        chain.keys().subList(1, 4))),
                        ACCEPTED)
                .update("a distant header that all sealed", from(eleven, chain.sealed(50, 4)), ACCEPTED)
                .update("an earlier one from a stored one before it", from(ten, chain.sealed(20)), ACCEPTED);
    }

    private static Scenario seals() {
        var header = FOUR.header(11);
        var digest = header.sealDigest();
        var good = FOUR.keys().stream().map(key -> key.sign(digest)).toList();
        var stranger = KeyPair.named("stranger").sign(digest);
        var moved = FOUR.sealed(11);
        var round = new BftExtra(
                moved.extra().vanity(),
                moved.validators(),
                null,
                1,
                moved.extra().seals());
        return Scenario.anchoredAt("seals", TEN)
                .at(ms(11))
                .update("no seal", sealed(header, List.of()), "TooFewSeals")
                .update("one less than a quorum", sealed(header, good.subList(0, 2)), "TooFewSeals")
                .update(
                        "one seal twice",
                        sealed(header, List.of(good.get(0), good.get(1), good.get(1))),
                        "SealRepeated")
                .update(
                        "one seal in its two forms",
                        sealed(header, List.of(good.get(0), good.get(1), mirrored(good.get(1)))),
                        "SealRepeated")
                .update(
                        "a quorum and a stranger",
                        sealed(header, List.of(good.get(0), good.get(1), good.get(2), stranger)),
                        "SealByStranger")
                .update("r zero", sealed(header, List.of(with(good.get(0), 0, BigInteger.ZERO))), "SealInvalid")
                .update("s zero", sealed(header, List.of(with(good.get(0), 32, BigInteger.ZERO))), "SealInvalid")
                .update("r of the group's order", sealed(header, List.of(with(good.get(0), 0, N))), "SealInvalid")
                .update("s of the group's order", sealed(header, List.of(with(good.get(0), 32, N))), "SealInvalid")
                .update("v 27", sealed(header, List.of(good.get(0).with(64, 27))), "SealInvalid")
                .update("v 2", sealed(header, List.of(good.get(0).with(64, 2))), "SealInvalid")
                .update("another round than was sealed", from(TEN, moved.withExtra(round)), "SealByStranger")
                .update(
                        "another receipts root than was sealed",
                        from(
                                TEN,
                                FOUR.header(11, header.parentHash(), word("forged"))
                                        .withSeals(good.subList(0, 3))),
                        "SealByStranger")
                .update("a high s", sealed(header, List.of(good.get(0), good.get(1), mirrored(good.get(2)))), ACCEPTED);
    }

    private static QbftUpdate sealed(QbftHeader header, List<Bytes> seals) {
        return from(TEN, header.withSeals(seals));
    }

    /// The other form of the same signature: `(r, n − s)` with the other v.
    private static Bytes mirrored(Bytes seal) {
        var s = N.subtract(new BigInteger(1, seal.slice(32, 64).toArray()));
        return with(seal, 32, s).with(64, 1 - seal.at(64));
    }

    private static Bytes with(Bytes seal, int at, BigInteger value) {
        var word = new byte[32];
        var octets = value.toByteArray();
        int size = Math.min(32, octets.length);
        System.arraycopy(octets, octets.length - size, word, 32 - size, size);
        return Bytes.concat(seal.slice(0, at), Bytes.of(word), seal.slice(at + 32, 65));
    }

    private static Scenario members() {
        var header = FOUR.header(11);
        var extra = header.extra();
        var none = new BftExtra(extra.vanity(), List.of(), null, 0, List.of());
        var set = extra.validators();
        var swapped = new BftExtra(
                extra.vanity(), List.of(set.get(1), set.get(0), set.get(2), set.get(3)), null, 0, List.of());
        var twice = new BftExtra(
                extra.vanity(), List.of(set.get(0), set.get(1), set.get(1), set.get(2)), null, 0, List.of());
        var three = new SealedChain(ClientKind.QBFT, FOUR.keys().subList(1, 4));
        var proposed = header.withExtra(three.header(11).extra());
        return Scenario.anchoredAt("members", TEN)
                .at(ms(11))
                .update("no validators", from(TEN, header.withExtra(none)), "NoValidators")
                .update(
                        "not ascending",
                        from(TEN, seal(header.withExtra(swapped), FOUR.keys())),
                        "ValidatorsNotAscending")
                .update("one twice", from(TEN, seal(header.withExtra(twice), FOUR.keys())), "ValidatorsNotAscending")
                .update("a proposer of another set", from(TEN, seal(proposed, three.keys())), "ProposerNotValidator");
    }

    private static Scenario time() {
        var twenty = FOUR.sealed(20);
        var early = at(FOUR.header(21), SealedChain.START + 19);
        var same = at(FOUR.header(21), SealedChain.START + 20);
        return Scenario.anchoredAt("heights and times", TEN)
                .at(ms(20))
                .update("a trusted height it never held", from(FOUR.sealed(9), twenty), "UnknownTrustedHeight")
                .update("a height below the trusted one", from(TEN, FOUR.sealed(9)), "HeightNotNewer")
                .update(
                        "another hash at the trusted height",
                        from(TEN, seal(at(FOUR.header(10), SealedChain.START + 11), FOUR.keys())),
                        "HeightNotNewer")
                .update("a header", from(TEN, twenty), ACCEPTED)
                .update("a time before the trusted one", from(twenty, early), "TimeBeforeTrusted")
                .update("the time of the trusted one", from(twenty, same), ACCEPTED)
                .update("one second beyond the drift", from(twenty, FOUR.sealed(31)), "HeaderFromTheFuture")
                .update("as far ahead as the drift allows", from(twenty, FOUR.sealed(30)), ACCEPTED);
    }

    private static QbftHeader at(QbftHeader header, long timestamp) {
        return seal(
                new QbftHeader(
                        header.kind(),
                        header.parentHash(),
                        header.proposer(),
                        header.stateRoot(),
                        header.transactionsRoot(),
                        header.receiptsRoot(),
                        header.bloom(),
                        header.number(),
                        header.gasLimit(),
                        header.gasUsed(),
                        timestamp,
                        header.extra(),
                        header.forkFields()),
                FOUR.keys().subList(0, 3));
    }

    private static Scenario trustingPeriod() {
        var twenty = FOUR.sealed(20);
        var last = FOUR.sealed(1009);
        return Scenario.anchoredAt("the trusting period", TEN)
                .at(ms(1009))
                .update("from the anchor, one second before its end", from(TEN, twenty), ACCEPTED)
                .at(ms(1010))
                .update("from the anchor, at its very end", from(TEN, last), "TrustingPeriodExpired")
                .at(ms(1019))
                .update("from a later header, one second before its end", from(twenty, last), ACCEPTED)
                .at(ms(2009))
                .update("when the latest header's period has ended", from(last, FOUR.sealed(2009)), "ClientNotActive")
                .update("a header it holds", from(TEN, twenty), "ClientNotActive");
    }

    private static Scenario changedSet() {
        var other = new SealedChain(ClientKind.QBFT, named(1, 5));
        var strangers = new SealedChain(ClientKind.QBFT, named(10, 14));
        var half = new SealedChain(ClientKind.QBFT, named(2, 6));
        var twenty = other.header(20);
        var oldOnes = shared(other, FOUR);
        var fewer = new ArrayList<>(oldOnes.subList(0, 2));
        fewer.addAll(added(other, FOUR));
        var good = seal(twenty, oldOnes);
        var wrongSet = new QbftUpdate(10, strangers.validators(), good);
        return Scenario.anchoredAt("a changed set", TEN)
                .at(ms(60))
                .update("its own quorum, two of the old set", from(TEN, seal(twenty, fewer)), "TooFewTrustedSeals")
                .update("strangers alone", from(TEN, strangers.sealed(20)), "TooFewTrustedSeals")
                .update("half of the set replaced", from(TEN, half.sealed(20, 4)), "TooFewTrustedSeals")
                .update("no trusted set", new QbftUpdate(10, List.of(), good), "TrustedSetMismatch")
                .update("another trusted set", wrongSet, "TrustedSetMismatch")
                .update(
                        "a trusted set for nothing",
                        new QbftUpdate(10, FOUR.validators(), FOUR.sealed(11)),
                        "MalformedUpdate")
                .update(
                        "three of the old set, no quorum of its own",
                        from(
                                TEN,
                                new SealedChain(ClientKind.QBFT, named(0, 6))
                                        .sealedBy(20, FOUR.keys().subList(0, 3))),
                        "TooFewSeals")
                .update("a quorum of both", from(TEN, good), ACCEPTED)
                .update("back again", from(good, seal(FOUR.header(21), shared(FOUR, other))), ACCEPTED);
    }

    private static List<KeyPair> shared(SealedChain of, SealedChain with) {
        return of.keys().stream()
                .filter(key -> with.validators().contains(key.address()))
                .toList();
    }

    private static List<KeyPair> added(SealedChain to, SealedChain from) {
        return to.keys().stream()
                .filter(key -> !from.validators().contains(key.address()))
                .toList();
    }

    private static Scenario adjacent() {
        var five = SealedChain.of(5);
        var anchor = five.sealed(10);
        var child = seal(
                FOUR.header(11, anchor.hash(), SealedChain.EMPTY_TRIE),
                FOUR.keys().subList(0, 3));
        var orphan = FOUR.sealed(11, 3);
        var distant = seal(
                FOUR.header(12, anchor.hash(), SealedChain.EMPTY_TRIE),
                FOUR.keys().subList(0, 3));
        var two = new SealedChain(ClientKind.QBFT, named(0, 3));
        var twoDropped = seal(two.header(11, anchor.hash(), SealedChain.EMPTY_TRIE), two.keys());
        var three = SealedChain.of(3);
        var next = seal(
                three.header(12, child.hash(), SealedChain.EMPTY_TRIE),
                three.keys().subList(0, 2));
        var grown = FOUR.header(13, next.hash(), SealedChain.EMPTY_TRIE);
        var newcomer = new ArrayList<>(three.keys().subList(0, 2));
        newcomer.addAll(added(FOUR, three));
        return Scenario.anchoredAt("one member more or less in the next header", anchor)
                .at(ms(60))
                .update("one dropped, but not the trusted header's child", from(anchor, orphan), "TooFewTrustedSeals")
                .update("one dropped, two heights later", from(anchor, distant), "TooFewTrustedSeals")
                .update("two dropped at once", from(anchor, twoDropped), "TooFewTrustedSeals")
                .update("five to four, by three", from(anchor, child), ACCEPTED)
                .update("four to three, by two", from(child, next), ACCEPTED)
                .update("three to four, by two and the newcomer", from(next, seal(grown, newcomer)), ACCEPTED);
    }

    private static Scenario freeze() {
        var eleven = FOUR.sealed(11);
        var conflicting = FOUR.header(11, word("another parent"), SealedChain.EMPTY_TRIE);
        return Scenario.anchoredAt("misbehaviour", TEN)
                .at(ms(12))
                .update("a header", from(TEN, eleven), ACCEPTED)
                .update(
                        "a conflicting one without a quorum",
                        from(TEN, seal(conflicting, FOUR.keys().subList(0, 2))),
                        "TooFewSeals")
                .update(
                        "a conflicting one with a quorum",
                        from(TEN, seal(conflicting, FOUR.keys().subList(1, 4))),
                        "frozen")
                .update("another header", from(eleven, FOUR.sealed(12)), "ClientNotActive")
                .update("a header it holds", from(TEN, eleven), "ClientNotActive");
    }
}
