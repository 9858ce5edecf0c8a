package io.waybill.evm;

import static java.util.Comparator.comparingInt;

import io.waybill.core.Bytes32;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.rpc.Json;
import java.util.List;

/// The receipts root of a block, rebuilt from its receipts.
public final class EvmReceipts {
    private EvmReceipts() {}

    private record Placed(Json json, ReceiptJson receipt) {}

    /// The root of the trie over a block's receipts.
    ///
    /// @param receipts the elements of `eth_getBlockReceipts`, or a result of `eth_getTransactionReceipt` for
    ///     each transaction of the block; in any order
    /// @throws io.waybill.core.port.ChainException.Unavailable if one is no receipt, or they are not those
    ///     of the transactions 0, 1, 2 and so on
    public static Bytes32 root(List<Json> receipts) {
        var placed = receipts.stream()
                .map(json -> new Placed(json, ReceiptJson.read(json)))
                .sorted(comparingInt(each -> each.receipt().index()))
                .toList();
        for (int i = 0; i < placed.size(); i++) {
            if (placed.get(i).receipt().index() != i) {
                throw placed.get(i).json().at("transactionIndex").unreadable("each index from 0 once, next " + i);
            }
        }
        return MerklePatriciaTrie.of(placed.stream()
                        .map(each -> each.receipt().receipt().encode())
                        .toList())
                .root();
    }
}
