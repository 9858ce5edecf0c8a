package io.waybill.testkit;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.digest.Digests;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.Signer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The blocks of a chain in memory: one a transaction, final at once, sealed by one key. The caller holds the lock.
final class MemoryBlocks {
    private final ChainId chain;
    private final Signer sealer;
    private final InstantSource clock;
    private final List<Block> blocks = new ArrayList<>();

    record Block(MemoryHeader header, List<MemoryEvent> events) {}

    /// Where the transaction being carried out will be.
    record Place(long height, long timeMs, Bytes32 tx) {}

    MemoryBlocks(ChainId chain, Signer sealer, InstantSource clock) {
        this.chain = chain;
        this.sealer = sealer;
        this.clock = clock;
        mine(List.of());
    }

    long head() {
        return blocks.size();
    }

    Place next() {
        long height = head() + 1;
        long timeMs = blocks.isEmpty()
                ? clock.millis()
                : Math.max(clock.millis(), blocks.getLast().header().timeMs());
        var tx = Digests.sha256(
                Bytes.concat(Bytes.utf8("waybill/memory-tx"), chain.hash().value(), Bytes.u64(height)));
        return new Place(height, timeMs, tx);
    }

    Block mine(List<MemoryEvent> events) {
        var place = next();
        var parent = blocks.isEmpty() ? Bytes32.ZERO : blocks.getLast().header().hash();
        var block = new Block(
                new MemoryHeader(chain, place.height(), place.timeMs(), parent, MemoryEvent.root(events)),
                List.copyOf(events));
        blocks.add(block);
        return block;
    }

    Block at(long height) {
        if (height < 1 || height > head()) throw new ChainException.Unavailable("block: none at height " + height);
        return blocks.get((int) height - 1);
    }

    List<Bytes> updates(long trusted, long target, long maxStep) {
        var updates = new ArrayList<Bytes>();
        for (long from = trusted; from < target; ) {
            long to = Math.min(target, from + maxStep);
            updates.add(at(to).header().update(from, sealer));
            from = to;
        }
        return updates;
    }

    /// An update to another header of a height, sealed just as well: what a failed consensus would make.
    Bytes conflicting(long trusted, long height) {
        var header = at(height).header();
        var other = new MemoryHeader(
                chain, height, header.timeMs(), header.parent(), Digests.sha256(Bytes.utf8("another block")));
        return other.update(trusted, sealer);
    }
}
