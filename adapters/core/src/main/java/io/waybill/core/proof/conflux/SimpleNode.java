package io.waybill.core.proof.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// How nodes of the simple trie hash: `keccak('n' || 16 children || ('v' || value)?)`, and over it, where the node
/// has a path, `keccak(info || path || node)` with `info = 128 + 64·(starts on an odd nibble) + nibbles mod 63`.
final class SimpleNode {
    /// In place of a child, and of the root, where there is none: Keccak-256 of nothing.
    static final Bytes32 NONE = Digests.keccak256(Bytes.EMPTY);

    private static final Bytes NODE = Bytes.utf8("n");
    private static final Bytes VALUE = Bytes.utf8("v");
    private static final List<Bytes32> NO_CHILDREN = Collections.nCopies(16, NONE);

    private SimpleNode() {}

    /// @param path  nibbles, one an octet
    /// @param start nibbles of the key before the path
    static Bytes32 leaf(Bytes path, int start, Bytes value) {
        return hash(path, start, Bytes.concat(octets(NO_CHILDREN), VALUE, value));
    }

    /// @param children sixteen, [#NONE] for those that are absent
    static Bytes32 branch(Bytes path, int start, List<Bytes32> children) {
        return hash(path, start, octets(children));
    }

    private static Bytes octets(List<Bytes32> children) {
        return Bytes.concat(children.stream().map(Bytes32::value).toList());
    }

    private static Bytes32 hash(Bytes path, int start, Bytes content) {
        var node = Digests.keccak256(Bytes.concat(NODE, content));
        if (path.isEmpty()) return node;
        boolean odd = start % 2 == 1;
        int info = 128 + (odd ? 64 : 0) + path.size() % 63;
        return Digests.keccak256(Bytes.concat(Bytes.of(info), packed(path, odd), node.value()));
    }

    /// The octets that the path covers; nibbles of them that it does not take up are zero.
    private static Bytes packed(Bytes path, boolean odd) {
        var nibbles = new ArrayList<Integer>();
        if (odd) nibbles.add(0);
        for (int i = 0; i < path.size(); i++) nibbles.add(path.at(i));
        if (nibbles.size() % 2 == 1) nibbles.add(0);
        var octets = new byte[nibbles.size() / 2];
        for (int i = 0; i < octets.length; i++) octets[i] = (byte) ((nibbles.get(2 * i) << 4) | nibbles.get(2 * i + 1));
        return Bytes.of(octets);
    }
}
