package io.waybill.devnet.fisco;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict.Accepted;
import io.waybill.core.Verdict.Rejected;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.SignedFiscoTransaction;
import io.waybill.devnet.RpcFault;
import io.waybill.devnet.fisco.LedgerBlock.Executed;
import io.waybill.devnet.fisco.LedgerDevnet.Misbehaviour;
import io.waybill.rpc.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The methods of a FISCO BCOS 3.16 node; the first parameter of most is the group, the second a node's name or
/// nothing.
final class LedgerMethods {
    private static final int INVALID_PARAMS = -32602;

    private final LedgerDevnet ledger;
    private final LedgerChain chain;
    private final LedgerEvm evm;

    LedgerMethods(LedgerDevnet ledger, LedgerChain chain, LedgerEvm evm) {
        this.ledger = ledger;
        this.chain = chain;
        this.evm = evm;
    }

    @Nullable
    JsonNode answer(String method, List<Json> params) {
        if (!method.equals("getGroupList") && !method.equals("getGroupInfoList")) group(params);
        return switch (method) {
            case "getBlockNumber" -> Json.MAPPER.getNodeFactory().numberNode(chain.head());
            case "getBlockByNumber" -> block(integer(params, 2), flag(params, 3, true), flag(params, 4, true));
            case "getBlockByHash" -> block(numberOf(hash(params, 2)), flag(params, 3, true), flag(params, 4, true));
            case "getBlockHashByNumber" -> blockHash(integer(params, 2));
            case "getTransaction" -> transaction(hash(params, 2), flag(params, 3, false));
            case "getTransactionReceipt" -> receipt(hash(params, 2), flag(params, 3, false));
            case "sendTransaction" -> send(text(params, 2));
            case "call" -> call(text(params, 2), text(params, 3));
            case "getCode" -> string(evm.code(address(text(params, 2))).toHex());
            case "getABI" -> string("");
            default -> LedgerAbout.answer(method, params, ledger, chain);
        };
    }

    private FiscoSuite suite() {
        return ledger.options().suite();
    }

    private void group(List<Json> params) {
        if (!text(params, 0).equals(ledger.options().group())) {
            throw new RpcFault(-32603, "The group %s does not exist".formatted(text(params, 0)));
        }
    }

    private @Nullable JsonNode block(long number, boolean onlyHeader, boolean onlyHashes) {
        if (number == 0) {
            var json = LedgerJson.genesis(chain.genesis());
            if (!onlyHeader) json.putArray("transactions");
            return json;
        }
        var block = ledger.shown(number);
        if (block == null) throw new RpcFault(3006, "GetStorageError: block %d not found".formatted(number));
        var json = LedgerJson.header(block.header(), block.hash(), block.seals());
        if (onlyHeader) return json;
        var transactions = json.putArray("transactions");
        for (var done : block.executed()) {
            if (onlyHashes) transactions.add(done.hash().toHex());
            else transactions.add(LedgerJson.transaction(done));
        }
        return json;
    }

    private long numberOf(Bytes32 hash) {
        for (long number = chain.head(); number >= 0; number--) {
            if (chain.hash(number).equals(hash)) return number;
        }
        return -1;
    }

    private JsonNode blockHash(long number) {
        if (number == 0) return string(chain.hash(0).toHex());
        var block = ledger.shown(number);
        if (block == null) throw new RpcFault(3006, "GetStorageError: block %d not found".formatted(number));
        return string(block.hash().toHex());
    }

    private @Nullable JsonNode transaction(Bytes32 hash, boolean proof) {
        var found = chain.find(hash);
        if (found.isEmpty()) return null;
        var json = LedgerJson.transaction(found.get());
        if (proof) {
            json.putArray("transactionProof");
            json.set("txProof", proof(found.get(), block(found.get()).transactionHashes()));
        }
        return json;
    }

    private @Nullable JsonNode receipt(Bytes32 hash, boolean proof) {
        var found = chain.find(hash);
        if (found.isEmpty()) throw new RpcFault(3006, "GetStorageError: receipt of %s not found".formatted(hash));
        var json = LedgerJson.receipt(
                found.get(), found.get().receipt().hash(suite()).toHex());
        json.putArray("receiptProof");
        json.putArray("transactionProof");
        if (proof)
            json.set("txReceiptProof", proof(found.get(), block(found.get()).receiptHashes(suite())));
        if (ledger.misbehaviour() == Misbehaviour.FALSE_RECEIPTS) falsify(json);
        return json;
    }

    private LedgerBlock block(Executed done) {
        return chain.block(done.receipt().blockNumber());
    }

    private ArrayNode proof(Executed done, List<Bytes32> leaves) {
        return LedgerJson.proof(suite(), leaves, block(done).transactionHashes().indexOf(done.hash()));
    }

    private static void falsify(ObjectNode receipt) {
        for (var log : receipt.path("logEntries")) {
            var data = log.path("data").asString();
            var last = data.endsWith("0") ? "1" : "0";
            if (data.length() > 2) ((ObjectNode) log).put("data", data.substring(0, data.length() - 1) + last);
        }
    }

    private JsonNode send(String octets) {
        var executed = switch (SignedFiscoTransaction.decode(suite(), bytes(octets))) {
            case Accepted<SignedFiscoTransaction>(var signed) -> chain.submit(signed);
            case Rejected<SignedFiscoTransaction>(var reason) -> throw new RpcFault(10002, reason.explain());
        };
        var receipt = executed.receipt();
        return LedgerJson.receipt(
                executed, receipt.status() == 0 ? receipt.hash(suite()).toHex() : "0x");
    }

    private JsonNode call(String to, String data) {
        var called = evm.call(address(to), bytes(data), chain.head() + 1, chain.nowMs());
        return Json.MAPPER
                .createObjectNode()
                .put("blockNumber", chain.head())
                .put("output", called.output().toHex())
                .put("status", called.status());
    }

    static JsonNode string(String value) {
        return Json.MAPPER.getNodeFactory().stringNode(value);
    }

    private static String text(List<Json> params, int at) {
        if (params.size() <= at || !params.get(at).node().isString()) {
            throw new RpcFault(INVALID_PARAMS, "Invalid params: expected text at " + at);
        }
        return params.get(at).text();
    }

    private static long integer(List<Json> params, int at) {
        if (params.size() <= at || !params.get(at).node().isIntegralNumber()) {
            throw new RpcFault(INVALID_PARAMS, "Invalid params: expected a number at " + at);
        }
        return params.get(at).integer();
    }

    private static boolean flag(List<Json> params, int at, boolean otherwise) {
        return params.size() > at ? params.get(at).node().asBoolean(otherwise) : otherwise;
    }

    private static Bytes32 hash(List<Json> params, int at) {
        var octets = bytes(text(params, at));
        if (octets.size() != 32) throw new RpcFault(INVALID_PARAMS, "Invalid params: expected a hash at " + at);
        return new Bytes32(octets);
    }

    private static Address address(String text) {
        var octets = bytes(text);
        if (octets.size() != 20) throw new RpcFault(INVALID_PARAMS, "Invalid params: expected an address");
        return new Address(octets);
    }

    private static Bytes bytes(String text) {
        try {
            return Bytes.hex(text);
        } catch (IllegalArgumentException e) {
            throw new RpcFault(INVALID_PARAMS, "Invalid params: expected hexadecimal digits");
        }
    }
}
