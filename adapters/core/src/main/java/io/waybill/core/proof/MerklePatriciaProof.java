package io.waybill.core.proof;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.KeyNotFound;
import io.waybill.core.EventRejection.MalformedNode;
import io.waybill.core.EventRejection.NodeHashMismatch;
import io.waybill.core.EventRejection.ProofNotConsumed;
import io.waybill.core.Verdict;
import java.util.List;

/// What the nodes between a root and a key prove of that key in a Merkle Patricia trie. A proof that ends before the
/// key does proves nothing, and least of all absence.
///
/// @see <a href="https://ethereum.org/en/developers/docs/data-structures-and-encoding/patricia-merkle-trie/">Merkle
///     Patricia trie</a>
public final class MerklePatriciaProof {
    private MerklePatriciaProof() {}

    /// The key of a transaction or a receipt in its block's trie.
    public static Bytes key(long index) {
        return Rlp.of(index).encode();
    }

    /// Judges a proof of membership in a receipts or transactions trie and answers the value, at least one octet.
    /// Every node must be hashed into the one before it, be canonical, and be needed. Nodes embedded in their
    /// parents are refused: no receipt is short enough to make one.
    ///
    /// @param nodes the encoded nodes, root first
    public static Verdict<Bytes> verify(Bytes32 root, Bytes key, List<Bytes> nodes) {
        return switch (new PatriciaWalk(nodes, key, false).from(root)) {
            case PatriciaWalk.End.Value(var value, var left) ->
                left == 0 ? accept(value) : reject(new ProofNotConsumed(left));
            case PatriciaWalk.End.Nothing(var depth, var _) -> reject(new KeyNotFound(depth));
            case PatriciaWalk.End.Hollow(var depth) -> reject(new KeyNotFound(depth));
            case PatriciaWalk.End.Broken(var reason) -> reject(reason);
        };
    }

    /// Judges a proof about a key in any trie: that it has a value, or that it has none. Absence is shown by an empty
    /// slot of a branch, by a leaf or an extension that leads elsewhere, or by the root of the empty trie; every
    /// node must be needed for it. Nodes shorter than a hash lie in their parents and may be repeated after them.
    ///
    /// @param nodes the encoded nodes, root first; none, or the octet `80` alone, for the empty trie
    public static Verdict<Membership> lookUp(Bytes32 root, Bytes key, List<Bytes> nodes) {
        if (root.equals(MerklePatriciaTrie.EMPTY_ROOT)) return inEmptyTrie(nodes);
        return switch (new PatriciaWalk(nodes, key, true).from(root)) {
            case PatriciaWalk.End.Value(var value, var left) -> complete(new Membership.Present(value), left);
            case PatriciaWalk.End.Nothing(var _, var left) -> complete(new Membership.Absent(), left);
            case PatriciaWalk.End.Hollow(var depth) -> reject(new MalformedNode(depth));
            case PatriciaWalk.End.Broken(var reason) -> reject(reason);
        };
    }

    private static Verdict<Membership> inEmptyTrie(List<Bytes> nodes) {
        if (nodes.isEmpty()) return accept(new Membership.Absent());
        return nodes.getFirst().equals(MerklePatriciaTrie.EMPTY)
                ? complete(new Membership.Absent(), nodes.size() - 1)
                : reject(new NodeHashMismatch(0));
    }

    private static Verdict<Membership> complete(Membership shown, int left) {
        return left == 0 ? accept(shown) : reject(new ProofNotConsumed(left));
    }
}
