package io.waybill.core.client.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;

/// What the wire form of updates is tried on, and updates made of captured blocks.
final class WireScenarios {
    private static final String ACCEPTED = "accepted";
    private static final Ledger LEDGER = new Ledger(5, 4);
    private static final SealerSet FOUR = LEDGER.set(1L, 1L, 1L, 1L);
    private static final FiscoHeader ANCHOR = Ledger.anchor(FOUR);

    private WireScenarios() {}

    static FiscoScenario wire() {
        var s = new FiscoScenario("wire form", LEDGER, ANCHOR);
        var good = s.of(FOUR, Ledger.chain(ANCHOR, 1), 0, 1, 2).encode();
        var items = Rlp.decode(good).orElseThrow().items();
        var header = items.get(3).items().getFirst().items();
        s.update("nothing", Bytes.EMPTY, "MalformedRlp")
                .update("the last octet cut off", good.slice(0, good.size() - 1), "MalformedRlp")
                .update("an octet after it", Bytes.concat(good, Bytes.of(0)), "MalformedRlp")
                .update("octets in place of a list", Bytes.of(1), "MalformedUpdate")
                .update(
                        "a trusted height with a leading zero",
                        with(items, 0, Rlp.of(Bytes.of(0, 10))),
                        "MalformedUpdate")
                .update("a list in place of a height", with(items, 0, Rlp.list()), "MalformedUpdate")
                .update("a header of seven fields", field(items, Rlp.list(header.subList(0, 7))), "MalformedUpdate")
                .update("a version of 2^31", field(items, changed(header, 0, Rlp.of(1L << 31))), "MalformedUpdate")
                .update(
                        "a root of 31 octets",
                        field(items, changed(header, 2, Rlp.of(Bytes.of(new byte[31])))),
                        "MalformedUpdate")
                .update("which 2", field(items, changed(header, 7, Rlp.of(2))), "MalformedUpdate")
                .update("gas used that is a list", field(items, changed(header, 4, Rlp.list())), "MalformedUpdate")
                .update("a seal of one field", with(items, 4, Rlp.list(Rlp.list(Rlp.of(0)))), "MalformedUpdate");
        return s.update("as it should be", good, ACCEPTED);
    }

    private static Bytes with(List<Rlp> items, int index, Rlp item) {
        return changed(items, index, item).encode();
    }

    private static Rlp changed(List<Rlp> items, int index, Rlp item) {
        var changed = new ArrayList<>(items);
        changed.set(index, item);
        return Rlp.list(changed);
    }

    private static Bytes field(List<Rlp> items, Rlp header) {
        return with(items, 3, Rlp.list(header));
    }

    static FiscoScenario realChain() {
        var blocks = FiscoVectors.chain("std");
        var s = new FiscoScenario("a captured chain", LEDGER, blocks.getFirst().header());
        s.at((blocks.getLast().header().timeMs() / 1000 + 1) * 1000);
        s.update("two sealers of three vouch for a new list", span(s, blocks, 1, 18), "SetChangedTwice");
        for (int[] span : new int[][] {{1, 3}, {3, 12}, {12, 13}, {13, 17}, {17, 19}, {19, 23}}) {
            s.update("headers %d to %d".formatted(span[0] + 1, span[1]), span(s, blocks, span[0], span[1]), ACCEPTED);
        }
        return s.update("the last ones", span(s, blocks, 23, 26), ACCEPTED);
    }

    private static FiscoUpdate span(FiscoScenario s, List<FiscoVectors.Block> blocks, int from, int to) {
        var tip = blocks.get(to - 1);
        var headers = blocks.subList(from, to).stream()
                .map(FiscoVectors.Block::header)
                .toList();
        var trusted = blocks.get(from - 1).header().sealers();
        var sets = headers.stream()
                .map(FiscoHeader::sealers)
                .filter(set -> !set.equals(trusted))
                .distinct();
        if (sets.count() > 1) return twice(s, trusted, headers, tip);
        return FiscoUpdate.of(trusted, headers, tip.seals(), s.watched(tip.header(), 0, 1, 2));
    }

    /// A chain with more than one change, its later headers said to name the old list again.
    private static FiscoUpdate twice(
            FiscoScenario s, SealerSet trusted, List<FiscoHeader> headers, FiscoVectors.Block tip) {
        var other = headers.stream()
                .map(FiscoHeader::sealers)
                .filter(set -> !set.equals(trusted))
                .findFirst()
                .orElseThrow();
        var links = headers.stream()
                .map(header -> FiscoUpdate.Link.of(header, header.sealers().equals(other)))
                .toList();
        return new FiscoUpdate(
                headers.getFirst().number() - 1, trusted, other, links, tip.seals(), s.watched(tip.header(), 0, 1, 2));
    }

    static FiscoScenario lyingLeader() {
        var blocks = FiscoVectors.chain("std");
        var s = new FiscoScenario(
                "a captured header that a lying leader invented",
                LEDGER,
                blocks.get(22).header());
        var captured =
                FiscoVectors.read("std/byzantine_leader_forged_header.json").get("forged_header");
        var header = FiscoVectors.header(captured);
        var set = blocks.get(22).header().sealers();
        var forged = FiscoUpdate.of(set, List.of(header), FiscoVectors.seals(captured), List.of());
        return s.update("sealed by a quorum, seen by no watcher", forged, "TooFewWatchers")
                .update("the real one", span(s, blocks, 23, 24), ACCEPTED)
                .update(
                        "the invented one, were the watchers to err too",
                        FiscoUpdate.of(set, List.of(header), forged.seals(), s.watched(header, 0, 1, 2)),
                        "frozen");
    }
}
