package io.waybill.core.proof.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.GroupPosition;
import io.waybill.core.EventRejection.GroupPrefix;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.EventRejection.TooManyGroups;
import io.waybill.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The binary tree over a block's receipts (or transactions) as FISCO BCOS 3.x builds it: leaves are hashes in block
/// order, a pair becomes `H(left || right)`, an odd last node `H(node)`; a single leaf is the root itself.
///
/// Leaves and nodes are told apart by no tag, so a proof is held to more than its root: rule R5.1 to R5.5.
public final class ReceiptTree {
    /// The most groups a proof may have: a block of 65 536 receipts.
    public static final int MOST_GROUPS = 16;

    private static final int TAG_SIZE = 3;

    private ReceiptTree() {}

    /// One level of a path, bottom up.
    ///
    /// @param position 0 if the path's node is the left one or alone, 1 if the right one
    /// @param sibling  the other node of the pair, null where the path's node is alone
    public record Group(long position, @Nullable Bytes32 sibling) {
        private Bytes around(Bytes32 node) {
            if (sibling == null) return node.value();
            return position == 0
                    ? Bytes.concat(node.value(), sibling.value())
                    : Bytes.concat(sibling.value(), node.value());
        }
    }

    /// The root over leaves in block order; all zero for none.
    public static Bytes32 root(FiscoSuite suite, List<Bytes32> leaves) {
        if (leaves.isEmpty()) return Bytes32.ZERO;
        var level = leaves;
        while (level.size() > 1) level = above(suite, level);
        return level.getFirst();
    }

    /// The nodes that a node answers as `txProof` and `txReceiptProof` are made of: for each level below the root the
    /// pair, or the lone node, that the path passes through.
    ///
    /// @param index of the leaf, 0 ≤ index < leaves
    public static List<List<Bytes32>> path(FiscoSuite suite, List<Bytes32> leaves, int index) {
        var path = new ArrayList<List<Bytes32>>();
        var level = leaves;
        for (int at = index; level.size() > 1; at /= 2) {
            int left = at - at % 2;
            path.add(List.copyOf(level.subList(left, Math.min(left + 2, level.size()))));
            level = above(suite, level);
        }
        return path;
    }

    /// The proof of one leaf.
    ///
    /// @param index of the leaf, 0 ≤ index < leaves
    public static List<Group> groups(FiscoSuite suite, List<Bytes32> leaves, int index) {
        var groups = new ArrayList<Group>();
        int at = index;
        for (var nodes : path(suite, leaves, index)) {
            groups.add(nodes.size() == 1 ? new Group(0, null) : new Group(at % 2, nodes.get(1 - at % 2)));
            at /= 2;
        }
        return groups;
    }

    /// Judges the proof that a leaf lies under a root, rules R5.1 to R5.5.
    ///
    /// Nothing after a lone node can be but the last of its level, and no hashed pair may read as the beginning
    /// of a receipt of version 0: so no inner node can be shown as a leaf.
    ///
    /// @return the leaf's index
    public static Verdict<Long> verify(FiscoSuite suite, Bytes32 leaf, List<Group> groups, Bytes32 root) {
        if (groups.size() > MOST_GROUPS) return reject(new TooManyGroups(groups.size()));
        var node = leaf;
        long index = 0;
        boolean lone = false;
        for (int i = 0; i < groups.size(); i++) {
            var group = groups.get(i);
            boolean last = i == groups.size() - 1;
            if (!possible(group, last, lone)) return reject(new GroupPosition(i));
            var pair = group.around(node);
            if (pair.slice(0, TAG_SIZE).isZero()) return reject(new GroupPrefix(i));
            node = suite.hash(pair);
            lone |= group.sibling() == null;
            index |= group.position() << i;
        }
        return node.equals(root) ? accept(index) : reject(new ReceiptsRootMismatch(root, node));
    }

    private static boolean possible(Group group, boolean last, boolean lone) {
        if (group.sibling() == null) return group.position() == 0 && !last;
        return lone ? group.position() == 1 : group.position() == 0 || group.position() == 1;
    }

    private static List<Bytes32> above(FiscoSuite suite, List<Bytes32> level) {
        var parents = new ArrayList<Bytes32>();
        for (int i = 0; i < level.size(); i += 2) {
            var left = level.get(i).value();
            parents.add(suite.hash(
                    i + 1 < level.size() ? Bytes.concat(left, level.get(i + 1).value()) : left));
        }
        return parents;
    }
}
