package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.CheckpointEvent;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.MerklePatriciaProof;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The proof that a block of an EVM chain holds a checkpoint event, `RLP [ txIndex, logIndex, [node...] ]`.
/// Where the event's block lies below an accepted one, a fourth item leads back to it (rule R6.6): `RLP [
/// txIndex, logIndex, [node...], [header...] ]`, the accepted header first, as in [BackProof].
///
/// @param txIndex  index of the transaction in its block
/// @param logIndex index of the log in its receipt, not in the block
/// @param nodes    the receipts trie's nodes from the root to the receipt
/// @param back     from the accepted header to the event's block, or null where that is the accepted one
public record QbftEventProof(
        long txIndex,
        long logIndex,
        List<Bytes> nodes,
        @Nullable BackProof back) {
    /// One more than the largest index of a transaction and of a log.
    private static final long INDEX_LIMIT = 1L << 31;

    public QbftEventProof {
        nodes = List.copyOf(nodes);
    }

    /// The proof of an event in an accepted block.
    public QbftEventProof(long txIndex, long logIndex, List<Bytes> nodes) {
        this(txIndex, logIndex, nodes, null);
    }

    /// The proof built from all receipts of a block, in order.
    public static QbftEventProof of(List<EvmReceipt> receipts, int txIndex, int logIndex) {
        var trie =
                MerklePatriciaTrie.of(receipts.stream().map(EvmReceipt::encode).toList());
        return new QbftEventProof(txIndex, logIndex, trie.proof(txIndex));
    }

    /// The same proof for a client that accepted a later header.
    public QbftEventProof from(BackProof headers) {
        return new QbftEventProof(txIndex, logIndex, nodes, headers);
    }

    public Bytes encode() {
        var items = new ArrayList<Rlp>(List.of(Rlp.of(txIndex), Rlp.of(logIndex), Rlp.list(nodes, Rlp::of)));
        if (back != null) items.add(Rlp.list(back.headers(), QbftHeader::item));
        return Rlp.list(items).encode();
    }

    /// Reads the wire form; total.
    ///
    /// @param codec of the headers: QBFT or IBFT2
    public static Verdict<QbftEventProof> decode(ClientKind codec, Bytes octets) {
        return Rlp.parse(octets, MalformedEventProof::new, item -> read(codec, item));
    }

    private static Verdict<QbftEventProof> read(ClientKind codec, Rlp item) {
        var items = item.items();
        if (items.size() != 3 && items.size() != 4) return malformed("items");
        long txIndex = items.get(0).number();
        if (txIndex < 0 || txIndex >= INDEX_LIMIT) return malformed("txIndex");
        long logIndex = items.get(1).number();
        if (logIndex < 0 || logIndex >= INDEX_LIMIT) return malformed("logIndex");
        var proof = new QbftEventProof(
                txIndex,
                logIndex,
                items.get(2).items().stream().map(Rlp::octets).toList());
        return items.size() == 3 ? accept(proof) : back(codec, items.get(3)).map(proof::from);
    }

    private static Verdict<BackProof> back(ClientKind codec, Rlp item) {
        var items = item.items();
        if (items.size() < 2 || items.size() > BackProof.LIMIT + 1) return reject(new MalformedEventProof("headers"));
        var headers = new ArrayList<QbftHeader>();
        for (var header : items) {
            switch (QbftHeader.decode(codec, header)) {
                case Verdict.Accepted<QbftHeader>(var decoded) -> headers.add(decoded);
                case Verdict.Rejected<QbftHeader>(var reason) -> {
                    return reject(reason);
                }
            }
        }
        return accept(new BackProof(headers));
    }

    /// Judges the proof and answers the checkpoint that the event names. The receipt as a whole must be of a
    /// transaction that succeeded and moved no token.
    ///
    /// @param accepted what a client holds of the block that the proof starts from
    Verdict<Checkpoint> verify(ConsensusState accepted, Address emitter, LogRole role, LaneId lane) {
        return log(accepted).then(log -> CheckpointEvent.read(log, emitter, role, lane));
    }

    /// Judges the proof and answers the event, of whatever contract it is.
    Verdict<EvmLog> log(ConsensusState accepted) {
        return receiptsRoot(accepted)
                .then(root -> MerklePatriciaProof.verify(root, MerklePatriciaProof.key(txIndex), nodes))
                .then(EvmReceipt::decode)
                .then(receipt -> CheckpointEvent.in(receipt, logIndex));
    }

    private Verdict<Bytes32> receiptsRoot(ConsensusState accepted) {
        return back == null
                ? accept(accepted.receiptsRoot())
                : back.verify(accepted.hash()).map(QbftHeader::receiptsRoot);
    }

    private static Verdict<QbftEventProof> malformed(String what) {
        return reject(new MalformedEventProof(what));
    }
}
