package io.waybill.core.proof;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.MalformedNode;
import io.waybill.core.EventRejection.NodeHashMismatch;
import io.waybill.core.EventRejection.ProofEndsEarly;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import java.util.List;

/// One walk from a trie's root towards a key, through the nodes of a proof. Every node must be hashed into the one
/// before it and be canonical; where the walk ends, and how many nodes it left over, is for [MerklePatriciaProof] to
/// judge. Of a branch only the slot that the key names is read, as the hash covers the others.
final class PatriciaWalk {
    private static final int BRANCH = 17;
    private static final int HASH = 32;

    private final List<Bytes> nodes;
    private final Nibbles key;
    private final boolean embedding;
    private int depth;
    private int taken;

    /// @param embedding whether a node shorter than a hash may lie in its parent; a receipts trie has none
    PatriciaWalk(List<Bytes> nodes, Bytes key, boolean embedding) {
        this.nodes = nodes;
        this.key = Nibbles.of(key);
        this.embedding = embedding;
    }

    /// Where a walk ends.
    sealed interface End {
        /// At the key's value.
        ///
        /// @param left nodes that were not walked
        record Value(Bytes value, int left) implements End {}

        /// Where the key would be and is not.
        ///
        /// @param depth index of the node that shows it
        record Nothing(int depth, int left) implements End {}

        /// At a leaf without a value or an extension without a child, which no trie has.
        record Hollow(int depth) implements End {}

        /// Nowhere.
        record Broken(Rejection reason) implements End {}
    }

    End from(Bytes32 root) {
        var wanted = root.value();
        for (; depth < nodes.size(); depth++) {
            var octets = nodes.get(depth);
            if (!Digests.keccak256(octets).value().equals(wanted)) return new End.Broken(new NodeHashMismatch(depth));
            if (embedding && depth > 0 && octets.size() < HASH) return malformed();
            switch (enter(octets)) {
                case Step.To(var child) -> wanted = child;
                case Step.Into _ -> throw new IllegalStateException("an embedded node: expected to be entered");
                case Step.At(var end) -> {
                    return end;
                }
            }
        }
        return new End.Broken(new ProofEndsEarly(depth));
    }

    private sealed interface Step {
        /// On to the node with a hash.
        record To(Bytes hash) implements Step {}

        /// On into a node that lies in this one.
        record Into(Rlp node) implements Step {}

        record At(End end) implements Step {}
    }

    private Step enter(Bytes octets) {
        var verdict = Rlp.parse(octets, node -> Verdict.accept(through(node)));
        return verdict instanceof Verdict.Accepted<Step>(var step) ? step : new Step.At(malformed());
    }

    /// Through a node and all that lie in each other below it.
    private Step through(Rlp node) {
        var step = step(node);
        while (step instanceof Step.Into(var child)) {
            var encoded = child.encode();
            if (encoded.size() >= HASH) return new Step.At(malformed());
            // Some nodes list an embedded node once more, on its own.
            if (depth + 1 < nodes.size() && nodes.get(depth + 1).equals(encoded)) depth++;
            step = step(child);
        }
        return step;
    }

    private Step step(Rlp node) {
        var items = node.items();
        return switch (items.size()) {
            case BRANCH -> branch(items);
            case 2 -> path(items);
            default -> new Step.At(malformed());
        };
    }

    private Step branch(List<Rlp> items) {
        if (taken == key.size()) {
            var value = items.get(BRANCH - 1).octets();
            return new Step.At(value.isEmpty() ? nothing() : found(value));
        }
        var child = items.get(key.at(taken));
        taken++;
        return child instanceof Rlp.Octets(var none) && none.isEmpty() ? new Step.At(nothing()) : down(child);
    }

    private Step path(List<Rlp> items) {
        var packed = items.getFirst().octets();
        if (!Nibbles.isPacked(packed)) return new Step.At(malformed());
        var path = Nibbles.unpack(packed);
        boolean leaf = packed.at(0) >= 0x20;
        if (!leaf && path.size() == 0) return new Step.At(malformed());
        var rest = key.from(taken);
        if (leaf ? !rest.equals(path) : !rest.startsWith(path)) return new Step.At(nothing());
        taken += path.size();
        var second = items.get(1);
        if (second instanceof Rlp.Octets(var none) && none.isEmpty()) return new Step.At(new End.Hollow(depth));
        return leaf ? new Step.At(found(second.octets())) : down(second);
    }

    private Step down(Rlp child) {
        return switch (child) {
            case Rlp.Octets(var hash) when hash.size() == HASH -> new Step.To(hash);
            case Rlp.Items _ when embedding -> new Step.Into(child);
            case Rlp.Octets _, Rlp.Items _ -> new Step.At(malformed());
        };
    }

    private End found(Bytes value) {
        return new End.Value(value, left());
    }

    private End nothing() {
        return new End.Nothing(depth, left());
    }

    private int left() {
        return nodes.size() - depth - 1;
    }

    private End malformed() {
        return new End.Broken(new MalformedNode(depth));
    }
}
