package io.waybill.devnet.fisco;

import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.devnet.RpcFault;
import io.waybill.rpc.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a node says of itself, of its group and of the consensus.
final class LedgerAbout {
    private LedgerAbout() {}

    static JsonNode answer(String method, List<Json> params, LedgerDevnet ledger, LedgerChain chain) {
        return switch (method) {
            case "getGroupList" -> groupList(ledger);
            case "getGroupInfo" -> groupInfo(ledger, chain);
            case "getGroupInfoList" -> Json.MAPPER.createArrayNode().add(groupInfo(ledger, chain));
            case "getSealerList" -> sealers(chain);
            case "getObserverList" -> Json.MAPPER.createArrayNode();
            case "getConsensusStatus" ->
                LedgerMethods.string(consensusStatus(chain).toString());
            case "getSyncStatus" -> LedgerMethods.string(syncStatus(chain).toString());
            case "getPbftView", "getPendingTxSize" ->
                Json.MAPPER.getNodeFactory().numberNode(0);
            case "getTotalTransactionCount" -> totals(chain);
            case "getSystemConfigByKey" -> systemConfig(params);
            default -> throw new RpcFault(-32601, "The method does not exist/is not available.");
        };
    }

    private static ObjectNode groupList(LedgerDevnet ledger) {
        var json = Json.MAPPER.createObjectNode().put("code", 0).put("msg", "success");
        json.putArray("groupList").add(ledger.options().group());
        return json;
    }

    private static ObjectNode groupInfo(LedgerDevnet ledger, LedgerChain chain) {
        var genesis = Json.MAPPER
                .createObjectNode()
                .put("blockTxCountLimit", 1000)
                .put("consensusLeaderPeriod", 1)
                .put("consensusType", "pbft");
        genesis.set("sealerList", weighted(chain));
        genesis.put("txGasLimit", 3_000_000_000L);
        var json = Json.MAPPER
                .createObjectNode()
                .put("chainID", ledger.options().chain())
                .put("genesisConfig", genesis + "\n")
                .put("groupID", ledger.options().group())
                .put("iniConfig", "");
        var node = json.putArray("nodeList").addObject();
        node.put(
                "iniConfig",
                "{\"chainID\":\"%s\",\"compatibilityVersion\":\"3.16.4\",\"isWasm\":false,\"smCryptoType\":%b}"
                        .formatted(ledger.options().chain(), ledger.options().suite() == FiscoSuite.SM));
        node.put("name", "devnet0").put("type", 0).putArray("serviceInfo");
        node.putObject("protocol").put("compatibilityVersion", LedgerChain.VERSION);
        return json;
    }

    private static ArrayNode weighted(LedgerChain chain) {
        var list = Json.MAPPER.createArrayNode();
        for (var sealer : chain.consensus().sealers().list()) {
            list.addObject()
                    .put("nodeID", LedgerJson.nodeId(sealer.key().publicKey()))
                    .put("weight", sealer.weight());
        }
        return list;
    }

    private static ArrayNode sealers(LedgerChain chain) {
        var list = weighted(chain);
        list.forEach(sealer -> ((ObjectNode) sealer).put("termWeight", 0));
        return list;
    }

    private static ObjectNode consensusStatus(LedgerChain chain) {
        var sealers = chain.consensus().sealers();
        var json = Json.MAPPER
                .createObjectNode()
                .put("blockNumber", chain.head())
                .put("changeCycle", 0)
                .put("connectedNodeList", sealers.list().size())
                .put("consensusNodesNum", sealers.list().size())
                .put("hash", chain.hash(chain.head()).toHex().substring(2))
                .put("maxFaultyQuorum", (sealers.set().total() - 1) / 3)
                .put("minRequiredQuorum", sealers.set().quorum())
                .put("isConsensusNode", true)
                .put("timeout", false)
                .put("view", chain.head());
        json.set("consensusNodeList", sealers(chain));
        return json;
    }

    private static ObjectNode syncStatus(LedgerChain chain) {
        return Json.MAPPER
                .createObjectNode()
                .put("blockNumber", chain.head())
                .put("genesisHash", chain.hash(0).toHex().substring(2))
                .put("isSyncing", false)
                .put("latestHash", chain.hash(chain.head()).toHex().substring(2));
    }

    private static ObjectNode totals(LedgerChain chain) {
        long count = 0;
        for (long number = 1; number <= chain.head(); number++) {
            count += chain.block(number).executed().size();
        }
        return Json.MAPPER
                .createObjectNode()
                .put("blockNumber", chain.head())
                .put("failedTransactionCount", 0)
                .put("transactionCount", count);
    }

    private static ObjectNode systemConfig(List<Json> params) {
        if (params.size() < 3) throw new RpcFault(-32602, "Invalid params: expected a key");
        var value = switch (params.get(2).text()) {
            case "compatibility_version" -> "3.16.4";
            case "tx_gas_limit" -> "3000000000";
            case "tx_count_limit" -> "1000";
            case "consensus_leader_period" -> "1";
            case "tx_gas_price" -> "0x0";
            default -> throw new RpcFault(3008, "GetSystemConfig: no such key");
        };
        return Json.MAPPER.createObjectNode().put("blockNumber", 0).put("value", value);
    }
}
