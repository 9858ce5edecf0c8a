package io.waybill.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.client.fisco.FiscoUpdate;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.fisco.watch.WatcherClient;
import java.util.ArrayList;
import java.util.List;

/// Walks headers from a trusted one, parent by parent, and cuts the way into updates that a client will take: at
/// most 64 headers, at most one change of the sealers, a tip that the trusted sealers vouch for, and watchers'
/// signatures over it (rules R4.4 to R4.6).
final class HeaderWalk {
    private final FiscoSuite suite;
    private final FiscoBlocks blocks;
    private final WatcherClient watchers;

    HeaderWalk(FiscoSuite suite, FiscoBlocks blocks, WatcherClient watchers) {
        this.suite = suite;
        this.blocks = blocks;
        this.watchers = watchers;
    }

    /// @param head the newest height of the node: a way may have to go beyond `target`, never beyond this
    List<Bytes> updates(ClientRef verifier, long trusted, long target, long head) {
        if (target > head) {
            throw new ChainException.Unavailable("header %d: the chain is at %d".formatted(target, head));
        }
        var updates = new ArrayList<Bytes>();
        var from = SealedHeader.of(suite, blocks.header(trusted));
        while (from.header().number() < target) {
            var way = way(from, target, head);
            updates.add(update(verifier, from, way));
            from = way.getLast();
        }
        return List.copyOf(updates);
    }

    /// The headers after `from` up to the first vouched one at or beyond the target; else to the last vouched one.
    private List<SealedHeader> way(SealedHeader from, long target, long head) {
        var trusted = from.header().sealers();
        var way = new ArrayList<SealedHeader>();
        var last = from;
        while (way.size() < FiscoUpdate.MOST_HEADERS && last.header().number() < head) {
            var next = after(last);
            if (changedTwice(trusted, last, next)) break;
            way.add(next);
            last = next;
            if (next.header().number() >= target && next.vouchedBy(trusted)) return way;
        }
        for (int size = way.size(); size > 0; size--) {
            if (way.get(size - 1).vouchedBy(trusted)) return List.copyOf(way.subList(0, size));
        }
        throw new ChainException.Unavailable("headers %d to %d: none that the sealers trusted at %d vouch for yet"
                .formatted(
                        from.header().number() + 1,
                        last.header().number(),
                        from.header().number()));
    }

    private static boolean changedTwice(SealerSet trusted, SealedHeader last, SealedHeader next) {
        var before = last.header().sealers();
        return !before.equals(trusted) && !next.header().sealers().equals(before);
    }

    private SealedHeader after(SealedHeader last) {
        long height = last.header().number() + 1;
        var next = SealedHeader.of(suite, blocks.header(height));
        if (!next.header().parentHash().equals(last.hash())) {
            throw new ChainException.Dishonest("header %d: its parent hash is %s, header %d has %s"
                    .formatted(height, next.header().parentHash(), height - 1, last.hash()));
        }
        return next;
    }

    private Bytes update(ClientRef verifier, SealedHeader from, List<SealedHeader> way) {
        var tip = way.getLast();
        var signatures = watchers.signatures(verifier, tip.header().number(), tip.hash());
        return FiscoUpdate.of(
                        from.header().sealers(),
                        way.stream().map(SealedHeader::header).toList(),
                        tip.seals(),
                        signatures)
                .encode();
    }
}
