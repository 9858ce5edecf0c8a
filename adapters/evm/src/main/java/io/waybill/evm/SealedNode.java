package io.waybill.evm;

import io.waybill.contracts.BlockLog;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import java.util.ArrayList;
import java.util.List;

/// What the nodes of a chain whose validators seal say: the newest block is final, and what is told of a block is
/// compared with its header.
final class SealedNode extends EvmNode {
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

    SealedNode(JsonRpc rpc, ClientKind kind) {
        super(rpc);
        this.kind = kind;
    }

    @Override
    long head() {
        return newest();
    }

    @Override
    Stamp stamp(long height) {
        var header = header(height);
        return new Stamp(header.hash(), header.timeMs());
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
}
