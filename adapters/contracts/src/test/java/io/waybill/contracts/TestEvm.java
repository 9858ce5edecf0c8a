package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A real EVM under the hand of a test: contracts are created and called by its first account, at the time the test
/// says.
final class TestEvm {
    private final JsonRpc rpc;
    private final String account;
    private long now;

    TestEvm(JsonRpc rpc) {
        this.rpc = rpc;
        this.account = rpc.call("eth_accounts").list().getFirst().text();
    }

    /// Makes a block at a time, which calls and the next transactions then see.
    ///
    /// @param seconds since 1970, not before the last block's
    void time(long seconds) {
        now = seconds;
        rpc.call("evm_mine", Json.quantity(seconds));
    }

    Address deploy(Bytes creationCode) {
        var receipt = send(null, creationCode);
        return receipt.at("contractAddress").address();
    }

    Json transact(Address to, Bytes calldata) {
        return send(to, calldata);
    }

    Bytes call(Address to, Bytes calldata) {
        return rpc.call("eth_call", request(to, calldata), "latest").bytes();
    }

    private Json send(@Nullable Address to, Bytes data) {
        var hash = rpc.call("eth_sendTransaction", request(to, data)).text();
        rpc.call("evm_mine", Json.quantity(now));
        var receipt = rpc.call("eth_getTransactionReceipt", hash);
        if (receipt.at("status").quantity() != 1) throw new AssertionError("transaction: expected success");
        return receipt;
    }

    private ObjectNode request(@Nullable Address to, Bytes data) {
        var request = Json.MAPPER
                .createObjectNode()
                .put("from", account)
                .put("data", data.toHex())
                .put("gas", Json.quantity(29_000_000))
                .put("gasPrice", "0x0");
        return to == null ? request : request.put("to", to.toHex());
    }
}
