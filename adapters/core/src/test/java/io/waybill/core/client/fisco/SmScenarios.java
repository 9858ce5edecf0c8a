package io.waybill.core.client.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.ClientKind;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// What header updates of a chain of national crypto are tried on: where they differ from those of the other, and
/// the captured chain.
final class SmScenarios {
    private static final String ACCEPTED = "accepted";
    private static final String INVALID = "SealerSignatureInvalid";
    private static final BigInteger ORDER =
            new BigInteger("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123", 16);
    private static final Ledger LEDGER = new Ledger(5, 4);
    private static final List<SealerKey> KEYS = IntStream.range(0, 4)
            .mapToObj(i -> SealerKey.named(ClientKind.FISCO_SM, "sm sealer/" + i))
            .sorted(Comparator.comparing(SealerKey::id))
            .toList();
    private static final SealerSet FOUR =
            new SealerSet(KEYS.stream().map(SealerKey::id).toList(), List.of(1L, 1L, 1L, 1L));
    private static final FiscoHeader ANCHOR = Ledger.anchor(FOUR);

    private SmScenarios() {}

    static List<FiscoScenario> all() {
        return List.of(chains(), seals(), realChain());
    }

    private static Bytes32 hash(FiscoHeader header) {
        return header.hash(FiscoSuite.SM);
    }

    private static FiscoHeader next(FiscoHeader parent) {
        return Ledger.header(parent.number() + 1, hash(parent), parent.sealers(), parent.timeMs() + 1000);
    }

    private static List<Seal> seals(FiscoHeader tip, long... indices) {
        return LongStream.of(indices)
                .mapToObj(i -> new Seal(i, KEYS.get((int) i).sign(hash(tip))))
                .toList();
    }

    private static FiscoUpdate of(FiscoScenario s, List<FiscoHeader> headers, List<Seal> seals) {
        return FiscoUpdate.of(FOUR, headers, seals, s.watched(headers.getLast(), 0, 1, 2));
    }

    private static FiscoScenario chains() {
        var s = FiscoScenario.sm("chains of national crypto", LEDGER, ANCHOR);
        var first = next(ANCHOR);
        var second = next(first);
        var foreign = Ledger.next(ANCHOR, FOUR);
        return s.update("a parent named by the other hash", of(s, List.of(foreign), seals(foreign, 0, 1, 2)), INVALID)
                .update("two of four", of(s, List.of(first), seals(first, 0, 3)), "TooLittleWeight")
                .update("seals not ascending", of(s, List.of(first), seals(first, 1, 0, 2)), "SealsNotAscending")
                .update("two headers", of(s, List.of(first, second), seals(second, 0, 1, 2)), ACCEPTED)
                .update(
                        "one more, by other sealers",
                        of(s, List.of(next(second)), seals(next(second), 1, 2, 3)),
                        ACCEPTED);
    }

    private static FiscoScenario seals() {
        var s = FiscoScenario.sm("seals of national crypto", LEDGER, ANCHOR);
        var header = next(ANCHOR);
        var own = KEYS.getFirst().sign(hash(header));
        var r = own.slice(0, 32);
        var t = own.slice(32, 64);
        var none = Bytes.of(new byte[32]);
        var order = word(ORDER);
        var stranger = SealerKey.named(ClientKind.FISCO_SM, "a stranger");
        var theirs = stranger.sign(hash(header));
        return with(s, header, "r of zero", Bytes.concat(none, t), INVALID)
                .update("s of zero", first(s, header, Bytes.concat(r, none)), INVALID)
                .update("r of n", first(s, header, Bytes.concat(order, t)), INVALID)
                .update("s of n", first(s, header, Bytes.concat(r, order)), INVALID)
                .update("s for r", first(s, header, Bytes.concat(t, r)), INVALID)
                .update("r and s that add to n", first(s, header, Bytes.concat(r, rest(r))), INVALID)
                .update("the opposite s", first(s, header, Bytes.concat(r, rest(t))), INVALID)
                .update("63 octets", first(s, header, own.slice(0, 63)), INVALID)
                .update("65 octets", first(s, header, Bytes.concat(own, Bytes.of(0))), INVALID)
                .update(
                        "its own key behind it",
                        first(s, header, Bytes.concat(own, FOUR.ids().getFirst())),
                        INVALID)
                .update("a stranger's", first(s, header, theirs), INVALID)
                .update(
                        "a stranger's with the key that made it",
                        first(s, header, Bytes.concat(theirs, stranger.id())),
                        INVALID)
                .update("another sealer's", first(s, header, KEYS.get(1).sign(hash(header))), INVALID)
                .update("of another header", first(s, header, KEYS.getFirst().sign(hash(ANCHOR))), INVALID)
                .update(
                        "of the other crypto",
                        first(s, header, KeyPair.named("sealer/0").sign(hash(header))),
                        INVALID)
                .update("as it should be", first(s, header, own), ACCEPTED);
    }

