package io.waybill.evm;

import io.waybill.contracts.ContractReads;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.EvmLog;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import io.waybill.rpc.RpcError;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the nodes of one chain say over Ethereum's JSON-RPC. Nothing is kept: what one node said must not colour
/// what the next one says. What makes a block final differs between chains, and so does what it can be compared
/// with.
abstract class EvmNode implements ContractReads {
    private final JsonRpc rpc;

    EvmNode(JsonRpc rpc) {
        this.rpc = rpc;
    }

    /// A block's name and time.
    ///
    /// @param hash   as the chain names it
    /// @param timeMs milliseconds since 1970
    record Stamp(Bytes32 hash, long timeMs) {}

    /// The newest final height.
    abstract long head();

    /// @throws ChainException.Unavailable if the node has no such block
    abstract Stamp stamp(long height);

    /// The newest height, final or not.
    long newest() {
        return ask("eth_blockNumber").quantity();
    }

    long chainId() {
        return ask("eth_chainId").quantity();
    }

    /// Runs a call at the newest height.
    @Override
    public Bytes call(Address to, Bytes data) {
        var result = call(Address.ZERO, to, data);
        if (!result.isEmpty()) return result;
        throw new ChainException.Refused("contract: expected an answer of the one at %s, got none".formatted(to));
    }

    /// Runs a call as if `from` sent it.
    Bytes call(Address from, Address to, Bytes data) {
        return ask("eth_call", call(from.toHex(), to.toHex(), data), "latest").bytes();
    }

    /// Runs a call on the state that a block left.
    Bytes callAt(long height, Address from, Address to, Bytes data) {
        return ask("eth_call", call(from.toHex(), to.toHex(), data), Json.quantity(height))
                .bytes();
    }

    long estimate(Address from, Address to, Bytes data) {
        return ask("eth_estimateGas", call(from.toHex(), to.toHex(), data), "latest")
                .quantity();
    }

    long estimateCreation(Address from, Bytes code) {
        return ask("eth_estimateGas", Map.of("from", from.toHex(), "data", code.toHex()), "latest")
                .quantity();
    }

    /// In the smallest unit of the chain's coin.
    BigInteger balance(Address account) {
        return ask("eth_getBalance", account.toHex(), "latest").bigQuantity();
    }

    Bytes code(Address address) {
        return ask("eth_getCode", address.toHex(), "latest").bytes();
    }

    Optional<ReceiptJson> receipt(Bytes32 tx) {
        var receipt = ask("eth_getTransactionReceipt", tx.toHex());
        return receipt.isNull() ? Optional.empty() : Optional.of(ReceiptJson.read(receipt));
    }

    /// What a contract emitted in blocks `[from, to]`, in their order, as the node says.
    ///
    /// @param topics of which topic 0 must be one
    List<EvmLog> emitted(Address emitter, List<Bytes32> topics, long from, long to) {
        var filter = Json.MAPPER
                .createObjectNode()
                .put("address", emitter.toHex())
                .put("fromBlock", Json.quantity(from))
                .put("toBlock", Json.quantity(to));
        var anyOf = filter.putArray("topics").addArray();
        topics.forEach(topic -> anyOf.add(topic.toHex()));
        return ask("eth_getLogs", filter)
                .list(log -> new EvmLog(
                        log.at("address").address(),
                        log.at("topics").list(Json::bytes32),
                        log.at("data").bytes()));
    }

    private static Map<String, String> call(String from, String to, Bytes data) {
        return Map.of("from", from, "to", to, "data", data.toHex());
    }

    final Json ask(String method, Object... params) {
        try {
            return rpc.call(method, params);
        } catch (RpcError e) {
            throw EvmErrors.of(e);
        }
    }
}
