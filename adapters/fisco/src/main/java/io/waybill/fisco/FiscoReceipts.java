package io.waybill.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.ReceiptBlock;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.FiscoRejection.HashMismatch;
import io.waybill.core.FiscoRejection.MalformedBlock;
import io.waybill.core.Verdict;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.ReceiptTree;
import io.waybill.rpc.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// The receipts of one block, as results of `getTransactionReceipt` show them, rebuilt into the root that the
/// block's header has. Each leaf is the hash of the receipt's fields; a hash that the node states is compared and
/// never used.
///
/// Receipts are given as an array, each bare, within its envelope (`result`), or beside its transaction
/// (`receipt`).
public final class FiscoReceipts {
    private FiscoReceipts() {}

    /// The root over receipts in the order they are given, or the reason why there is none: [MalformedBlock] for
    /// what is no receipt, [HashMismatch] for a stated hash that is not the receipt's.
    public static Verdict<Bytes32> root(FiscoSuite suite, Json receipts) {
        return readable(() -> root(suite, list(receipts)));
    }

    /// Holds receipts against the header of their block; they may come in any order where the header lists its
    /// transactions.
    ///
    /// @param block a result of `getBlockByNumber`, bare or within its envelope, with or without its transactions
    /// @return the root; or the refusal of the block, of a receipt, or [ReceiptsRootMismatch]
    public static Verdict<Bytes32> verify(FiscoSuite suite, Json block, Json receipts) {
        return FiscoBlockJson.read(suite, FiscoAnswers.bare(block))
                .then(read -> readable(() -> ordered(read, list(receipts))
                        .then(ordered -> root(suite, ordered))
                        .then(root -> compared(read.header().receiptsRoot(), root))));
    }

    private static Verdict<Bytes32> compared(Bytes32 stated, Bytes32 computed) {
        return computed.equals(stated) ? accept(computed) : reject(new ReceiptsRootMismatch(stated, computed));
    }

    /// A reader that may find its text unreadable.
    private interface Reading<T> {
        Verdict<T> read();
    }

    private static <T> Verdict<T> readable(Reading<T> reading) {
        try {
            return reading.read();
        } catch (ChainException.Unavailable e) {
            return reject(new MalformedBlock(String.valueOf(e.getMessage())));
        }
    }

    private static List<Json> list(Json receipts) {
        return FiscoAnswers.bare(receipts).list(FiscoAnswers::bare);
    }

    private static Verdict<List<Json>> ordered(FiscoBlock block, List<Json> receipts) {
        long height = block.header().number();
        for (var receipt : receipts) {
            long found = receipt.at("blockNumber").integer();
            if (found != height) return reject(new ReceiptBlock(height, found));
        }
        var transactions = block.transactions();
        if (transactions.isEmpty()) return accept(receipts);
        if (transactions.size() != receipts.size()) {
            return reject(new MalformedBlock(
                    "%d transactions and %d receipts".formatted(transactions.size(), receipts.size())));
        }
        var byTransaction = new HashMap<Bytes32, Json>();
        for (var receipt : receipts) byTransaction.put(FiscoHex.word(receipt.at("transactionHash")), receipt);
        var ordered = new ArrayList<Json>();
        for (var transaction : transactions) {
            var receipt = byTransaction.get(transaction);
            if (receipt == null) return reject(new MalformedBlock("no receipt of transaction " + transaction));
            ordered.add(receipt);
        }
        return accept(ordered);
    }

    private static Verdict<Bytes32> root(FiscoSuite suite, List<Json> receipts) {
        var leaves = new ArrayList<Bytes32>();
        for (var json : receipts) {
            var computed = FiscoReceiptJson.read(json).hash(suite);
            var hash = json.at("hash");
            boolean stated = !hash.isNull() && !FiscoHex.octets(hash).isEmpty();
            if (stated && !FiscoHex.word(hash).equals(computed)) {
                return reject(new HashMismatch(FiscoHex.word(hash), computed));
            }
            leaves.add(computed);
        }
        return accept(ReceiptTree.root(suite, leaves));
    }
}