    private static FiscoScenario with(FiscoScenario s, FiscoHeader header, String what, Bytes seal, String expect) {
        return s.update(what, first(s, header, seal), expect);
    }

    /// Sealed by three, of whom the first sealed so.
    private static FiscoUpdate first(FiscoScenario s, FiscoHeader header, Bytes seal) {
        var seals = new ArrayList<>(seals(header, 0, 1, 2));
        seals.set(0, new Seal(0, seal));
        return of(s, List.of(header), seals);
    }

    private static Bytes word(BigInteger number) {
        return Bytes.hex("%064x".formatted(number));
    }

    private static Bytes rest(Bytes word) {
        return word(ORDER.subtract(new BigInteger(1, word.toArray())));
    }

    static FiscoScenario misbehaviour() {
        var s = FiscoScenario.sm("misbehaviour of national crypto", LEDGER, ANCHOR);
        var header = next(ANCHOR);
        var other = Headers.gas(header, "21001");
        var third = Headers.gas(header, "21002");
        return s.update("a header", of(s, List.of(header), seals(header, 0, 1, 2)), ACCEPTED)
                .misbehaviour(
                        "the same twice",
                        of(s, List.of(header), seals(header, 0, 1, 2)),
                        of(s, List.of(header), seals(header, 1, 2, 3)),
                        "NoConflict")
                .misbehaviour(
                        "another that too few sealed",
                        of(s, List.of(other), seals(other, 0, 1)),
                        of(s, List.of(third), seals(third, 0, 1, 2)),
                        "TooLittleWeight")
                .misbehaviour(
                        "two others of one height",
                        of(s, List.of(other), seals(other, 0, 1, 2)),
                        of(s, List.of(third), seals(third, 0, 1, 2)),
                        "frozen");
    }

    /// Mode CHALLENGED differs from the other in nothing that the crypto touches but seals and hashes.
    static FiscoScenario challenged() {
        var s = FiscoScenario.challengedSm("mode CHALLENGED of national crypto", LEDGER, ANCHOR);
        var header = next(ANCHOR);
        var other = Headers.gas(header, "21001");
        var evidence = new ChallengeAction.Conflict(
                11, other.parentHash(), FOUR, null, FiscoUpdate.Link.of(other, false), seals(other, 1, 2, 3));
        return s.act("a quorum less one", waits(header, 0, 1), "TooLittleWeight")
                .act("a header", waits(header, 0, 1, 2), ACCEPTED)
                .act("too early", new ChallengeAction.Confirm(11), "ChallengePeriodOpen")
                .at(s.nowMs() + Ledger.CHALLENGE_MS)
                .act("in time", new ChallengeAction.Confirm(11), ACCEPTED)
                .act("another of that height", evidence, "frozen");
    }

    private static ChallengeAction waits(FiscoHeader header, long... sealing) {
        return new ChallengeAction.Propose(FiscoUpdate.of(FOUR, List.of(header), seals(header, sealing), List.of()));
    }

    private static FiscoScenario realChain() {
        var blocks = FiscoVectors.chain("sm");
        var s = FiscoScenario.sm(
                "a captured chain of national crypto", LEDGER, blocks.getFirst().header());
        s.at((blocks.getLast().header().timeMs() / 1000 + 1) * 1000);
        return span(s, blocks, 1, 15, ACCEPTED)
                .update("too few of the old list", update(s, blocks, 15, 16), "TooLittleTrustedWeight")
                .update("with a later header", update(s, blocks, 15, 17), ACCEPTED)
                .update("too few of that list", update(s, blocks, 17, 18), "TooLittleTrustedWeight")
                .update("with a later header again", update(s, blocks, 17, 19), ACCEPTED)
                .update("the last ones", update(s, blocks, 19, 22), ACCEPTED);
    }

    private static FiscoScenario span(
            FiscoScenario s, List<FiscoVectors.Block> blocks, int from, int to, String expect) {
        return s.update("headers %d to %d".formatted(from + 1, to), update(s, blocks, from, to), expect);
    }

    private static FiscoUpdate update(FiscoScenario s, List<FiscoVectors.Block> blocks, int from, int to) {
        var tip = blocks.get(to - 1);
        var headers = blocks.subList(from, to).stream()
                .map(FiscoVectors.Block::header)
                .toList();
        return FiscoUpdate.of(
                blocks.get(from - 1).header().sealers(), headers, tip.seals(), s.watched(tip.header(), 0, 1, 2));
    }
}
