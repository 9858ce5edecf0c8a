package io.waybill.evm.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.conflux.ConfluxUpdate;
import io.waybill.core.client.conflux.SignedLedgerInfo;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.conflux.ConfluxEventProof;
import io.waybill.core.proof.conflux.ConfluxLog;
import io.waybill.core.proof.conflux.ConfluxReceipt;
import io.waybill.core.proof.conflux.DeferredRoots;
import io.waybill.core.proof.conflux.EpochProof;
import io.waybill.core.proof.conflux.EpochReceipts;
import io.waybill.core.proof.conflux.LogSpace;
import io.waybill.core.proof.conflux.PowHeader;
import io.waybill.rpc.JsonRpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The proofs that a Conflux chain made something final, built from what one node answers: ledger infos from
/// committee to committee, pivot headers back from the signed one, receipts of an epoch in their two tries.
/// Nothing here is believed: what the node made up is refused by whoever verifies.
public final class ConfluxFinality {
    /// The most updates in one answer; whoever is further behind asks again.
    private static final int MOST_UPDATES = 64;

    private final ConfluxNode node;
    private final int minVotes;

    /// @param core     JSON-RPC of the Core space, with the namespace `pos`
    /// @param eSpace   JSON-RPC of the eSpace of the same node
    /// @param minVotes headers that must vouch for an epoch's receipts, as the client was made with
    public ConfluxFinality(JsonRpc core, JsonRpc eSpace, int minVotes) {
        this.node = new ConfluxNode(core, eSpace);
        this.minVotes = minVotes;
    }

    /// The last ledger info that ends a PoS epoch: what an operator can pin.
    ///
    /// @throws ChainException.Unavailable if no epoch has ended
    public SignedLedgerInfo latestEnd() {
        for (long epoch = node.status().epoch(); epoch >= 1; epoch--) {
            var last = node.lastOf(epoch);
            if (last.isPresent() && pivot(last.get()) >= 1) return last.get();
        }
        throw new ChainException.Unavailable("anchor: the node knows no PoS epoch that ended on a pivot");
    }

    /// The ledger info that ends a PoS epoch.
    ///
    /// @throws ChainException.Unavailable if the epoch has not ended
    public SignedLedgerInfo end(long epoch) {
        return node.lastOf(epoch)
                .filter(last -> pivot(last) >= 1)
                .orElseThrow(() -> new ChainException.Unavailable(
                        "anchor: PoS epoch %d did not end on a pivot, as far as the node knows".formatted(epoch)));
    }

    /// The pivot header at a height, rebuilt and compared with its hash.
    public PowHeader header(long height) {
        return node.header(height);
    }

    /// The lowest signed pivot under which receipts of an epoch can be proven: five above it is the header that
    /// commits to them, and so many more must vouch for that. Where miners blamed that header it takes more, as
    /// many as the verdict on the proof says are lacking.
    public long pivotFor(long epoch) {
        return epoch + DeferredRoots.DEFERRED + minVotes;
    }

    /// Updates that lead a client to a signed pivot at a height or the first after it, as far as the chain has
    /// come.
    ///
    /// @param trustedHeight that the client holds
    /// @param trustedEpoch  PoS epoch whose committee signs next there
    /// @param target        lowest height that is wanted, see [#pivotFor]
    /// @return at most 64, in their order; none where nothing is new
    public List<ConfluxUpdate> updates(long trustedHeight, long trustedEpoch, long target) {
        var updates = new ArrayList<ConfluxUpdate>();
        long height = trustedHeight;
        long begins = 1;
        for (long epoch = trustedEpoch; height < target && updates.size() < MOST_UPDATES; epoch++) {
            var committee = node.committee(epoch);
            var end = node.lastOf(epoch);
            long ends = end.isPresent() ? block(end.get()) : node.status().committed();
            boolean within = end.isEmpty() || pivot(end.get()) > target;
            var next = within ? first(begins, ends, epoch, target).or(() -> end) : end;
            if (next.isEmpty()) break;
            updates.add(new ConfluxUpdate(height, committee, next.get()));
            height = pivot(next.get());
            begins = ends;
            if (end.isEmpty() || height >= target) break;
        }
        return updates;
    }

