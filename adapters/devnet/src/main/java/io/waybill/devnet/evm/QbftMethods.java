package io.waybill.devnet.evm;

import io.waybill.core.Address;
import io.waybill.devnet.RpcFault;
import io.waybill.devnet.evm.QbftDevnet.Misbehaviour;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import io.waybill.rpc.RpcError;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The methods of a Besu node: headers come from the sealed chain, everything else from the EVM behind it, with block
/// hashes
/// told as the sealed chain has them.
final class QbftMethods {
    private static final Set<String> PASSED = Set.of(
            "eth_chainId",
            "net_version",
            "eth_gasPrice",
            "eth_getCode",
            "eth_getTransactionCount",
            "eth_getBalance",
            "eth_getStorageAt",
            "eth_getProof",
            "eth_maxPriorityFeePerGas",
            "eth_feeHistory",
            "eth_getLogs",
            "eth_getTransactionByHash",
            "eth_getTransactionReceipt");

    private final QbftDevnet chain;
    private final JsonRpc evm;

    QbftMethods(QbftDevnet chain, JsonRpc evm) {
        this.chain = chain;
        this.evm = evm;
    }

    @Nullable
    JsonNode answer(String method, List<Json> params) {
        return switch (method) {
            case "web3_clientVersion" -> text("waybill-devnet/qbft");
            case "eth_blockNumber" -> text(Json.quantity(chain.head()));
            case "eth_syncing" -> Json.MAPPER.getNodeFactory().booleanNode(false);
            case "eth_getBlockByNumber" -> block(number(text(params, 0)), whole(params));
            case "eth_getBlockByHash" -> block(byHash(text(params, 0)), whole(params));
            case "eth_getBlockReceipts" -> receipts(text(params, 0));
            case "qbft_getValidatorsByBlockNumber" -> validators(number(text(params, 0)));
            case "debug_getRawHeader" -> rawHeader(number(text(params, 0)));
            case "eth_sendRawTransaction" -> send(params);
            case "eth_call", "eth_estimateGas" -> tried(method, params);
            default -> passOn(method, params);
        };
    }

    private @Nullable JsonNode passOn(String method, List<Json> params) {
        if (!PASSED.contains(method)) throw new RpcFault(-32601, "Method not found");
        return told(forward(method, params));
    }

    private JsonNode send(List<Json> params) {
        var hash = forward("eth_sendRawTransaction", params);
        chain.transactionCame();
        return hash;
    }

    /// A call tried on the newest state is tried at the time the next block would have. A real chain has a block each
    /// second or so; this one may have had none for hours, and contracts compare times.
    private JsonNode tried(String method, List<Json> params) {
        var tag = params.size() > 1 ? params.get(1).node() : text("latest");
        if (params.isEmpty() || !tag.equals(text("latest"))) return forward(method, params);
        var time = Json.MAPPER.createObjectNode().put("time", Json.quantity(chain.nextTime()));
        return forward(method, params.getFirst().node(), tag, Json.MAPPER.createObjectNode(), time);
    }

    private JsonNode forward(String method, List<Json> params) {
        return forward(method, params.stream().map(Json::node).toArray());
    }

    private JsonNode forward(String method, Object... params) {
        try {
            return evm.call(method, params).node();
        } catch (RpcError e) {
            throw fault(e);
        }
    }

    /// The error a Besu node would answer with.
    private static RpcFault fault(RpcError e) {
        var reason = e.reason().toLowerCase(Locale.ROOT);
        if (e.code() == 3) {
            return new RpcFault(
                    3, "Execution reverted", e.data().isNull() ? null : e.data().node());
        }
        if (reason.contains("nonce too low")) return new RpcFault(-32001, "Nonce too low");
        if (reason.contains("already imported")) return new RpcFault(-32000, "Known transaction");
        if (reason.contains("chain id")) return new RpcFault(-32000, "Wrong chainId");
        if (reason.contains("failed to decode")) return new RpcFault(-32602, "Invalid params");
        return new RpcFault(e.code(), e.reason());
    }

    private @Nullable JsonNode block(long number, boolean whole) {
        if (number < 0 || number > chain.head()) return null;
        var transactions = evm.call("eth_getBlockByNumber", Json.quantity(number), whole)
                .at("transactions")
                .node();
        return QbftBlockJson.print(chain.shown(number), told(transactions));
    }

    private @Nullable JsonNode receipts(String block) {
        long number = block.length() == 66 ? byHash(block) : number(block);
        if (number < 0 || number > chain.head()) return null;
        var receipts =
                told(evm.call("eth_getBlockReceipts", Json.quantity(number)).node());
        if (chain.misbehaviour() == Misbehaviour.FALSE_RECEIPTS) receipts.forEach(QbftMethods::falsify);
        return receipts;
    }

    private static void falsify(JsonNode receipt) {
        for (var log : receipt.path("logs")) {
            var data = log.path("data").asString();
            var last = data.endsWith("0") ? "1" : "0";
            if (data.length() > 2) ((ObjectNode) log).put("data", data.substring(0, data.length() - 1) + last);
        }
    }

    private JsonNode validators(long number) {
        if (number < 0 || number > chain.head()) throw unknownBlock();
        var list = Json.MAPPER.createArrayNode();
        chain.header(number).validators().stream().map(Address::toHex).forEach(list::add);
        return list;
    }

    private JsonNode rawHeader(long number) {
        if (number < 0 || number > chain.head()) throw unknownBlock();
        return text(chain.shown(number).encode().toHex());
    }

    private long number(String tag) {
        return switch (tag) {
            case "latest", "pending" -> chain.head();
            case "earliest" -> 0;
            case "safe", "finalized" -> throw unknownBlock();
            default -> quantity(tag);
        };
    }

    private static long quantity(String text) {
        try {
            return Long.parseUnsignedLong(text.substring(2), 16);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new RpcFault(-32602, "Invalid params");
        }
    }

    private long byHash(String hash) {
        for (long number = chain.head(); number >= 0; number--) {
            if (chain.header(number).hash().toHex().equals(hash)) return number;
        }
        return -1;
    }

    /// The same answer, with block hashes as the sealed chain has them.
    private JsonNode told(JsonNode answer) {
        if (answer instanceof ObjectNode object) {
            var hash = object.path("blockHash");
            var number = object.path("blockNumber");
            if (hash.isString() && number.isString()) {
                object.put(
                        "blockHash",
                        chain.header(quantity(number.stringValue())).hash().toHex());
            }
        }
        answer.forEach(this::told);
        return answer;
    }

    private static RpcFault unknownBlock() {
        return new RpcFault(-39001, "Unknown block");
    }

    private static boolean whole(List<Json> params) {
        return params.size() > 1 && params.get(1).node().asBoolean();
    }

    private static String text(List<Json> params, int at) {
        if (params.size() <= at || !params.get(at).node().isString()) throw new RpcFault(-32602, "Invalid params");
        return params.get(at).text();
    }

    private static JsonNode text(String value) {
        return Json.MAPPER.getNodeFactory().stringNode(value);
    }
}
