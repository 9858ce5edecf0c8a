package io.waybill.evm;

import io.waybill.contracts.BlockLog;
import io.waybill.core.port.ChainException;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import java.util.ArrayList;
import java.util.List;

/// What the nodes of a Conflux chain say of its eSpace. A block there is an epoch; it is final when the PoS chain
/// decided on its pivot. State and events are read as they are now, final or not: who proves them waits until
/// they are, and what a reorganisation took back proves nothing.
final class EspaceNode extends EvmNode {
    private static final String FINAL = "finalized";

    EspaceNode(JsonRpc rpc) {
        super(rpc);
    }

    @Override
    long head() {
        return block(FINAL).at("number").quantity();
    }

    @Override
    Stamp stamp(long height) {
        var block = block(Json.quantity(height));
        return new Stamp(block.at("hash").bytes32(), timeMs(block));
    }

    private static long timeMs(Json block) {
        return block.at("timestamp").quantity() * 1000;
    }

    private Json block(String at) {
        var block = ask("eth_getBlockByNumber", at, false);
        if (block.isNull()) throw new ChainException.Unavailable("block %s: the node has none".formatted(at));
        return block;
    }

    @Override
    public List<BlockLog> logs(long height) {
        var receipts = ask("eth_getBlockReceipts", Json.quantity(height));
        if (receipts.isNull()) throw new ChainException.Unavailable("receipts %d: the node has none".formatted(height));
        long timeMs = timeMs(block(Json.quantity(height)));
        var logs = new ArrayList<BlockLog>();
        var read = receipts.list(ReceiptJson::read);
        for (int i = 0; i < read.size(); i++) {
            var emitted = read.get(i).receipt().logs();
            for (int j = 0; j < emitted.size(); j++) {
                var log = emitted.get(j);
                logs.add(new BlockLog(
                        log.address(), log.topics(), log.data(), read.get(i).tx(), i, j, timeMs));
            }
        }
        return List.copyOf(logs);
    }
}
