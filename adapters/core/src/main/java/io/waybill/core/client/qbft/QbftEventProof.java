package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.CheckpointEvent;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.MerklePatriciaProof;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.core.proof.Rlp;
import java.util.List;

/// The proof that a block of an EVM chain holds a checkpoint event, `RLP [ txIndex, logIndex, [node...] ]`.
///
/// @param txIndex  index of the transaction in its block
/// @param logIndex index of the log in its receipt, not in the block
/// @param nodes    the receipts trie's nodes from the root to the receipt
public record QbftEventProof(long txIndex, long logIndex, List<Bytes> nodes) {
    /// One more than the largest index of a transaction and of a log.
    private static final long INDEX_LIMIT = 1L << 31;

    public QbftEventProof {
        nodes = List.copyOf(nodes);
    }

    /// The proof built from all receipts of a block, in order.
    public static QbftEventProof of(List<EvmReceipt> receipts, int txIndex, int logIndex) {
        var trie =
                MerklePatriciaTrie.of(receipts.stream().map(EvmReceipt::encode).toList());
        return new QbftEventProof(txIndex, logIndex, trie.proof(txIndex));
    }

    public Bytes encode() {
        return Rlp.list(Rlp.of(txIndex), Rlp.of(logIndex), Rlp.list(nodes, Rlp::of))
                .encode();
    }

    /// Reads the wire form; total.
    public static Verdict<QbftEventProof> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedEventProof::new, QbftEventProof::read);
    }

    private static Verdict<QbftEventProof> read(Rlp item) {
        var items = item.items();
        if (items.size() != 3) return malformed("items");
        long txIndex = items.get(0).number();
        if (txIndex < 0 || txIndex >= INDEX_LIMIT) return malformed("txIndex");
        long logIndex = items.get(1).number();
        if (logIndex < 0 || logIndex >= INDEX_LIMIT) return malformed("logIndex");
        var nodes = items.get(2).items().stream().map(Rlp::octets).toList();
        return accept(new QbftEventProof(txIndex, logIndex, nodes));
    }

    /// Judges the proof and answers the checkpoint that the event names. The receipt as a whole must be of a
    /// transaction
    /// that succeeded and moved no token.
    Verdict<Checkpoint> verify(Bytes32 receiptsRoot, Address emitter, LogRole role, LaneId lane) {
        return MerklePatriciaProof.verify(receiptsRoot, MerklePatriciaProof.key(txIndex), nodes)
                .then(EvmReceipt::decode)
                .then(receipt -> CheckpointEvent.in(receipt, logIndex))
                .then(log -> CheckpointEvent.read(log, emitter, role, lane));
    }

    private static Verdict<QbftEventProof> malformed(String what) {
        return reject(new MalformedEventProof(what));
    }
}
