package io.waybill.core.proof;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import java.util.List;

/// The proof that a key has a value in a Merkle Patricia trie: the nodes from the root to the value. Only membership
/// is judged; a proof that ends before the key does is never read as absence. Nodes embedded in their parents are
/// refused: no receipt is short enough to make one.
///
/// @see <a href="https://ethereum.org/en/developers/docs/data-structures-and-encoding/patricia-merkle-trie/">Merkle
///     Patricia trie</a>
public final class MerklePatriciaProof {
    private static final int BRANCH = 17;
    private static final int HASH = 32;

    private final List<Bytes> nodes;
    private final Nibbles key;

    private MerklePatriciaProof(List<Bytes> nodes, Nibbles key) {
        this.nodes = nodes;
        this.key = key;
    }

    /// The key of a transaction or a receipt in its block's trie.
    public static Bytes key(long index) {
        return Rlp.of(index).encode();
    }

    /// Judges a proof and answers the value, at least one octet. Every node must be hashed into the one before it,
    /// be canonical, and be needed.
    ///
    /// @param nodes the encoded nodes, root first
    public static Verdict<Bytes> verify(Bytes32 root, Bytes key, List<Bytes> nodes) {
        return new MerklePatriciaProof(nodes, Nibbles.of(key)).walk(root);
    }

    private Verdict<Bytes> walk(Bytes32 root) {
        var wanted = root.value();
        int taken = 0;
        for (int depth = 0; ; depth++) {
            if (depth == nodes.size()) return Verdict.reject(new EventRejection.ProofEndsEarly(depth));
            var octets = nodes.get(depth);
            if (!Digests.keccak256(octets).value().equals(wanted)) {
                return Verdict.reject(new EventRejection.NodeHashMismatch(depth));
            }
            switch (step(octets, taken, depth)) {
                case Step.Down(var child, int nibbles) -> {
                    wanted = child;
                    taken += nibbles;
                }
                case Step.Found(var value) -> {
                    int left = nodes.size() - depth - 1;
                    return left == 0
                            ? Verdict.accept(value)
                            : Verdict.reject(new EventRejection.ProofNotConsumed(left));
                }
                case Step.Failed(var reason) -> {
                    return Verdict.reject(reason);
                }
            }
        }
    }

    private sealed interface Step {
        record Down(Bytes child, int nibbles) implements Step {}

        record Found(Bytes value) implements Step {}

        record Failed(Rejection reason) implements Step {}
    }

    private Step step(Bytes octets, int taken, int depth) {
        var malformed = new Step.Failed(new EventRejection.MalformedNode(depth));
        var verdict = Rlp.parse(octets, node -> Verdict.accept(step(node, taken, depth)));
        return verdict instanceof Verdict.Accepted<Step>(var step) ? step : malformed;
    }

    private Step step(Rlp node, int taken, int depth) {
        var items = node.items();
        return switch (items.size()) {
            case BRANCH -> branch(items, taken, depth);
            case 2 -> path(items, taken, depth);
            default -> new Step.Failed(new EventRejection.MalformedNode(depth));
        };
    }

    private Step branch(List<Rlp> items, int taken, int depth) {
        if (taken == key.size()) return found(items.get(BRANCH - 1), depth);
        return down(items.get(key.at(taken)), 1, depth);
    }

    private Step path(List<Rlp> items, int taken, int depth) {
        var packed = items.getFirst().octets();
        if (!Nibbles.isPacked(packed)) return new Step.Failed(new EventRejection.MalformedNode(depth));
        var path = Nibbles.unpack(packed);
        boolean leaf = packed.at(0) >= 0x20;
        if (!leaf && path.size() == 0) return new Step.Failed(new EventRejection.MalformedNode(depth));
        boolean fits = leaf ? key.from(taken).equals(path) : key.from(taken).startsWith(path);
        if (!fits) return new Step.Failed(new EventRejection.KeyNotFound(depth));
        return leaf ? found(items.get(1), depth) : down(items.get(1), path.size(), depth);
    }

    private static Step down(Rlp child, int nibbles, int depth) {
        var hash = child.octets();
        if (hash.size() == HASH) return new Step.Down(hash, nibbles);
        return new Step.Failed(
                hash.isEmpty() ? new EventRejection.KeyNotFound(depth) : new EventRejection.MalformedNode(depth));
    }

    private static Step found(Rlp item, int depth) {
        var value = item.octets();
        return value.isEmpty() ? new Step.Failed(new EventRejection.KeyNotFound(depth)) : new Step.Found(value);
    }
}
