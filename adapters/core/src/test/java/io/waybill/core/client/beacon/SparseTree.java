package io.waybill.core.client.beacon;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.beacon.ssz.Ssz;
import io.waybill.core.digest.Digests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A Merkle tree of which only some nodes matter; all others are made up from their generalized indices.
final class SparseTree {
    private final TreeMap<Integer, Bytes32> nodes;

    /// @param nodes by generalized index, none below another
    SparseTree(Map<Integer, Bytes32> nodes) {
        this.nodes = new TreeMap<>(nodes);
    }

    Bytes32 root() {
        return at(1);
    }

    /// The siblings from a node up to the root.
    List<Bytes32> branch(int index) {
        var branch = new ArrayList<Bytes32>();
        for (int at = index; at > 1; at /= 2) branch.add(at(at ^ 1));
        return branch;
    }

    private Bytes32 at(int index) {
        var given = nodes.get(index);
        if (given != null) return given;
        boolean above = nodes.keySet().stream().anyMatch(node -> above(index, node));
        return above ? Ssz.node(at(2 * index), at(2 * index + 1)) : Digests.sha256(Bytes.utf8("node " + index));
    }

    private static boolean above(int index, int node) {
        while (node > index) node /= 2;
        return node == index;
    }
}
