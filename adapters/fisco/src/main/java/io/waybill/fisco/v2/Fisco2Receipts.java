package io.waybill.fisco.v2;

import static java.util.Comparator.comparingLong;

import io.waybill.core.Bytes32;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco2.HexadecimalTree;
import io.waybill.rpc.Json;
import java.util.ArrayList;
import java.util.List;

/// The receipts root of a block of FISCO BCOS 2.x, rebuilt from its receipts.
public final class Fisco2Receipts {
    private Fisco2Receipts() {}

    /// The root over a block's receipts, with the field `remainGas` where all of them print it.
    ///
    /// @param receipts an array of results of `getTransactionReceipt` or `getTransactionReceiptByHashWithProof`,
    ///     bare or within their envelopes; in any order if they state their `transactionIndex`
    /// @throws io.waybill.core.port.ChainException.Unavailable if it is none, or not all of one block
    public static Bytes32 root(FiscoSuite suite, Json receipts) {
        return roots(suite, receipts).getFirst();
    }

    /// The roots that a block of these receipts can have: as they are printed, and without `remainGas`, which newer
    /// nodes print even for chains that do not hash it. One of the two is the header's, or the receipts are not the
    /// block's.
    public static List<Bytes32> roots(FiscoSuite suite, Json receipts) {
        var ordered = ordered(receipts);
        boolean remains = !ordered.isEmpty()
                && ordered.stream().allMatch(json -> json.node().has("remainGas"));
        var without = root(suite, ordered, false);
        return remains ? List.of(root(suite, ordered, true), without) : List.of(without);
    }

    private static Bytes32 root(FiscoSuite suite, List<Json> receipts, boolean remains) {
        return HexadecimalTree.root(
                suite,
                receipts.stream()
                        .map(json -> Fisco2ReceiptJson.read(json, remains).hash(suite))
                        .toList());
    }

    private static List<Json> ordered(Json receipts) {
        var all = new ArrayList<>(receipts.list(Fisco2Receipts::bare));
        boolean placed = all.stream().allMatch(json -> json.node().has("transactionIndex"));
        if (!placed) return all;
        all.sort(comparingLong(json -> Values.number(json.at("transactionIndex"), 0)));
        for (int i = 0; i < all.size(); i++) {
            var index = all.get(i).at("transactionIndex");
            if (Values.number(index, 0) != i) throw index.unreadable("each index from 0 once");
        }
        return all;
    }

    private static Json bare(Json json) {
        var result = Values.result(json);
        if (!result.node().isObject()) throw result.unreadable("a receipt");
        return result.node().has("transactionReceipt") ? result.at("transactionReceipt") : result;
    }
}
