package io.waybill.core.proof.fisco2;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.GroupPosition;
import io.waybill.core.EventRejection.MalformedGroup;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.EventRejection.TooManyGroups;
import io.waybill.core.Fisco2Rejection.TreeIndexOutOfRange;
import io.waybill.core.Verdict;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The tree of sixteen over a block's receipts (or transactions) as FISCO BCOS 2.2 and later build it: bottom
/// entries are `RLP(index) || hash`, up to sixteen of them in a row make one entry of 32 octets above, and the root
/// is `H(last entry)`.
///
/// Leaves and nodes bear no tag, but no row can be read as another: within the bounds here a bottom row has 33, 34
/// or 35 octets an entry, a row above 32, and no number of one up to sixteen is as long as a number of the other.
///
/// @see <a href="https://github.com/FISCO-BCOS/FISCO-BCOS">libdevcore, ParallelMerkleProof.cpp</a>
public final class HexadecimalTree {
    /// The most rows a proof may have: a block of 65 536 receipts.
    public static final int MOST_ROWS = 4;

    private static final int WIDTH = 16;
    private static final long MOST_LEAVES = 1L << 16;

    private HexadecimalTree() {}

    /// What is above one row of a proof, as a node answers it: the entries left and right of the path's own.
    public record Unit(List<Bytes> left, List<Bytes> right) {
        public Unit {
            left = List.copyOf(left);
            right = List.copyOf(right);
        }

        private boolean isEmpty() {
            return left.isEmpty() && right.isEmpty();
        }

        private List<Bytes> all() {
            return IntStream.range(0, left.size() + right.size())
                    .mapToObj(i -> i < left.size() ? left.get(i) : right.get(i - left.size()))
                    .toList();
        }
    }

    /// The root over hashes in block order; of none it is the hash of nothing.
    public static Bytes32 root(FiscoSuite suite, List<Bytes32> hashes) {
        if (hashes.isEmpty()) return suite.hash(Bytes.EMPTY);
        var row = bottom(hashes);
        while (row.size() > 1) row = above(suite, row);
        return suite.hash(row.getFirst());
    }

    /// The proof of one leaf: for each row that its path passes through the hashes beside it, bottom up.
    ///
    /// @param index of the leaf, 0 ≤ index < hashes
    public static List<List<Bytes32>> proof(FiscoSuite suite, List<Bytes32> hashes, int index) {
        var proof = new ArrayList<List<Bytes32>>();
        var row = bottom(hashes);
        for (int at = index; row.size() > 1; at /= WIDTH) {
            int from = at - at % WIDTH;
            int own = at;
            proof.add(IntStream.range(from, Math.min(from + WIDTH, row.size()))
                    .filter(i -> i != own)
                    .mapToObj(row::get)
                    .map(entry -> new Bytes32(entry.slice(entry.size() - 32, entry.size())))
                    .toList());
            row = above(suite, row);
        }
        return proof;
    }

    /// Judges the proof that a hash is the leaf at an index under a root (rule R5, last line): the index says which
    /// entry of each row is the path's own; a row of less than sixteen is the last of its height, so the rows
    /// above it end with the path's own entry; the uppermost has two or more.
    ///
    /// @param rows  the hashes beside the path, bottom up, each row without its own entry
    /// @param index unsigned
    /// @return the index
    public static Verdict<Long> verify(
            FiscoSuite suite, Bytes32 hash, List<List<Bytes32>> rows, long index, Bytes32 root) {
        if (rows.size() > MOST_ROWS) return reject(new TooManyGroups(rows.size()));
        if (index < 0 || index >= MOST_LEAVES || (at(index, rows.size()) != 0))
            return reject(new TreeIndexOutOfRange(index, rows.size()));
        var entry = leaf(index, hash);
        boolean last = false;
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            long at = at(index, i);
            int own = (int) (at % WIDTH);
            if (row.size() >= WIDTH || (row.isEmpty() && i == rows.size() - 1)) return reject(new MalformedGroup(i));
            if (own > row.size() || (last && own != row.size())) return reject(new GroupPosition(i));
            entry = suite.hash(joined(i == 0, at - own, row, own, entry)).value();
            last |= row.size() < WIDTH - 1;
        }
        var computed = suite.hash(entry);
        return computed.equals(root) ? accept(index) : reject(new ReceiptsRootMismatch(root, computed));
    }

    /// Reads what a node answers as `txProof` or `receiptProof`, strictly: every entry left and right of the path
    /// must be what its place says, and an empty unit stands for the last hash.
    ///
    /// @param index of the leaf, unsigned
    /// @return the rows that [#verify] takes
    public static Verdict<List<List<Bytes32>>> rows(List<Unit> units, long index) {
        if (units.isEmpty() || !units.getLast().isEmpty()) return reject(new MalformedGroup(units.size()));
        if (units.size() > MOST_ROWS + 1) return reject(new TooManyGroups(units.size() - 1));
        if (index < 0 || index >= MOST_LEAVES) return reject(new TreeIndexOutOfRange(index, units.size() - 1));
        var rows = new ArrayList<List<Bytes32>>();
        for (int i = 0; i < units.size() - 1; i++) {
            var unit = units.get(i);
            long at = at(index, i);
            int own = (int) (at % WIDTH);
            if (unit.left().size() != own) return reject(new GroupPosition(i));
            var row = new ArrayList<Bytes32>();
            for (var entry : unit.all()) {
                long place = at - own + row.size() + (row.size() >= own ? 1 : 0);
                var label = i == 0 ? Rlp.of(place).encode() : Bytes.EMPTY;
                boolean labelled = entry.size() == label.size() + 32
                        && entry.slice(0, label.size()).equals(label);
                if (!labelled) return reject(new MalformedGroup(i));
                row.add(new Bytes32(entry.slice(label.size(), entry.size())));
            }
            rows.add(List.copyOf(row));
        }
        return accept(List.copyOf(rows));
    }

    /// The place in a row of the entry that a leaf is under; row 0 is the bottom one.
    private static long at(long index, int row) {
        return index >> (4 * row);
    }

    private static Bytes leaf(long index, Bytes32 hash) {
        return Bytes.concat(Rlp.of(index).encode(), hash.value());
    }

    private static List<Bytes> bottom(List<Bytes32> hashes) {
        return IntStream.range(0, hashes.size())
                .mapToObj(i -> leaf(i, hashes.get(i)))
                .toList();
    }

    private static List<Bytes> above(FiscoSuite suite, List<Bytes> row) {
        var parents = new ArrayList<Bytes>();
        for (int i = 0; i < row.size(); i += WIDTH) {
            parents.add(suite.hash(Bytes.concat(row.subList(i, Math.min(i + WIDTH, row.size()))))
                    .value());
        }
        return parents;
    }

    /// A row with its own entry in place.
    private static Bytes joined(boolean bottom, long from, List<Bytes32> row, int own, Bytes entry) {
        var parts = new ArrayList<Bytes>();
        for (int i = 0; i <= row.size(); i++) {
            if (i == own) {
                parts.add(entry);
                continue;
            }
            var hash = row.get(i < own ? i : i - 1);
            parts.add(bottom ? leaf(from + i, hash) : hash.value());
        }
        return Bytes.concat(parts);
    }
}
