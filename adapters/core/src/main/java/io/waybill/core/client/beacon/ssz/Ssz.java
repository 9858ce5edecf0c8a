package io.waybill.core.client.beacon.ssz;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// Merkleization of SimpleSerialize, as far as light clients need it.
///
/// @see <a href="https://github.com/ethereum/consensus-specs/blob/dev/ssz/simple-serialize.md">consensus-specs,
///     simple-serialize, Merkleization</a>
public final class Ssz {
    /// The longest branch any fork's container has room for: that of a committee in the state of the fork after
    /// Fulu.
    public static final int BRANCH_LIMIT = 11;

    private static final int CHUNK = 32;

    private Ssz() {}

    /// The chunk of a `uint64`: little-endian, padded with zeros.
    ///
    /// @param value taken as unsigned
    public static Bytes32 u64(long value) {
        var chunk = new byte[CHUNK];
        for (int i = 0; i < 8; i++) chunk[i] = (byte) (value >>> (8 * i));
        return Bytes32.of(chunk);
    }

    /// The chunk of an unsigned number of up to 256 bits: little-endian, padded with zeros.
    ///
    /// @param bigEndian at most 32 octets
    public static Bytes32 number(Bytes bigEndian) {
        var chunk = new byte[CHUNK];
        for (int i = 0; i < bigEndian.size(); i++) chunk[i] = (byte) bigEndian.at(bigEndian.size() - 1 - i);
        return Bytes32.of(chunk);
    }

    /// The root of a container: its fields' roots, padded with zero chunks to a power of two.
    public static Bytes32 container(List<Bytes32> fields) {
        return fold(Bytes.concat(fields.stream().map(Bytes32::value).toList()).toArray());
    }

    /// The root of a `ByteVector`.
    public static Bytes32 vector(Bytes octets) {
        return fold(octets.toArray());
    }

    /// The root of a `ByteList` whose limit is one chunk, 32 octets.
    public static Bytes32 shortList(Bytes octets) {
        return node(vector(octets), u64(octets.size()));
    }

    /// The root of a vector of byte vectors of one size.
    ///
    /// @param octets the elements one after another
    /// @param size   of an element, 33 to 64 octets, so that each fills two chunks
    public static Bytes32 vectorOfPairs(Bytes octets, int size) {
        var elements = octets.toArray();
        int count = elements.length / size;
        var chunks = new byte[count * 2 * CHUNK];
        for (int i = 0; i < count; i++) System.arraycopy(elements, i * size, chunks, i * 2 * CHUNK, size);
        return fold(chunks);
    }

    public static Bytes32 node(Bytes32 left, Bytes32 right) {
        return Bytes32.of(
                sha256().digest(Bytes.concat(left.value(), right.value()).toArray()));
    }

    /// Folds chunks pairwise until one is left; the last chunk and the number of chunks are filled up with
    /// zeros.
    private static Bytes32 fold(byte[] octets) {
        int count = 1;
        while (count * CHUNK < octets.length) count *= 2;
        var chunks = new byte[count * CHUNK];
        System.arraycopy(octets, 0, chunks, 0, octets.length);
        var digest = sha256();
        for (; count > 1; count /= 2) {
            for (int i = 0; i < count / 2; i++) {
                digest.update(chunks, i * 2 * CHUNK, 2 * CHUNK);
                System.arraycopy(digest.digest(), 0, chunks, i * CHUNK, CHUNK);
            }
        }
        return Bytes32.of(java.util.Arrays.copyOf(chunks, CHUNK));
    }

    /// `is_valid_normalized_merkle_branch`: whether a leaf lies at a generalized index under a root. A
    /// container of a later fork may have room for a longer branch; then the elements too many come first and
    /// are zero.
    ///
    /// @param index the generalized index, ≥ 1
    public static boolean branch(Bytes32 leaf, List<Bytes32> branch, int index, Bytes32 root) {
        int depth = 31 - Integer.numberOfLeadingZeros(index);
        int extra = branch.size() - depth;
        if (extra < 0 || branch.size() > BRANCH_LIMIT) return false;
        if (!branch.subList(0, extra).stream().allMatch(Bytes32::isZero)) return false;
        var hash = leaf;
        for (int i = 0; i < depth; i++) {
            var sibling = branch.get(extra + i);
            hash = (index >> i & 1) == 1 ? node(sibling, hash) : node(hash, sibling);
        }
        return hash.equals(root);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java platform must have it", e);
        }
    }
}
