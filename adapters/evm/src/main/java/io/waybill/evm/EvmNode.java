package io.waybill.evm;

import io.waybill.contracts.BlockLog;
import io.waybill.contracts.ContractReads;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import io.waybill.rpc.RpcError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the nodes of one chain say, each answer checked against the header it belongs to. Nothing is kept: what one
/// node said must not colour what the next one says.
final class EvmNode implements ContractReads {
    private final JsonRpc rpc;
    private final ClientKind kind;

    /// A block with its receipts, which are those its header commits to.
    record Block(QbftHeader header, List<ReceiptJson> receipts) {
        Block {
            receipts = List.copyOf(receipts);
        }

        MerklePatriciaTrie trie() {
            return MerklePatriciaTrie.of(receipts.stream()
                    .map(ReceiptJson::receipt)
                    .map(EvmReceipt::encode)
                    .toList());
        }
    }

    EvmNode(JsonRpc rpc, ClientKind kind) {
        this.rpc = rpc;
        this.kind = kind;
    }

    /// The newest height; under QBFT and IBFT 2.0 it is final.
    long head() {
        return ask("eth_blockNumber").quantity();
    }

    long chainId() {
        return ask("eth_chainId").quantity();
    }

    /// @throws ChainException.Unavailable if the node has no such block
    /// @throws ChainException.Dishonest   if what it shows is no header of that height and hash
    QbftHeader header(long height) {
        var block = ask("eth_getBlockByNumber", Json.quantity(height), false);
        if (block.isNull()) throw new ChainException.Unavailable("block %d: the node has none".formatted(height));
        return switch (BlockJson.read(kind, block)) {
            case Verdict.Accepted<QbftHeader>(var header) when header.number() == height -> header;
            case Verdict.Accepted<QbftHeader>(var header) ->
                throw new ChainException.Dishonest(
                        "block %d: the node shows block %d".formatted(height, header.number()));
            case Verdict.Rejected<QbftHeader>(var reason) ->
                throw new ChainException.Dishonest("block %d: %s".formatted(height, reason.explain()));
        };
    }

    /// @throws ChainException.Dishonest if the receipts are not those of the header
    Block block(long height) {
        var header = header(height);
        var answer = ask("eth_getBlockReceipts", Json.quantity(height));
        if (answer.isNull()) throw new ChainException.Unavailable("receipts %d: the node has none".formatted(height));
        var block = new Block(header, answer.list(ReceiptJson::read));
        var computed = block.trie().root();
        if (!computed.equals(header.receiptsRoot())) {
            throw new ChainException.Dishonest("receipts of block %d: expected root %s, got %s"
                    .formatted(height, header.receiptsRoot(), computed));
        }
        return block;
    }

    @Override
    public List<BlockLog> logs(long height) {
        var block = block(height);
        var logs = new ArrayList<BlockLog>();
        for (int i = 0; i < block.receipts().size(); i++) {
            var receipt = block.receipts().get(i);
            var emitted = receipt.receipt().logs();
            for (int j = 0; j < emitted.size(); j++) {
                var log = emitted.get(j);
                logs.add(new BlockLog(
                        log.address(),
                        log.topics(),
                        log.data(),
                        receipt.tx(),
                        i,
                        j,
                        block.header().timeMs()));
            }
        }
        return List.copyOf(logs);
    }

    @Override
    public Bytes call(Address to, Bytes data) {
        var result = call(Address.ZERO, to, data);
        if (result.isEmpty()) {
            throw new ChainException.Refused("contract: expected an answer of the one at %s, got none".formatted(to));
        }
        return result;
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

    Bytes code(Address address) {
        return ask("eth_getCode", address.toHex(), "latest").bytes();
    }

    Optional<ReceiptJson> receipt(Bytes32 tx) {
        var receipt = ask("eth_getTransactionReceipt", tx.toHex());
        return receipt.isNull() ? Optional.empty() : Optional.of(ReceiptJson.read(receipt));
    }

    private static Map<String, String> call(String from, String to, Bytes data) {
        return Map.of("from", from, "to", to, "data", data.toHex());
    }

    private Json ask(String method, Object... params) {
        try {
            return rpc.call(method, params);
        } catch (RpcError e) {
            throw EvmErrors.of(e);
        }
    }
}
