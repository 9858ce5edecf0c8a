package io.waybill.fisco;

import io.waybill.core.Bytes32;
import io.waybill.core.FiscoRejection;
import io.waybill.core.Verdict;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.ReceiptTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Blocks whose transactions and receipts are what their headers say: both roots are rebuilt from hashes computed
/// here. Receipts are kept by the hash of their header, so that what one node said of a height does not stand in
/// the way of what another says.
final class FiscoBlocks {
    private static final int KEPT = 64;

    private final FiscoNode node;
    private final Map<Bytes32, Checked> kept = new LinkedHashMap<>();

    FiscoBlocks(FiscoNode node) {
        this.node = node;
    }

    /// A block with the receipt of each of its transactions, in order.
    record Checked(FiscoBlock block, List<FiscoReceipt> receipts) {
        Checked {
            receipts = List.copyOf(receipts);
        }

        long timeMs() {
            return block.header().timeMs();
        }

        /// The place of a transaction in the block, or -1.
        int indexOf(Bytes32 tx) {
            return block.transactions().indexOf(tx);
        }

        List<Bytes32> leaves(FiscoSuite suite) {
            return receipts.stream().map(receipt -> receipt.hash(suite)).toList();
        }
    }

    /// The block of a height.
    ///
    /// @throws ChainException.Unavailable if the node does not have it, or gives no readable answer
    /// @throws ChainException.Dishonest   if its parts contradict its header
    Checked at(long height) {
        var block = shown(node.block(height), height);
        var hash = block.header().hash(node.suite());
        synchronized (kept) {
            var known = kept.get(hash);
            if (known != null && known.block().transactions().equals(block.transactions())) return known;
        }
        var checked = check(height, block);
        synchronized (kept) {
            kept.put(hash, checked);
            if (kept.size() > KEPT) kept.remove(kept.keySet().iterator().next());
        }
        return checked;
    }

    /// A header with its seals, its hash recomputed.
    FiscoBlock header(long height) {
        return shown(node.sealedHeader(height), height);
    }

    private static FiscoBlock shown(java.util.Optional<Verdict<FiscoBlock>> answer, long height) {
        var verdict = answer.orElseThrow(
                () -> new ChainException.Unavailable("block %d: the node has none yet".formatted(height)));
        return switch (verdict) {
            case Verdict.Accepted<FiscoBlock>(var block) -> {
                if (block.header().number() != height) {
                    throw new ChainException.Dishonest("block %d: node shows block %d"
                            .formatted(height, block.header().number()));
                }
                yield block;
            }
            case Verdict.Rejected<FiscoBlock>(FiscoRejection.MalformedBlock(var what)) ->
                throw new ChainException.Unavailable("block %d: %s".formatted(height, what));
            case Verdict.Rejected<FiscoBlock>(var reason) ->
                throw new ChainException.Dishonest("block %d: %s".formatted(height, reason.explain()));
        };
    }

    private Checked check(long height, FiscoBlock block) {
        var header = block.header();
        same(
                "transactions root of block " + height,
                header.txsRoot(),
                ReceiptTree.root(node.suite(), block.transactions()));
        var receipts = receipts(height, block.transactions());
        var checked = new Checked(block, receipts);
        same(
                "receipts root of block " + height,
                header.receiptsRoot(),
                ReceiptTree.root(node.suite(), checked.leaves(node.suite())));
        return checked;
    }

    private static void same(String what, Bytes32 stated, Bytes32 computed) {
        if (!stated.equals(computed)) {
            throw new ChainException.Dishonest("%s: header says %s, computed %s".formatted(what, stated, computed));
        }
    }

    private List<FiscoReceipt> receipts(long height, List<Bytes32> transactions) {
        var tasks = transactions.stream()
                .map(tx -> (Callable<FiscoReceipt>) () -> receipt(height, tx))
                .toList();
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("receipt-", 0).factory())) {
            var receipts = new ArrayList<FiscoReceipt>();
            for (Future<FiscoReceipt> receipt : threads.invokeAll(tasks)) receipts.add(receipt.get());
            return receipts;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChainException.Unavailable("receipts of block %d: interrupted".formatted(height), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChainException failed) throw failed;
            throw new IllegalStateException("receipts of block %d".formatted(height), e);
        }
    }

    private FiscoReceipt receipt(long height, Bytes32 tx) {
        var outcome = node.receipt(tx)
                .orElseThrow(() -> new ChainException.Unavailable("receipt of %s: the node has none".formatted(tx)));
        if (!outcome.tx().equals(tx)) {
            throw new ChainException.Dishonest("receipt of %s: node shows the one of %s".formatted(tx, outcome.tx()));
        }
        // Two readings of the same signed octets are two transactions of one hash; nodes keep the later receipt.
        if (outcome.height() != height) {
            throw new ChainException.Unavailable("receipt of %s in block %d: the node shows the one in block %d"
                    .formatted(tx, height, outcome.height()));
        }
        return outcome.receipt();
    }
}
