package io.waybill.core.proof.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.WrongSpace;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.EventRejection.LogIndexOutOfRange;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.EventRejection.TransactionFailed;
import io.waybill.core.Verdict;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.Rlp;
import java.util.List;

/// The proof that an epoch holds an event, `RLP [ [header...], offset, [root...], blockProof, receiptProof,
/// receipt, logIndex ]`: headers as octets of their RLP, from the signed pivot down to the one whose roots are
/// vouched for; offset and roots as [DeferredRoots] has them; the two tries' proofs as [SimpleTrieProof] has them;
/// the receipt's octets.
///
/// @param headers      from the pivot down
/// @param roots        which root of the lowest header holds the event
/// @param blockProof   of a block in the epoch
/// @param receiptProof of the receipt in that block
/// @param receipt      as the trie holds it
/// @param logIndex     of the log in its receipt
public record ConfluxEventProof(
        List<Bytes> headers,
        DeferredRoots roots,
        SimpleTrieProof blockProof,
        SimpleTrieProof receiptProof,
        Bytes receipt,
        long logIndex) {
    private static final long INDEX_LIMIT = 1L << 31;

    public ConfluxEventProof {
        headers = List.copyOf(headers);
    }

    /// The proof built from all receipts of an epoch.
    ///
    /// @param headers from the pivot down to the height five above the epoch, or to one that blames that height
    public static ConfluxEventProof of(List<Bytes> headers, DeferredRoots roots, EpochReceipts epoch, Place place) {
        return new ConfluxEventProof(
                headers,
                roots,
                epoch.block(place.block),
                epoch.receipt(place.block, place.tx),
                epoch.blocks().get(place.block).get(place.tx),
                place.log);
    }

    /// Where in an epoch an event is.
    ///
    /// @param block index of the block in the order of execution
    /// @param tx    index of the transaction in its block
    /// @param log   index of the log in its receipt
    public record Place(int block, int tx, int log) {}

    public Bytes encode() {
        return Rlp.list(
                        Rlp.list(headers, Rlp::of),
                        Rlp.of(roots.offset()),
                        Rlp.list(roots.roots(), root -> Rlp.of(root.value())),
                        blockProof.item(),
                        receiptProof.item(),
                        Rlp.of(receipt),
                        Rlp.of(logIndex))
                .encode();
    }

    /// Reads the wire form; total.
    public static Verdict<ConfluxEventProof> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedEventProof::new, ConfluxEventProof::read);
    }

    private static Verdict<ConfluxEventProof> read(Rlp item) {
        var items = item.items();
        if (items.size() != 7) return malformed("items");
        var headers = items.get(0).items();
        if (headers.isEmpty() || headers.size() > PivotHeaders.MOST) return malformed("headers");
        long offset = items.get(1).number();
        if (offset < 0 || offset > DeferredRoots.MOST) return malformed("offset");
        var roots = items.get(2).items();
        if (roots.size() > DeferredRoots.MOST
                || roots.stream().anyMatch(root -> root.octets().size() != 32)) return malformed("roots");
        long logIndex = items.get(6).number();
        if (logIndex < 0 || logIndex >= INDEX_LIMIT) return malformed("logIndex");
        var receipt = items.get(5).octets();
        var deferred = new DeferredRoots(
                (int) offset,
                roots.stream().map(root -> new Bytes32(root.octets())).toList());
        return SimpleTrieProof.read(items.get(3))
                .then(block -> SimpleTrieProof.read(items.get(4))
                        .map(inBlock -> new ConfluxEventProof(
                                headers.stream().map(Rlp::octets).toList(),
                                deferred,
                                block,
                                inBlock,
                                receipt,
                                logIndex)));
    }

    /// Judges the headers, their votes, the tries and the receipt, and answers the log. The receipt as a whole must
    /// be of a transaction that succeeded and moved no token in either space.
    ///
    /// @param height   of the pivot that a committee signed
    /// @param hash     of that pivot
    /// @param minVotes headers that must vouch for the lowest one's roots
    /// @param space    where the log must have been emitted
    public Verdict<EvmLog> event(long height, Bytes32 hash, int minVotes, LogSpace space) {
        return PivotHeaders.from(height, hash, headers)
                .then(chain -> chain.vouched(minVotes))
                .then(roots::under)
                .then(this::proven)
                .then(ConfluxReceipt::decode)
                .then(proven -> log(proven, space));
    }

    private Verdict<Bytes> proven(Bytes32 root) {
        var computed = blockProof.root(receiptProof.root(receipt).value());
        return computed.equals(root) ? accept(receipt) : reject(new ReceiptsRootMismatch(root, computed));
    }

    private Verdict<EvmLog> log(ConfluxReceipt receipt, LogSpace space) {
        if (receipt.outcome() != ConfluxReceipt.Outcome.SUCCESS) return reject(new TransactionFailed());
        var logs = receipt.logs();
        if (logIndex >= logs.size()) return reject(new LogIndexOutOfRange((int) logIndex, logs.size()));
        var found = logs.get((int) logIndex).space();
        if (found != space) return reject(new WrongSpace(space.name(), found.name()));
        return ConfluxLog.at(logs, logIndex);
    }

    private static Verdict<ConfluxEventProof> malformed(String what) {
        return reject(new MalformedEventProof(what));
    }
}
