package io.waybill.core.lane;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.digest.Digests;
import java.util.ArrayList;
import java.util.List;

/// A lane log with all its leaves: an append-only Merkle tree as RFC 9162 shapes it. It remembers every complete
/// subtree, so a root or a proof at any past size costs `O(log² n)` look-ups and hashes. Not safe for threads that
/// append at once.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1">RFC 9162, 2.1: Merkle trees</a>
public final class LaneLog {
    /// `complete.get(k).get(i)` is the hash over leaves `[i·2^k, (i+1)·2^k)`.
    private final List<List<Bytes32>> complete = new ArrayList<>(List.of(new ArrayList<>()));

    public LaneLog() {}

    public static LaneLog of(List<Bytes> leaves) {
        var log = new LaneLog();
        leaves.forEach(log::append);
        return log;
    }

    /// `sha256(0x00 || octets)`, rule R2.1.
    public static Bytes32 leaf(Bytes octets) {
        return Digests.sha256(Bytes.concat(Bytes.of(0), octets));
    }

    /// `sha256(0x01 || left || right)`, rule R2.1.
    public static Bytes32 node(Bytes32 left, Bytes32 right) {
        return Digests.sha256(Bytes.concat(Bytes.of(1), left.value(), right.value()));
    }

    /// Appends packet octets or status octets.
    public void append(Bytes octets) {
        appendHash(leaf(octets));
    }

    /// Appends a leaf of which only the hash is known.
    public void appendHash(Bytes32 leafHash) {
        var hash = leafHash;
        for (int level = 0; ; level++) {
            if (level == complete.size()) complete.add(new ArrayList<>());
            var row = complete.get(level);
            row.add(hash);
            if (row.size() % 2 == 1) return;
            hash = node(row.get(row.size() - 2), hash);
        }
    }

    public long size() {
        return complete.getFirst().size();
    }

    /// The hash of leaf `index`.
    public Bytes32 leafHash(long index) {
        return complete.getFirst().get(Math.toIntExact(index));
    }

    /// The root over all leaves; a log without leaves has none.
    public Bytes32 root() {
        return root(size());
    }

    /// The root the log had when it was smaller.
    ///
    /// @param size `1 ≤ size ≤` the present size
    public Bytes32 root(long size) {
        requireSize(size);
        return hash(0, size, size);
    }

    /// What the log says of itself at a size.
    public Checkpoint checkpoint(LaneId lane, long size) {
        return new Checkpoint(lane, size, root(size));
    }

    /// The roots of the largest complete subtrees from left to right: all that a contract keeps of a log.
    public List<Bytes32> peaks() {
        var peaks = new ArrayList<Bytes32>();
        for (int level = complete.size() - 1; level >= 0; level--) {
            if ((size() >> level & 1) == 1) peaks.add(complete.get(level).getLast());
        }
        return List.copyOf(peaks);
    }

    /// The hashes that, with the leaves `[first, end)`, give the root at a size: bottom-up, at each level the left
    /// sibling before the right one. For one leaf this is its RFC 9162 inclusion path.
    ///
    /// @param size `0 ≤ first < end ≤ size ≤` the present size
    public List<Bytes32> rangeProof(long first, long end, long size) {
        requireSize(size);
        if (first < 0 || first >= end || end > size) {
            throw new IllegalArgumentException(
                    "range: expected 0 ≤ first < end ≤ %d, got %d..%d".formatted(size, first, end));
        }
        var proof = new ArrayList<Bytes32>();
        long a = first;
        long b = end;
        int level = 0;
        for (long s = size; s > 1; s = (s + 1) >> 1, a >>= 1, b = (b + 1) >> 1, level++) {
            if (a % 2 == 1) proof.add(nodeAt(level, a - 1, size));
            if (b % 2 == 1 && b < s) proof.add(nodeAt(level, b, size));
        }
        return List.copyOf(proof);
    }

    /// The proof that the log of `earlier` leaves is a prefix of the log of `later` leaves, RFC 9162, 2.1.4.1.
    ///
    /// @param earlier `1 ≤ earlier ≤ later ≤` the present size
    public List<Bytes32> consistencyProof(long earlier, long later) {
        requireSize(later);
        if (earlier < 1 || earlier > later) {
            throw new IllegalArgumentException(
                    "consistency: expected 1 ≤ earlier ≤ %d, got %d".formatted(later, earlier));
        }
        var proof = new ArrayList<Bytes32>();
        if (earlier < later) subproof(earlier, 0, later, true, proof);
        return List.copyOf(proof);
    }

    /// SUBPROOF of RFC 9162 over the leaves `[from, to)`, of which the earlier log holds those below `earlier`.
    private void subproof(long earlier, long from, long to, boolean whole, List<Bytes32> proof) {
        if (earlier == to) {
            if (!whole) proof.add(hash(from, to, to));
            return;
        }
        long middle = from + Long.highestOneBit(to - from - 1);
        if (earlier <= middle) {
            subproof(earlier, from, middle, whole, proof);
            proof.add(hash(middle, to, to));
        } else {
            subproof(earlier, middle, to, false, proof);
            proof.add(hash(from, middle, to));
        }
    }

    /// The hash over the leaves `[from, to)`, which must be a subtree of the tree of `size` leaves.
    private Bytes32 hash(long from, long to, long size) {
        int level = 64 - Long.numberOfLeadingZeros(to - from - 1);
        return nodeAt(level, from >> level, Math.min(to, size));
    }

    /// The node at a level and an index of the tree of `size` leaves; a node without right child is its left child.
    private Bytes32 nodeAt(int level, long index, long size) {
        if ((index + 1) << level <= size) return complete.get(level).get(Math.toIntExact(index));
        var left = nodeAt(level - 1, 2 * index, size);
        boolean lone = (2 * index + 1) << (level - 1) >= size;
        return lone ? left : node(left, nodeAt(level - 1, 2 * index + 1, size));
    }

    private void requireSize(long size) {
        if (size < 1 || size > size()) {
            throw new IllegalArgumentException("size: expected 1 to %d, got %d".formatted(size(), size));
        }
    }
}
