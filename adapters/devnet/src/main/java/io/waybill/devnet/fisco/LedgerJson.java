package io.waybill.devnet.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.ReceiptTree;
import io.waybill.devnet.fisco.LedgerBlock.Executed;
import io.waybill.rpc.Json;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Prints blocks, transactions and receipts as the JSON-RPC of FISCO BCOS 3.16 does.
public final class LedgerJson {
    private LedgerJson() {}

    /// The 128 digits of a node id, without `0x`.
    static String nodeId(Bytes id) {
        return HexFormat.of().formatHex(id.toArray());
    }

    private static String digits(Bytes32 hash) {
        return hash.toHex().substring(2);
    }

    /// Prints the header part of a block.
    public static ObjectNode header(FiscoHeader header, Bytes32 hash, List<Seal> seals) {
        var json = Json.MAPPER.createObjectNode();
        header.sealers().weights().forEach(json.putArray("consensusWeights")::add);
        json.put("extraData", header.extraData().toHex())
                .put("gasUsed", header.gasUsed())
                .put("hash", hash.toHex())
                .put("number", header.number());
        json.putArray("parentInfo")
                .addObject()
                .put("blockHash", header.parentHash().toHex())
                .put("blockNumber", header.number() - 1);
        json.put("receiptsRoot", header.receiptsRoot().toHex()).put("sealer", header.sealer());
        header.sealers().ids().stream().map(Bytes::toHex).forEach(json.putArray("sealerList")::add);
        var signatures = json.putArray("signatureList");
        for (var seal : seals) {
            signatures
                    .addObject()
                    .put("sealerIndex", seal.index())
                    .put("signature", seal.signature().toHex());
        }
        return json.put("stateRoot", header.stateRoot().toHex())
                .put("timestamp", header.timeMs())
                .put("txsRoot", header.txsRoot().toHex())
                .put("version", header.version());
    }

    static ObjectNode genesis(Genesis genesis) {
        var zero = Bytes32.ZERO.toHex();
        var json = Json.MAPPER.createObjectNode();
        json.putArray("consensusWeights");
        json.put("extraData", genesis.text().toHex())
                .put("gasUsed", "0")
                .put("hash", genesis.hash().toHex())
                .put("number", 0);
        json.putArray("parentInfo");
        json.put("receiptsRoot", zero).put("sealer", 0);
        json.putArray("sealerList");
        json.putArray("signatureList");
        return json.put("stateRoot", zero)
                .put("timestamp", 0)
                .put("txsRoot", zero)
                .put("version", genesis.version());
    }

    static ObjectNode transaction(Executed done) {
        var transaction = done.transaction().transaction();
        return Json.MAPPER
                .createObjectNode()
                .put("abi", transaction.abi())
                .put("blockLimit", transaction.blockLimit())
                .put("chainID", transaction.chainId())
                .put("extraData", "")
                .put("from", done.sender().toHex())
                .put("groupID", transaction.groupId())
                .put("hash", done.hash().toHex())
                .put("importTime", 0)
                .put("input", transaction.input().toHex())
                .put("nonce", transaction.nonce().toHex().substring(2))
                .put("signature", done.transaction().signature().toHex())
                .put("to", transaction.to())
                .put("version", 0);
    }

    /// Prints a receipt; as the node does, with a hash only where it succeeded and is asked by its own method.
    static ObjectNode receipt(Executed done, String hash) {
        var receipt = done.receipt();
        var transaction = done.transaction().transaction();
        var address = receipt.contractAddress();
        var json = Json.MAPPER
                .createObjectNode()
                .put("blockNumber", receipt.blockNumber())
                .put("checksumContractAddress", Checksum.of(address))
                .put("contractAddress", address.isEmpty() ? "" : "0x" + address)
                .put("extraData", "")
                .put("from", done.sender().toHex())
                .put("gasUsed", receipt.gasUsed())
                .put("hash", hash)
                .put("input", transaction.input().toHex());
        logs(json.putArray("logEntries"), receipt);
        return json.put("message", "")
                .put("output", receipt.output().toHex())
                .put("status", receipt.status())
                .put("to", transaction.to())
                .put("transactionHash", done.hash().toHex())
                .put("version", receipt.version());
    }

    private static void logs(ArrayNode entries, FiscoReceipt receipt) {
        for (var log : receipt.logs()) {
            var entry = entries.addObject()
                    .put("address", log.address())
                    .put("data", log.data().toHex());
            log.topics().stream().map(Bytes32::toHex).forEach(entry.putArray("topics")::add);
        }
    }

    /// The flat form of a proof: each group's count, left-aligned in 32 octets, then its hashes; a lone leaf by itself.
    public static ArrayNode proof(FiscoSuite suite, List<Bytes32> leaves, int index) {
        var flat = Json.MAPPER.createArrayNode();
        if (leaves.size() == 1) return flat.add(digits(leaves.getFirst()));
        for (var group : ReceiptTree.path(suite, leaves, index)) {
            flat.add("%08x".formatted(group.size()) + "0".repeat(56));
            group.forEach(hash -> flat.add(digits(hash)));
        }
        return flat;
    }
}
