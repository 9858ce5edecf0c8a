// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Digest} from "./Digest.sol";
import {RangeProofLength} from "./Rejections.sol";

/// @title The lane log: an append-only Merkle tree (RFC 9162, SHA-256) of which only the peaks are kept
/// @notice A tree of n leaves is a row of perfect trees, one for each bit of n; their roots are its peaks. That is all
/// that appending and the root need. Whoever wants a proof builds it from the events.
library LaneLog {
    error LogFull();

    /// @dev One more than the largest size, rule R2.1.
    uint256 internal constant SIZE_LIMIT = 1 << 48;

    /// @dev `perfect[l]` is the root of the perfect tree of `2^l` leaves when bit `l` of the size is set, else left over.
    struct Peaks {
        bytes32[48] perfect;
    }

    /// @notice Appends one leaf hash to a log of `size` leaves.
    function append(Peaks storage peaks, uint256 size, bytes32 hash) internal {
        if (size + 1 >= SIZE_LIMIT) revert LogFull();
        uint256 level = 0;
        for (; size & 1 == 1; size >>= 1) {
            hash = Digest.node(peaks.perfect[level], hash);
            ++level;
        }
        peaks.perfect[level] = hash;
    }

    /// @notice The tree hash of a log of `size` leaves, `size >= 1`.
    function root(Peaks storage peaks, uint256 size) internal view returns (bytes32 hash) {
        uint256 level = 0;
        for (; size & 1 == 0; size >>= 1) ++level;
        hash = peaks.perfect[level];
        while ((size >>= 1) != 0) {
            ++level;
            if (size & 1 == 1) hash = Digest.node(peaks.perfect[level], hash);
        }
    }

    /// @notice The root that follows when `hashes` are the leaves `[first, first + hashes.length)` of a tree of `size`
    /// leaves. The proof is bottom-up, at each level the left neighbour first; a lone last node is promoted unhashed.
    /// Every hash of it is used once; a proof of another length than implied is refused before hashing, rule R3.11.
    /// @param hashes at least one; used up as working space
    /// @param first `first + hashes.length <= size`
    function rootOfRange(bytes32[] memory hashes, uint256 first, uint256 size, bytes32[] memory proof)
        internal
        view
        returns (bytes32)
    {
        uint256 end = first + hashes.length;
        uint256 needed = proofLength(first, end, size);
        if (proof.length != needed) revert RangeProofLength(proof.length, needed);
        uint256 used = 0;
        for (; size > 1; size = (size + 1) >> 1) {
            uint256 count = end - first;
            uint256 from = 0;
            uint256 to = 0;
            if (first & 1 == 1) hashes[to++] = Digest.node(proof[used++], hashes[from++]);
            for (; from + 1 < count; from += 2) hashes[to++] = Digest.node(hashes[from], hashes[from + 1]);
            if (from < count) {
                hashes[to] = end < size ? Digest.node(hashes[from], proof[used++]) : hashes[from];
            }
            first >>= 1;
            end = (end + 1) >> 1;
        }
        return hashes[0];
    }

    /// @notice How many hashes the proof of `[first, end)` has in a tree of `size` leaves.
    function proofLength(uint256 first, uint256 end, uint256 size) internal pure returns (uint256 needed) {
        for (; size > 1; size = (size + 1) >> 1) {
            needed += first & 1;
            if (end & 1 == 1 && end < size) ++needed;
            first >>= 1;
            end = (end + 1) >> 1;
        }
    }
}
