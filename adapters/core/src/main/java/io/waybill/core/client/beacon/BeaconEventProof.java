package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.BeaconRejection.ExecutionHeaderMismatch;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.CheckpointEvent;
import io.waybill.core.proof.EvmHeader;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.MerklePatriciaProof;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.core.proof.Rlp;
import java.util.List;

/// The proof that an execution block at or before a finalised one holds a checkpoint event,
/// `RLP [ [header...], txIndex, logIndex, [node...] ]`.
///
/// @param headers  RLP of the execution headers from the finalised block back to the event's, each the parent
///     of the one before it; at least one
/// @param txIndex  index of the transaction in its block
/// @param logIndex index of the log in its receipt, not in the block
/// @param nodes    the receipts trie's nodes from the root to the receipt
public record BeaconEventProof(List<Bytes> headers, long txIndex, long logIndex, List<Bytes> nodes) {
    /// One more than the largest index of a transaction and of a log.
    private static final long INDEX_LIMIT = 1L << 31;

    public BeaconEventProof {
        headers = List.copyOf(headers);
        nodes = List.copyOf(nodes);
    }

    /// The proof built from all receipts of a block, in order.
    ///
    /// @param headers from the finalised block back to the one with the receipts
    public static BeaconEventProof of(List<Bytes> headers, List<EvmReceipt> receipts, int txIndex, int logIndex) {
        var trie =
                MerklePatriciaTrie.of(receipts.stream().map(EvmReceipt::encode).toList());
        return new BeaconEventProof(headers, txIndex, logIndex, trie.proof(txIndex));
    }

    public Bytes encode() {
        return Rlp.list(Rlp.list(headers, Rlp::of), Rlp.of(txIndex), Rlp.of(logIndex), Rlp.list(nodes, Rlp::of))
                .encode();
    }

    /// Reads the wire form; total.
    public static Verdict<BeaconEventProof> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedEventProof::new, BeaconEventProof::read);
    }

    private static Verdict<BeaconEventProof> read(Rlp item) {
        var items = item.items();
        if (items.size() != 4) return malformed("items");
        var headers = items.get(0).items().stream().map(Rlp::octets).toList();
        if (headers.isEmpty()) return malformed("headers");
        long txIndex = items.get(1).number();
        if (txIndex < 0 || txIndex >= INDEX_LIMIT) return malformed("txIndex");
        long logIndex = items.get(2).number();
        if (logIndex < 0 || logIndex >= INDEX_LIMIT) return malformed("logIndex");
        var nodes = items.get(3).items().stream().map(Rlp::octets).toList();
        return accept(new BeaconEventProof(headers, txIndex, logIndex, nodes));
    }

    /// Judges the proof and answers the checkpoint that the event names. The receipt as a whole must be of a
    /// transaction that succeeded and moved no token.
    ///
    /// @param blockHash of the finalised execution block
    Verdict<Checkpoint> verify(Bytes32 blockHash, Address emitter, LogRole role, LaneId lane) {
        return receiptsRoot(blockHash)
                .then(root -> MerklePatriciaProof.verify(root, MerklePatriciaProof.key(txIndex), nodes))
                .then(EvmReceipt::decode)
                .then(receipt -> CheckpointEvent.in(receipt, logIndex))
                .then(log -> CheckpointEvent.read(log, emitter, role, lane));
    }

    /// The receipts root of the event's block, each header hashed and compared with what the one after it
    /// names.
    private Verdict<Bytes32> receiptsRoot(Bytes32 blockHash) {
        var expected = blockHash;
        var receiptsRoot = Bytes32.ZERO;
        for (int i = 0; i < headers.size(); i++) {
            var computed = Digests.keccak256(headers.get(i));
            if (!computed.equals(expected)) return reject(new ExecutionHeaderMismatch(i, expected, computed));
            switch (EvmHeader.decode(headers.get(i))) {
                case Verdict.Rejected<EvmHeader>(var reason) -> {
                    return reject(reason);
                }
                case Verdict.Accepted<EvmHeader>(var header) -> {
                    expected = header.parentHash();
                    receiptsRoot = header.receiptsRoot();
                }
            }
        }
        return accept(receiptsRoot);
    }

    private static Verdict<BeaconEventProof> malformed(String what) {
        return reject(new MalformedEventProof(what));
    }
}