    /// The first ledger info of an epoch whose pivot reaches a height, by halving: pivots only rise.
    ///
    /// @param from PoS block before the epoch's first
    /// @param to   its last that is final
    private Optional<SignedLedgerInfo> first(long from, long to, long epoch, long target) {
        Optional<SignedLedgerInfo> found = Optional.empty();
        long low = from + 1;
        long high = to;
        while (low <= high) {
            long middle = low + (high - low) / 2;
            var signed = node.carriedBy(middle + 1);
            boolean reaches = signed.isPresent()
                    && (signed.get().info().epoch() > epoch
                            || (signed.get().info().epoch() == epoch && pivot(signed.get()) >= target));
            if (reaches) {
                if (signed.get().info().epoch() == epoch) found = signed;
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return found;
    }

    private static long pivot(SignedLedgerInfo signed) {
        var pivot = signed.info().commitInfo().pivot();
        return pivot == null ? 0 : pivot.height();
    }

    /// The number of the PoS block that a ledger info makes final.
    private static long block(SignedLedgerInfo signed) {
        return signed.info().commitInfo().version();
    }

    /// The proof that an epoch holds a log.
    ///
    /// @param pivot  height of a signed pivot, at least [#pivotFor] the epoch
    /// @param wanted the log, which must be there
    /// @throws ChainException.Unavailable if the node shows no such log
    public ConfluxEventProof event(long pivot, long epoch, Predicate<ConfluxLog> wanted) {
        var receipts = node.receipts(epoch);
        var place = place(receipts, wanted)
                .orElseThrow(() -> new ChainException.Unavailable("event: the node shows none in epoch " + epoch));
        var headers = headers(pivot, epoch + DeferredRoots.DEFERRED);
        int commits = headers.size() - 1;
        int witness = witness(headers, commits);
        var roots = roots(headers.get(witness), witness, commits, epoch);
        var shown =
                headers.subList(0, witness + 1).stream().map(PowHeader::encode).toList();
        return ConfluxEventProof.of(shown, roots, receipts, place);
    }

    /// The proof of everything that an epoch emitted.
    ///
    /// @param pivot height of a signed pivot, at least [#pivotFor] the epoch
    public EpochProof epoch(long pivot, long epoch) {
        var headers = headers(pivot, epoch);
        int commits = headers.size() - 1 - DeferredRoots.DEFERRED;
        int witness = witness(headers, commits);
        var roots = roots(headers.get(witness), witness, commits, epoch);
        var octets = headers.stream().map(PowHeader::encode).toList();
        return new EpochProof(octets, roots, node.receipts(epoch));
    }

    /// What an epoch emitted in eSpace, as the node says.
    public List<EvmLog> logs(long epoch) {
        return node.receipts(epoch).blocks().stream()
                .flatMap(List::stream)
                .flatMap(octets -> ConfluxReceipt.decode(octets).orElseThrow().believed(LogSpace.ESPACE).stream())
                .toList();
    }

    private List<PowHeader> headers(long from, long to) {
        var headers = new ArrayList<PowHeader>();
        for (long height = from; height >= to; height--) headers.add(node.header(height));
        return headers;
    }

    /// The header whose word on the epoch's root stands: the one that commits to it, or the first above that
    /// blames it.
    ///
    /// @param commits index of the one that commits, the lowest
    private static int witness(List<PowHeader> headers, int commits) {
        for (int i = commits - 1; i >= 0; i--) {
            if (headers.get(i).blame() >= commits - i) return i;
        }
        return commits;
    }

    /// All the roots that a witness' field is hashed over, and which of them is the epoch's.
    private DeferredRoots roots(PowHeader witness, int at, int commits, long epoch) {
        if (witness.blame() == 0) return DeferredRoots.stated();
        int offset = commits - at;
        var roots = new ArrayList<Bytes32>();
        for (long i = 0; i <= witness.blame(); i++) {
            roots.add(node.receipts(epoch + offset - i).root());
        }
        return new DeferredRoots(offset, roots);
    }

    private static Optional<ConfluxEventProof.Place> place(EpochReceipts epoch, Predicate<ConfluxLog> wanted) {
        for (int block = 0; block < epoch.blocks().size(); block++) {
            var receipts = epoch.blocks().get(block);
            for (int tx = 0; tx < receipts.size(); tx++) {
                int log = log(receipts.get(tx), wanted);
                if (log >= 0) return Optional.of(new ConfluxEventProof.Place(block, tx, log));
            }
        }
        return Optional.empty();
    }

    /// Index of a log in a receipt that succeeded, or −1.
    private static int log(Bytes octets, Predicate<ConfluxLog> wanted) {
        var receipt = ConfluxReceipt.decode(octets).orElseThrow();
        if (receipt.outcome() != ConfluxReceipt.Outcome.SUCCESS) return -1;
        var logs = receipt.logs();
        for (int i = 0; i < logs.size(); i++) {
            if (wanted.test(logs.get(i))) return i;
        }
        return -1;
    }
}
