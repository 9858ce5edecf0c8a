package io.waybill.core.lane;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneRejection;
import io.waybill.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The proof that leaves `[first, end)` are in the tree a checkpoint names. How many hashes it has follows from the
/// range and the size alone, rule R3.11; each is used exactly once.
public final class RangeProof {
    private RangeProof() {}

    /// Judges the leaves and answers them.
    ///
    /// @param first  index of the first leaf
    /// @param leaves packet octets or status octets
    /// @param proof  as [LaneLog#rangeProof(long,long,long)] makes it
    public static Verdict<List<Bytes>> verify(
            Checkpoint checkpoint, long first, List<Bytes> leaves, List<Bytes32> proof) {
        var misshapen = misshapen(checkpoint.size(), first, leaves.size(), proof.size());
        if (misshapen != null) return Verdict.reject(misshapen);
        return verifyHashes(
                        checkpoint, first, leaves.stream().map(LaneLog::leaf).toList(), proof)
                .map(_ -> leaves);
    }

    /// Judges leaves of which only the hashes are known.
    public static Verdict<List<Bytes32>> verifyHashes(
            Checkpoint checkpoint, long first, List<Bytes32> leafHashes, List<Bytes32> proof) {
        var misshapen = misshapen(checkpoint.size(), first, leafHashes.size(), proof.size());
        if (misshapen != null) return Verdict.reject(misshapen);
        var computed = root(first, leafHashes, checkpoint.size(), proof);
        if (!computed.equals(checkpoint.root())) {
            return Verdict.reject(new LaneRejection.RangeRootMismatch(checkpoint.root(), computed));
        }
        return Verdict.accept(leafHashes);
    }

    /// The root that follows if a leaf is at an index of a tree of a size; for whoever knows a hash over it only.
    public static Verdict<Bytes32> rootOf(long size, long index, Bytes leaf, List<Bytes32> proof) {
        var misshapen = misshapen(size, index, 1, proof.size());
        return misshapen == null
                ? Verdict.accept(root(index, List.of(LaneLog.leaf(leaf)), size, proof))
                : Verdict.reject(misshapen);
    }

    /// What is wrong with the counts alone, seen before anything is hashed; null if nothing is.
    private static @Nullable LaneRejection misshapen(long size, long first, int leaves, int hashes) {
        if (leaves == 0) return new LaneRejection.EmptyRange();
        if (first < 0 || first > size - leaves) return new LaneRejection.RangeOutOfBounds(first, first + leaves, size);
        int needed = length(first, first + leaves, size);
        return hashes == needed ? null : new LaneRejection.RangeProofLength(hashes, needed);
    }

    /// How many hashes the proof of a range has.
    ///
    /// @param size `0 ≤ first < end ≤ size`
    public static int length(long first, long end, long size) {
        int hashes = 0;
        long a = first;
        long b = end;
        for (long s = size; s > 1; s = (s + 1) >> 1, a >>= 1, b = (b + 1) >> 1) {
            if (a % 2 == 1) hashes++;
            if (b % 2 == 1 && b < s) hashes++;
        }
        return hashes;
    }

    private static Bytes32 root(long first, List<Bytes32> leafHashes, long size, List<Bytes32> proof) {
        var row = leafHashes;
        var siblings = proof.iterator();
        long a = first;
        long b = first + leafHashes.size();
        for (long s = size; s > 1; s = (s + 1) >> 1, a >>= 1, b = (b + 1) >> 1) {
            var whole = new ArrayList<Bytes32>(row.size() + 2);
            if (a % 2 == 1) whole.add(siblings.next());
            whole.addAll(row);
            if (b % 2 == 1 && b < s) whole.add(siblings.next());
            row = paired(whole);
        }
        return row.getFirst();
    }

    private static List<Bytes32> paired(List<Bytes32> row) {
        var parents = new ArrayList<Bytes32>(row.size() / 2 + 1);
        for (int i = 0; i + 1 < row.size(); i += 2) parents.add(LaneLog.node(row.get(i), row.get(i + 1)));
        if (row.size() % 2 == 1) parents.add(row.getLast());
        return parents;
    }
}
