package io.waybill.gateway.cli;

import io.waybill.core.Bytes32;
import io.waybill.core.FiscoRejection;
import io.waybill.core.QbftRejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.ReceiptTree;
import io.waybill.evm.BlockJson;
import io.waybill.evm.EvmReceipts;
import io.waybill.fisco.FiscoBlockJson;
import io.waybill.fisco.FiscoReceiptJson;
import io.waybill.fisco.v2.Fisco2BlockJson;
import io.waybill.fisco.v2.Fisco2Receipts;
import io.waybill.rpc.Json;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Rebuilds the receipts root of a block, as its kind of chain makes it, beside the one its header has.
///
/// Each throws [WrongInput] for a header that is none of its kind, and
/// [io.waybill.core.port.ChainException.Unavailable] for receipts that are none.
final class BlockReceipts {
    private static final List<String> HEADER = List.of("eth_getBlockByNumber", "response", "result", "block");
    private static final List<String> RECEIPTS =
            List.of("eth_getBlockReceipts", "response", "result", "receipts", "txs", "receipt");

    private BlockReceipts() {}

    /// @param kind QBFT or IBFT2
    static RebuiltRoot bft(ClientKind kind, Json file, Json receipts) {
        var block = Recorded.bare(file, HEADER);
        var header = header(block, json -> BlockJson.read(kind, json));
        return evm(block, header.number(), header.hash(), header.receiptsRoot(), receipts);
    }

    static RebuiltRoot ethereum(Json file, Json receipts) {
        var block = Recorded.bare(file, HEADER);
        var header = header(block, BlockJson::execution);
        return evm(block, header.number(), header.hash(), header.receiptsRoot(), receipts);
    }

    private static RebuiltRoot evm(Json block, long number, Bytes32 hash, Bytes32 root, Json file) {
        var receipts = Recorded.list(file, RECEIPTS);
        return new RebuiltRoot("block", number, hash, stated(block), receipts.size(), root, EvmReceipts.root(receipts));
    }

    static RebuiltRoot fisco(FiscoSuite suite, Json file, Json receipts) {
        var block = Recorded.bare(file, HEADER);
        var header = header(block, json -> FiscoBlockJson.read(suite, json)).header();
        var list = Recorded.list(receipts, RECEIPTS);
        var leaves = list.stream()
                .map(receipt -> FiscoReceiptJson.read(receipt).hash(suite))
                .toList();
        return new RebuiltRoot(
                "block",
                header.number(),
                header.hash(suite),
                stated(block),
                list.size(),
                header.receiptsRoot(),
                ReceiptTree.root(suite, leaves));
    }

    static RebuiltRoot fisco2(FiscoSuite suite, Json file, Json receipts) {
        var block = Recorded.bare(file, HEADER);
        var header = header(block, json -> Fisco2BlockJson.read(suite, json)).header();
        var list = Recorded.bare(receipts, RECEIPTS);
        var roots = Fisco2Receipts.roots(suite, list);
        return new RebuiltRoot(
                "block",
                header.number(),
                header.hash(suite),
                stated(block),
                list.list().size(),
                header.receiptsRoot(),
                roots.contains(header.receiptsRoot()) ? header.receiptsRoot() : roots.getFirst());
    }

    private static @Nullable Bytes32 stated(Json block) {
        var hash = block.at("hash");
        return hash.isNull() ? null : hash.bytes32();
    }

    /// The header, even where the hash that is stated is another: that is for [RebuiltRoot] to say.
    private static <T> T header(Json block, Function<Json, Verdict<T>> reader) {
        var verdict = reader.apply(block);
        if (verdict instanceof Verdict.Rejected<T>(var reason)) {
            if (reason instanceof QbftRejection.HeaderHashMismatch(var _, var computed)) {
                verdict = reader.apply(hashed(block, computed));
            } else if (reason instanceof FiscoRejection.HashMismatch(var _, var computed)) {
                verdict = reader.apply(hashed(block, computed));
            }
        }
        return switch (verdict) {
            case Verdict.Accepted<T>(var header) -> header;
            case Verdict.Rejected<T>(var reason) ->
                throw new WrongInput(
                        "%s: expected a header of this kind (%s)".formatted(block.path(), reason.explain()));
        };
    }

    private static Json hashed(Json block, Bytes32 hash) {
        var copy = ((ObjectNode) block.node()).deepCopy().put("hash", hash.toHex());
        return new Json(block.path(), copy);
    }
}
