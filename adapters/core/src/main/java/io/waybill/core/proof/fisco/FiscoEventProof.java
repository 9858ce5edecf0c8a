package io.waybill.core.proof.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.EventRejection.MalformedGroup;
import io.waybill.core.EventRejection.TooManyGroups;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.ReceiptTree.Group;
import java.util.ArrayList;
import java.util.List;

/// The proof that a block of a FISCO BCOS 3.x chain holds a checkpoint: `RLP [ preimage, [[position, sibling]...] ]`,
/// groups bottom up, the sibling empty where there is none.
///
/// @param preimage of the carrier's receipt, see [CarrierReceipt]
/// @param groups   its path to the receipts root, see [ReceiptTree]
public record FiscoEventProof(Bytes preimage, List<Group> groups) {
    public FiscoEventProof {
        groups = List.copyOf(groups);
    }

    /// The proof of one receipt of a block, built from the hashes of all of them.
    ///
    /// @param receipts hashes in block order
    /// @param index    of the receipt among them
    public static FiscoEventProof of(FiscoSuite suite, FiscoReceipt receipt, List<Bytes32> receipts, int index) {
        return new FiscoEventProof(receipt.preimage(), ReceiptTree.groups(suite, receipts, index));
    }

    public Bytes encode() {
        return Rlp.list(Rlp.of(preimage), Rlp.list(groups, FiscoEventProof::item))
                .encode();
    }

    private static Rlp item(Group group) {
        var sibling = group.sibling();
        return Rlp.list(Rlp.of(group.position()), Rlp.of(sibling == null ? Bytes.EMPTY : sibling.value()));
    }

    /// Reads the wire form; total.
    public static Verdict<FiscoEventProof> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedEventProof::new, FiscoEventProof::of);
    }

    private static Verdict<FiscoEventProof> of(Rlp item) {
        var parts = item.items();
        if (parts.size() != 2) return reject(new MalformedEventProof("list of " + parts.size()));
        var preimage = parts.get(0).octets();
        var groups = new ArrayList<Group>();
        var items = parts.get(1).items();
        if (items.size() > ReceiptTree.MOST_GROUPS) return reject(new TooManyGroups(items.size()));
        for (var group : items) {
            var fields = group.items();
            if (fields.size() != 2) return reject(new MalformedGroup(groups.size()));
            var sibling = fields.get(1).octets();
            if (!sibling.isEmpty() && sibling.size() != 32) return reject(new MalformedGroup(groups.size()));
            groups.add(new Group(fields.get(0).number(), sibling.isEmpty() ? null : new Bytes32(sibling)));
        }
        return accept(new FiscoEventProof(preimage, groups));
    }

    /// Judges the whole proof: the receipt first (R5 rows), then its place in the tree (R5.1 to R5.5).
    ///
    /// @param height       the block's number
    /// @param receiptsRoot the root in the block's accepted header
    public Verdict<Checkpoint> verify(
            FiscoSuite suite, Address emitter, LogRole role, LaneId lane, long height, Bytes32 receiptsRoot) {
        return CarrierReceipt.read(preimage, emitter, role.topic(), lane, height)
                .then(checkpoint -> ReceiptTree.verify(suite, suite.hash(preimage), groups, receiptsRoot)
                        .map(_ -> checkpoint));
    }
}
