package io.waybill.devnet.evm;

import io.waybill.core.Bytes;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.rpc.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Prints a header as `eth_getBlockByNumber` of a Besu node does.
public final class QbftBlockJson {
    private QbftBlockJson() {}

    /// Prints one block.
    ///
    /// @param transactions the array of hashes or of whole transactions
    public static ObjectNode print(QbftHeader header, JsonNode transactions) {
        var block = Json.MAPPER
                .createObjectNode()
                .put("number", Json.quantity(header.number()))
                .put("hash", header.hash().toHex())
                .put("mixHash", QbftHeader.MIX_HASH.toHex())
                .put("parentHash", header.parentHash().toHex())
                .put("nonce", "0x0000000000000000")
                .put("sha3Uncles", QbftHeader.NO_OMMERS.toHex())
                .put("logsBloom", header.bloom().toHex())
                .put("transactionsRoot", header.transactionsRoot().toHex())
                .put("stateRoot", header.stateRoot().toHex())
                .put("receiptsRoot", header.receiptsRoot().toHex())
                .put("miner", header.proposer().toHex())
                .put("difficulty", "0x1")
                .put("totalDifficulty", Json.quantity(header.number() + 1))
                .put("extraData", header.extra().encode(header.kind()).toHex());
        if (!header.forkFields().isEmpty()) {
            block.put("baseFeePerGas", quantity(header.forkFields().getFirst()));
        }
        block.put("size", Json.quantity(header.encode().size()))
                .put("gasLimit", Json.quantity(header.gasLimit()))
                .put("gasUsed", Json.quantity(header.gasUsed()))
                .put("timestamp", Json.quantity(header.timestamp()));
        block.putArray("uncles");
        block.set("transactions", transactions);
        return block;
    }

    private static String quantity(Bytes minimal) {
        return minimal.isEmpty() ? "0x0" : Json.quantity(minimal.number(0, minimal.size()));
    }
}
