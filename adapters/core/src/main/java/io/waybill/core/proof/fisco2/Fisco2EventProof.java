package io.waybill.core.proof.fisco2;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.EventRejection.LogIndexOutOfRange;
import io.waybill.core.EventRejection.MalformedGroup;
import io.waybill.core.EventRejection.TooManyGroups;
import io.waybill.core.EventRejection.TransactionFailed;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.CheckpointEvent;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.ArrayList;
import java.util.List;

/// The proof that a block of a FISCO BCOS 2.x chain holds a checkpoint: `RLP [ receipt, index, rows, logIndex ]`,
/// the receipt as the list that is hashed, each row a list of the hashes beside the path, bottom up.
///
/// @param index    of the receipt in its block
/// @param rows     see [HexadecimalTree#verify]
/// @param logIndex of the event among the receipt's own
public record Fisco2EventProof(Fisco2Receipt receipt, long index, List<List<Bytes32>> rows, long logIndex) {
    private static final int PARTS = 4;

    public Fisco2EventProof {
        rows = List.copyOf(rows);
    }

    /// The proof of one log of a block, built from the hashes of all its receipts.
    ///
    /// @param receipts hashes in block order
    /// @param index    of the receipt among them
    public static Fisco2EventProof of(
            FiscoSuite suite, Fisco2Receipt receipt, List<Bytes32> receipts, int index, int logIndex) {
        return new Fisco2EventProof(receipt, index, HexadecimalTree.proof(suite, receipts, index), logIndex);
    }

    public Bytes encode() {
        return Rlp.list(
                        receipt.item(),
                        Rlp.of(index),
                        Rlp.list(rows, row -> Rlp.list(row, hash -> Rlp.of(hash.value()))),
                        Rlp.of(logIndex))
                .encode();
    }

    /// Reads the wire form; total.
    public static Verdict<Fisco2EventProof> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedEventProof::new, Fisco2EventProof::of);
    }

    private static Verdict<Fisco2EventProof> of(Rlp item) {
        var parts = item.items();
        if (parts.size() != PARTS) return reject(new MalformedEventProof("list of " + parts.size()));
        return Fisco2Receipt.of(parts.get(0))
                .then(receipt -> rows(parts.get(2))
                        .map(rows -> new Fisco2EventProof(
                                receipt,
                                parts.get(1).number(),
                                rows,
                                parts.get(3).number())));
    }

    private static Verdict<List<List<Bytes32>>> rows(Rlp item) {
        var items = item.items();
        if (items.size() > HexadecimalTree.MOST_ROWS) return reject(new TooManyGroups(items.size()));
        var rows = new ArrayList<List<Bytes32>>();
        for (var row : items) {
            var hashes = row.items().stream().map(Rlp::octets).toList();
            if (hashes.stream().anyMatch(hash -> hash.size() != 32)) return reject(new MalformedGroup(rows.size()));
            rows.add(hashes.stream().map(Bytes32::new).toList());
        }
        return accept(rows);
    }

    /// Judges the whole proof: the event first, in a receipt of a transaction that succeeded and moved no token;
    /// then the receipt's place in the tree (rule R5, last line).
    ///
    /// @param receiptsRoot the root in the block's accepted header
    public Verdict<Checkpoint> verify(
            FiscoSuite suite, Address emitter, LogRole role, LaneId lane, Bytes32 receiptsRoot) {
        return log().then(log -> CheckpointEvent.read(log, emitter, role, lane))
                .then(checkpoint -> HexadecimalTree.verify(suite, receipt.hash(suite), rows, index, receiptsRoot)
                        .map(_ -> checkpoint));
    }

    private Verdict<EvmLog> log() {
        if (!receipt.success()) return reject(new TransactionFailed());
        int count = receipt.logs().size();
        if (logIndex < 0 || logIndex >= count) return reject(new LogIndexOutOfRange((int) logIndex, count));
        return CheckpointEvent.at(receipt.logs(), logIndex);
    }
}
