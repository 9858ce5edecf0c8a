package io.waybill.core.proof.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The simple Merkle Patricia trie over a list of values, built whole: its root, and the proof of each value.
///
/// A value's key is its index, big-endian, in as many octets as the largest index needs. Only leaves hold values.
/// Where all keys begin with the same nibble, the node below is the root.
final class SimpleTrie {
    private final List<Bytes> keys;
    private final int start;
    private final @Nullable Node root;

    private SimpleTrie(List<Bytes> keys, int start, @Nullable Node root) {
        this.keys = keys;
        this.start = start;
        this.root = root;
    }

    static SimpleTrie of(List<Bytes> values) {
        int width = width(values.size());
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < values.size(); i++) entries.add(new Entry(key(i, width), values.get(i)));
        var keys = entries.stream().map(Entry::key).toList();
        if (entries.isEmpty()) return new SimpleTrie(keys, 0, null);
        int start = keys.getFirst().at(0) == keys.getLast().at(0) ? 1 : 0;
        return new SimpleTrie(keys, start, Node.over(entries, start));
    }

    /// Octets of the largest index, at least one.
    private static int width(int count) {
        return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(count - 1) + 7) / 8);
    }

    /// Nibbles of an index, one an octet.
    private static Bytes key(int index, int width) {
        var nibbles = new byte[2 * width];
        for (int i = 0; i < nibbles.length; i++) {
            int shift = 4 * (nibbles.length - 1 - i);
            nibbles[i] = (byte) ((index >>> shift) & 0xf);
        }
        return Bytes.of(nibbles);
    }

    Bytes32 root() {
        return root == null ? SimpleNode.NONE : root.hash();
    }

    /// The proof of the value at an index that there is.
    SimpleTrieProof proof(int index) {
        var key = keys.get(index);
        var steps = new ArrayList<SimpleTrieProof.Step>();
        var node = root;
        int at = start;
        while (node instanceof Branch(var path, var _, var children)) {
            at += path.size();
            int nibble = key.at(at++);
            var hashes = new ArrayList<>(children.stream().map(SimpleTrie::hash).toList());
            hashes.remove(nibble);
            steps.add(new SimpleTrieProof.Step(path, nibble, hashes));
            node = children.get(nibble).node;
        }
        return new SimpleTrieProof(steps, key.slice(at, key.size()));
    }

    private static Bytes32 hash(Child child) {
        return child.node == null ? SimpleNode.NONE : child.node.hash();
    }

    private record Entry(Bytes key, Bytes value) {}

    private record Child(@Nullable Node node) {}

    private record Leaf(Bytes path, int start, Bytes value) implements Node {}

    private record Branch(Bytes path, int start, List<Child> children) implements Node {}

    private sealed interface Node {
        default Bytes32 hash() {
            return switch (this) {
                case Leaf(var path, var start, var value) -> SimpleNode.leaf(path, start, value);
                case Branch(var path, var start, var children) ->
                    SimpleNode.branch(
                            path, start, children.stream().map(SimpleTrie::hash).toList());
            };
        }

        /// @param entries by key, at least one, all with the same first `start` nibbles
        static Node over(List<Entry> entries, int start) {
            var first = entries.getFirst().key();
            if (entries.size() == 1)
                return new Leaf(
                        first.slice(start, first.size()),
                        start,
                        entries.getFirst().value());
            var last = entries.getLast().key();
            int end = start;
            while (first.at(end) == last.at(end)) end++;
            int fork = end;
            var children = new ArrayList<Child>();
            for (int i = 0; i < 16; i++) {
                int nibble = i;
                var below = entries.stream()
                        .filter(entry -> entry.key().at(fork) == nibble)
                        .toList();
                children.add(new Child(below.isEmpty() ? null : over(below, fork + 1)));
            }
            return new Branch(first.slice(start, fork), start, children);
        }
    }
}
