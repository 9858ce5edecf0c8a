package io.waybill.evm;

import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.rpc.Json;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// A transaction's receipt as a node tells it, with the part of it that the receipts trie holds.
///
/// @param tx        the transaction's hash
/// @param index     its place in the block
/// @param height    the block's number
/// @param blockHash the block's hash, as the node states it
/// @param gasUsed   gas of this transaction alone
/// @param fee       what was paid for that, in the smallest unit of the chain's coin; null where the node does not tell
/// @param created   the contract it created, if it did
/// @param receipt   what is hashed into the block
public record ReceiptJson(
        Bytes32 tx,
        int index,
        long height,
        Bytes32 blockHash,
        long gasUsed,
        @Nullable BigInteger fee,
        @Nullable Address created,
        EvmReceipt receipt) {
    /// Reads one element of `eth_getBlockReceipts`, or the result of `eth_getTransactionReceipt`. A `type` that is
    /// missing is 0.
    ///
    /// @throws io.waybill.core.port.ChainException.Unavailable if it cannot be read
    public static ReceiptJson read(Json json) {
        var created = json.at("contractAddress");
        return new ReceiptJson(
                json.at("transactionHash").bytes32(),
                small(json.at("transactionIndex"), Integer.MAX_VALUE),
                json.at("blockNumber").quantity(),
                json.at("blockHash").bytes32(),
                json.at("gasUsed").quantity(),
                fee(json),
                created.isNull() ? null : created.address(),
                receipt(json));
    }

    /// Conflux tells the fee itself: it charges for more gas than was used where the limit was far above.
    private static @Nullable BigInteger fee(Json json) {
        var told = json.at("gasFee");
        if (!told.isNull()) return told.bigQuantity();
        var price = json.at("effectiveGasPrice");
        if (price.isNull()) return null;
        return price.bigQuantity()
                .multiply(BigInteger.valueOf(json.at("gasUsed").quantity()));
    }

    private static EvmReceipt receipt(Json json) {
        var type = json.at("type");
        var bloom = json.at("logsBloom").bytes();
        if (bloom.size() != 256) throw json.at("logsBloom").unreadable("256 octets");
        return new EvmReceipt(
                type.isNull() ? 0 : small(type, 4),
                small(json.at("status"), 1) == 1,
                json.at("cumulativeGasUsed").quantity(),
                bloom,
                json.at("logs").list(ReceiptJson::log));
    }

    private static EvmLog log(Json json) {
        return new EvmLog(
                json.at("address").address(),
                json.at("topics").list(Json::bytes32),
                json.at("data").bytes());
    }

    private static int small(Json json, int most) {
        long value = json.quantity();
        if (value > most) throw json.unreadable("a quantity ≤ " + most);
        return (int) value;
    }
}
