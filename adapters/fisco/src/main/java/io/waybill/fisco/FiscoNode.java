package io.waybill.fisco;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.fisco.watch.CommittedHeaders;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import io.waybill.rpc.RpcError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The methods of a FISCO BCOS 3.x node that Waybill uses, each answer read strictly and none believed.
public final class FiscoNode implements CommittedHeaders {
    /// Any node of the group.
    private static final String ANY = "";

    private final JsonRpc rpc;
    private final String group;
    private final FiscoSuite suite;

    /// Talks to whichever node the endpoints are of.
    ///
    /// @param group such as `group0`
    public FiscoNode(JsonRpc rpc, String group, FiscoSuite suite) {
        this.rpc = rpc;
        this.group = group;
        this.suite = suite;
    }

    public FiscoSuite suite() {
        return suite;
    }

    /// What a node answered to a call: it may be a refusal.
    ///
    /// @param status as of receipts, 0 for success
    record Called(long status, Bytes output) {}

    /// What a node answered to a transaction, or says of one.
    ///
    /// @param status  as of receipts; of the pool when ≥ 10 000
    /// @param receipt as the node hashed it, for a transaction that is in a block
    record Outcome(Bytes32 tx, long height, long status, Bytes output, String message, FiscoReceipt receipt) {}

    public long height() {
        long height = call("getBlockNumber", group, ANY).integer();
        if (height < 0) throw new ChainException.Unavailable("getBlockNumber: expected ≥ 0, got " + height);
        return height;
    }

    public GroupInfo groupInfo() {
        return GroupInfo.of(call("getGroupInfo", group));
    }

    /// The header of a height with its seals and the hashes of its transactions, or nothing when the node has none.
    Optional<Verdict<FiscoBlock>> block(long height) {
        return shown(height, false);
    }

    Optional<Verdict<FiscoBlock>> sealedHeader(long height) {
        return shown(height, true);
    }

    @Override
    public Optional<Verdict<FiscoHeader>> at(long height) {
        return sealedHeader(height).map(verdict -> verdict.map(FiscoBlock::header));
    }

    /// A node answers an error for a height it has not reached; only its own head tells that from other errors.
    private Optional<Verdict<FiscoBlock>> shown(long height, boolean onlyHeader) {
        Json json;
        try {
            json = rpc.call("getBlockByNumber", group, ANY, height, onlyHeader, true);
        } catch (RpcError e) {
            if (height() < height) return Optional.empty();
            throw unavailable(e);
        }
        if (json.isNull()) return Optional.empty();
        return Optional.of(FiscoBlockJson.read(suite, json));
    }

    /// The receipt of a transaction, or nothing when the node knows none.
    Optional<Outcome> receipt(Bytes32 tx) {
        try {
            var json = rpc.call("getTransactionReceipt", group, ANY, tx.toHex(), false);
            return json.isNull() ? Optional.empty() : Optional.of(outcome(json));
        } catch (RpcError e) {
            return Optional.empty();
        }
    }

    /// Runs a call at the newest block; a contract's refusal is an answer.
    Called called(Address to, Bytes data) {
        var json = call("call", group, ANY, to.toHex(), data.toHex());
        return new Called(json.at("status").integer(), json.at("output").bytes());
    }

    /// The runtime code at an address; empty where there is none.
    Bytes code(Address address) {
        var code = call("getCode", group, ANY, address.toHex());
        return code.text().isEmpty() ? Bytes.EMPTY : code.bytes();
    }

    /// Hands over a transaction and waits until it is in a block.
    ///
    /// @param octets TARS encoding of a signed transaction
    /// @throws RpcError                   if the node's pool refused it
    /// @throws ChainException.Unavailable if the outcome is unknown
    Outcome send(Bytes octets) {
        return outcome(rpc.call("sendTransaction", group, ANY, octets.toHex(), false));
    }

    private Json call(String method, @Nullable Object... params) {
        try {
            return rpc.call(method, params);
        } catch (RpcError e) {
            throw unavailable(e);
        }
    }

    private static ChainException.Unavailable unavailable(RpcError error) {
        return new ChainException.Unavailable(
                "%s: node answered %s, %s"
                        .formatted(error.method(), ReceiptStatus.explain(error.code()), error.reason()),
                error);
    }

    private static Outcome outcome(Json json) {
        return new Outcome(
                json.at("transactionHash").bytes32(),
                json.at("blockNumber").integer(),
                json.at("status").integer(),
                json.at("output").bytes(),
                json.at("message").text(),
                FiscoReceiptJson.read(json));
    }
}
