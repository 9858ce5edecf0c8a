package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import io.waybill.rpc.RpcError;
import java.util.List;
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
        return created(send(account, null, creationCode));
    }

    /// Deploys as another account; anvil must impersonate it.
    Address deployAs(Address creator, Bytes creationCode) {
        return created(send(creator.toHex(), null, creationCode));
    }

    private static Address created(Json receipt) {
        return receipt.at("contractAddress").address();
    }

    /// Ten accounts that can send, ascending; the one that sends otherwise is among them.
    List<Address> accounts() {
        return rpc.call("eth_accounts").list(Json::address).stream().sorted().toList();
    }

    /// Sends as another of the accounts.
    Json transactAs(Address from, Address to, Bytes calldata) {
        return send(from.toHex(), to, calldata);
    }

    /// The account that sends.
    Address account() {
        return Address.hex(account);
    }

    /// The error by which a call would be refused, with its arguments.
    ContractErrors refusal(Address to, Bytes calldata) {
        try {
            call(to, calldata);
        } catch (RpcError e) {
            return ContractErrors.decode(e.data().bytes());
        }
        throw new AssertionError("call: expected a refusal");
    }

    /// The error by which a call of another account would be refused.
    ContractErrors refusalOf(Address from, Address to, Bytes calldata) {
        try {
            rpc.call("eth_call", request(from.toHex(), to, calldata), "latest");
        } catch (RpcError e) {
            return ContractErrors.decode(e.data().bytes());
        }
        throw new AssertionError("call: expected a refusal");
    }

    /// The error by which a creation would be refused.
    ContractErrors refusalOfCreation(Bytes creationCode) {
        try {
            rpc.call("eth_call", request(account, null, creationCode), "latest");
        } catch (RpcError e) {
            return ContractErrors.decode(e.data().bytes());
        }
        throw new AssertionError("creation: expected a refusal");
    }

    /// The receipt of a creation.
    Json create(Bytes creationCode) {
        return send(account, null, creationCode);
    }

    Bytes code(Address contract) {
        return rpc.call("eth_getCode", contract.toHex(), "latest").bytes();
    }

    /// Sends with a gas limit.
    Json transact(Address to, Bytes calldata, long gas) {
        var receipt = mined(request(account, to, calldata).put("gas", Json.quantity(gas)));
        if (receipt.at("status").quantity() != 1) throw new AssertionError("transaction: expected success");
        return receipt;
    }

    /// Whether a transaction with a gas limit fails.
    boolean fails(Address to, Bytes calldata, long gas) {
        return mined(request(account, to, calldata).put("gas", Json.quantity(gas)))
                        .at("status")
                        .quantity()
                == 0;
    }

    /// The receipt of a transaction that must fail.
    Json failed(Address to, Bytes calldata, long gas) {
        var receipt = mined(request(account, to, calldata).put("gas", Json.quantity(gas)));
        if (receipt.at("status").quantity() != 0) throw new AssertionError("transaction: expected a failure");
        return receipt;
    }

    /// The error by which a call with a gas limit would be refused.
    ContractErrors refusal(Address to, Bytes calldata, long gas) {
        try {
            rpc.call("eth_call", request(account, to, calldata).put("gas", Json.quantity(gas)), "latest");
        } catch (RpcError e) {
            return ContractErrors.decode(e.data().bytes());
        }
        throw new AssertionError("call: expected a refusal");
    }

    /// Sends several transactions that one block takes, in their order.
    ///
    /// @return whether each succeeded
    List<Boolean> transactTogether(Address to, List<Bytes> calls) {
        var hashes = calls.stream()
                .map(call -> rpc.call(
                                "eth_sendTransaction",
                                request(account, to, call).put("gas", Json.quantity(4_000_000)))
                        .text())
                .toList();
        rpc.call("evm_mine", Json.quantity(now));
        return hashes.stream()
                .map(hash ->
                        rpc.call("eth_getTransactionReceipt", hash).at("status").quantity() == 1)
                .toList();
    }

    /// What [#revert(String)] returns to.
    String snapshot() {
        return rpc.call("evm_snapshot").text();
    }

    void revert(String snapshot) {
        rpc.call("evm_revert", snapshot);
    }

    JsonRpc rpc() {
        return rpc;
    }

    Json transact(Address to, Bytes calldata) {
        return send(account, to, calldata);
    }

    Bytes call(Address to, Bytes calldata) {
        return rpc.call("eth_call", request(account, to, calldata), "latest").bytes();
    }

    private Json send(String from, @Nullable Address to, Bytes data) {
        var receipt = mined(request(from, to, data));
        if (receipt.at("status").quantity() != 1) throw new AssertionError("transaction: expected success");
        return receipt;
    }

    private Json mined(ObjectNode request) {
        var hash = rpc.call("eth_sendTransaction", request).text();
        rpc.call("evm_mine", Json.quantity(now));
        return rpc.call("eth_getTransactionReceipt", hash);
    }

    private static ObjectNode request(String from, @Nullable Address to, Bytes data) {
        var request = Json.MAPPER
                .createObjectNode()
                .put("from", from)
                .put("data", data.toHex())
                .put("gas", Json.quantity(29_000_000))
                .put("gasPrice", "0x0");
        return to == null ? request : request.put("to", to.toHex());
    }
}
