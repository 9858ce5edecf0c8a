package io.waybill.core.proof;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A Merkle Patricia trie built from its entries, such as a block's receipts: its root, and the proof of each key.
public final class MerklePatriciaTrie {
    /// The encoding of a trie without entries.
    static final Bytes EMPTY = Bytes.of(0x80);
    /// The root of a trie without entries.
    public static final Bytes32 EMPTY_ROOT = Digests.keccak256(EMPTY);

    private final Node root;

    private MerklePatriciaTrie(Node root) {
        this.root = root;
    }

    /// The trie of values under the keys `RLP(0)`, `RLP(1)`, and so on.
    ///
    /// @param values not empty each
    public static MerklePatriciaTrie of(List<Bytes> values) {
        var entries = new HashMap<Bytes, Bytes>();
        for (int i = 0; i < values.size(); i++) entries.put(MerklePatriciaProof.key(i), values.get(i));
        return of(entries);
    }

    /// The trie of values under their keys, as they are: a state or storage trie's keys are hashed before.
    ///
    /// @param values by key, not empty each
    public static MerklePatriciaTrie of(Map<Bytes, Bytes> values) {
        var entries = new TreeMap<Bytes, Bytes>();
        values.forEach((key, value) -> {
            if (value.isEmpty()) throw new IllegalArgumentException("value of " + key + ": expected not empty");
            entries.put(Nibbles.of(key).digits(), value);
        });
        return new MerklePatriciaTrie(entries.isEmpty() ? new Node.Nothing() : build(entries, 0));
    }

    public Bytes32 root() {
        return Digests.keccak256(
                root instanceof Node.Nothing ? EMPTY : root.item().encode());
    }

    /// The nodes from the root to the value at an index, as [MerklePatriciaProof#verify] takes them.
    ///
    /// @throws IllegalArgumentException if there is no such value
    public List<Bytes> proof(long index) {
        var nodes = new ArrayList<Bytes>();
        if (!descend(root, Nibbles.of(MerklePatriciaProof.key(index)), nodes)) {
            throw new IllegalArgumentException("index: expected one of the values', got " + index);
        }
        return List.copyOf(nodes);
    }

    /// The nodes from the root to a key's value, or to where it would be, as [MerklePatriciaProof#lookUp] takes them.
    /// Nodes that lie in their parents are not listed on their own.
    public List<Bytes> proof(Bytes key) {
        var nodes = new ArrayList<Bytes>();
        descend(root, Nibbles.of(key), nodes);
        return List.copyOf(nodes);
    }

    private static boolean descend(Node node, Nibbles rest, List<Bytes> nodes) {
        if (node instanceof Node.Nothing) return false;
        var encoded = node.item().encode();
        if (nodes.isEmpty() || encoded.size() >= 32) nodes.add(encoded);
        return switch (node) {
            case Node.Extension(var path, var child) ->
                rest.startsWith(path) && descend(child, rest.from(path.size()), nodes);
            case Node.Branch(var children, var _)
            when rest.size() > 0 -> descend(children.get(rest.at(0)), rest.from(1), nodes);
            case Node.Branch(var _, var value) -> !value.isEmpty();
            case Node.Leaf(var path, var _) -> rest.equals(path);
            case Node.Nothing _ -> false;
        };
    }

    /// @param entries values by nibbles, not empty, all with the same first `taken` nibbles
    private static Node build(NavigableMap<Bytes, Bytes> entries, int taken) {
        var first = new Nibbles(entries.firstKey());
        if (entries.size() == 1) {
            return new Node.Leaf(first.from(taken), entries.firstEntry().getValue());
        }
        int shared = taken;
        var last = new Nibbles(entries.lastKey());
        while (shared < first.size() && shared < last.size() && first.at(shared) == last.at(shared)) shared++;
        var branch = branch(entries, shared);
        return shared == taken ? branch : new Node.Extension(first.between(taken, shared), branch);
    }

    private static Node branch(NavigableMap<Bytes, Bytes> entries, int taken) {
        var below = new ArrayList<NavigableMap<Bytes, Bytes>>();
        for (int i = 0; i < 16; i++) below.add(new TreeMap<>());
        var value = Bytes.EMPTY;
        for (var entry : entries.entrySet()) {
            if (entry.getKey().size() == taken) value = entry.getValue();
            else below.get(entry.getKey().at(taken)).put(entry.getKey(), entry.getValue());
        }
        var children = below.stream()
                .map(child -> child.isEmpty() ? new Node.Nothing() : build(child, taken + 1))
                .toList();
        return new Node.Branch(children, value);
    }

    private sealed interface Node {
        record Nothing() implements Node {}

        record Leaf(Nibbles path, Bytes value) implements Node {}

        record Extension(Nibbles path, Node child) implements Node {}

        record Branch(List<Node> children, Bytes value) implements Node {}

        default Rlp item() {
            return switch (this) {
                case Nothing _ -> Rlp.of(Bytes.EMPTY);
                case Leaf(var path, var value) -> Rlp.list(Rlp.of(path.pack(true)), Rlp.of(value));
                case Extension(var path, var child) -> Rlp.list(Rlp.of(path.pack(false)), child.reference());
                case Branch(var children, var value) -> {
                    var items = new ArrayList<Rlp>();
                    children.forEach(child -> items.add(child.reference()));
                    items.add(Rlp.of(value));
                    yield Rlp.list(items);
                }
            };
        }

        /// How a parent names this node: by its hash, or by itself where it is shorter than a hash.
        default Rlp reference() {
            var item = item();
            if (this instanceof Nothing) return item;
            var encoded = item.encode();
            return encoded.size() < 32
                    ? item
                    : Rlp.of(Digests.keccak256(encoded).value());
        }
    }
}
