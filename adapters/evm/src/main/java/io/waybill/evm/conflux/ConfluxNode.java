package io.waybill.evm.conflux;

import io.waybill.core.Verdict;
import io.waybill.core.client.conflux.EpochState;
import io.waybill.core.client.conflux.SignedLedgerInfo;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.conflux.EpochReceipts;
import io.waybill.core.proof.conflux.PowHeader;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import io.waybill.rpc.RpcError;
import java.util.Optional;

/// The methods of a Conflux node that proofs are built from, none of them of a debugging namespace. Each answer
/// is read strictly; what can be hashed is compared with its hash; none is believed.
final class ConfluxNode {
    private final JsonRpc core;
    private final JsonRpc eSpace;

    /// @param core   JSON-RPC of the Core space, with the namespace `pos`
    /// @param eSpace JSON-RPC of the eSpace of the same node
    ConfluxNode(JsonRpc core, JsonRpc eSpace) {
        this.core = core;
        this.eSpace = eSpace;
    }

    /// Where the PoS chain is.
    ///
    /// @param epoch     the open one
    /// @param committed number of the last PoS block that is final
    record Status(long epoch, long committed) {}

    Status status() {
        var status = ask(core, "pos_getStatus");
        return new Status(
                status.at("epoch").quantity(), status.at("latestCommitted").quantity());
    }

    /// The ledger info that ends a PoS epoch and names the next committee; none while the epoch is open.
    ///
    /// @param epoch ≥ 1: of epoch 0 nobody signed anything, and nodes fail when asked
    Optional<SignedLedgerInfo> lastOf(long epoch) {
        if (epoch < 1) throw new IllegalArgumentException("epoch: expected ≥ 1, got " + epoch);
        return signed(ask(core, "pos_getLedgerInfoByEpoch", Json.quantity(epoch)));
    }

    /// The ledger info that a PoS block carries for the one before it; none where it carries none.
    ///
    /// @param block ≥ 2
    Optional<SignedLedgerInfo> carriedBy(long block) {
        if (block < 2) throw new IllegalArgumentException("PoS block: expected ≥ 2, got " + block);
        return signed(ask(core, "pos_getLedgerInfoByBlockNumber", Json.quantity(block)));
    }

    private static Optional<SignedLedgerInfo> signed(Json json) {
        return json.isNull() ? Optional.empty() : Optional.of(honest("ledger info", LedgerInfoJson.signed(json)));
    }

    /// The committee of a PoS epoch.
    EpochState committee(long epoch) {
        var json = ask(core, "pos_getEpochState", Json.quantity(epoch));
        if (json.isNull())
            throw new ChainException.Unavailable("committee of epoch %d: the node has none".formatted(epoch));
        return honest("committee of epoch " + epoch, LedgerInfoJson.committee(json));
    }

    /// The pivot header at a height, rebuilt from what the node says of it in both spaces and compared with its
    /// hash.
    PowHeader header(long height) {
        var block = ask(core, "cfx_getBlockByEpochNumber", Json.quantity(height), false);
        if (block.isNull()) throw new ChainException.Unavailable("header %d: the node has none".formatted(height));
        var described = Json.MAPPER.createObjectNode();
        described.set("rpcCore", block.node());
        if (!block.at("baseFeePerGas").isNull()) {
            var other = ask(eSpace, "eth_getBlockByNumber", Json.quantity(height), false);
            described.set("espaceBaseFee", other.at("baseFeePerGas").node());
        }
        var header = honest("header " + height, PowHeaderJson.read(new Json("header " + height, described)));
        if (header.height() != height) {
            throw new ChainException.Dishonest("header %d: the node shows %d".formatted(height, header.height()));
        }
        return header;
    }

    /// All receipts of an epoch, of both spaces.
    EpochReceipts receipts(long epoch) {
        var json = ask(core, "cfx_getEpochReceipts", Json.quantity(epoch), true);
        if (json.isNull())
            throw new ChainException.Unavailable("receipts of epoch %d: the node has none".formatted(epoch));
        return honest("receipts of epoch " + epoch, EpochReceiptsJson.read(json));
    }

    private static <T> T honest(String what, Verdict<T> verdict) {
        return switch (verdict) {
            case Verdict.Accepted<T>(var value) -> value;
            case Verdict.Rejected<T>(var reason) ->
                throw new ChainException.Dishonest("%s: %s".formatted(what, reason.explain()));
        };
    }

    private static Json ask(JsonRpc rpc, String method, Object... params) {
        try {
            return rpc.call(method, params);
        } catch (RpcError e) {
            throw new ChainException.Unavailable("%s: %s".formatted(method, e.getMessage()), e);
        }
    }
}
