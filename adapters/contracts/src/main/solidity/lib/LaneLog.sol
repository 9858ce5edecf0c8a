// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Digest} from "./Digest.sol";
import {RangeOutOfBounds, RangeProofLength, RangeRootMismatch} from "./Rejections.sol";

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

    /// @notice Appends leaf hashes to a log of `size` leaves. They are paired in memory, level by level: however many there
    /// are, each peak is read at most once and written at most once.
    /// @param hashes used up as working space
    function append(Peaks storage peaks, uint256 size, bytes32[] memory hashes) internal {
        uint256 count = hashes.length;
        if (size + count >= SIZE_LIMIT) revert LogFull();
        for (uint256 level = 0; count != 0; ++level) {
            bool joins = size & 1 == 1;
            if (joins) _put(hashes, 0, Digest.node(peaks.perfect[level], _at(hashes, 0)));
            uint256 left = _pair(hashes, joins ? 1 : 0, count);
            if ((size + count) & 1 == 1) peaks.perfect[level] = _at(hashes, count - 1);
            count = left;
            size >>= 1;
        }
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

    /// @notice Refuses a hash that is not leaf `index` of a log of `size` leaves.
    /// @param path the hashes beside the way from the leaf up to its peak, bottom-up: the RFC 9162 inclusion path of the
    /// leaf without what lies above that peak, which is kept here. So it stays good while the log grows, until that peak is
    /// joined with its neighbour. A path of another length is refused before hashing
    function requireLeaf(Peaks storage peaks, uint256 size, uint256 index, bytes32 hash, bytes32[] calldata path)
        internal
        view
    {
        if (index >= size) revert RangeOutOfBounds(index, index + 1, size);
        uint256 height = 0;
        // The leaf lies under the peak of the highest bit in which its index differs from the size.
        for (uint256 differing = index ^ size; differing > 1; differing >>= 1) ++height;
        if (path.length != height) revert RangeProofLength(path.length, height);
        for (uint256 level = 0; level < height; ++level) {
            bytes32 sibling = _of(path, level);
            hash = index >> level & 1 == 1 ? Digest.node(sibling, hash) : Digest.node(hash, sibling);
        }
        bytes32 peak = peaks.perfect[height];
        if (hash != peak) revert RangeRootMismatch(peak, hash);
    }

    /// @notice The root that follows when `hashes` are the leaves `[first, first + hashes.length)` of a tree of `size`
    /// leaves. The proof is bottom-up, at each level the left neighbour first; a lone last node is promoted unhashed.
    /// Every hash of it is used once; a proof of another length than implied is refused before hashing, rule R3.11.
    /// @param hashes at least one; used up as working space
    /// @param first `first + hashes.length <= size`
    function rootOfRange(bytes32[] memory hashes, uint256 first, uint256 size, bytes32[] calldata proof)
        internal
        view
        returns (bytes32)
    {
        uint256 count = hashes.length;
        uint256 needed = proofLength(first, first + count, size);
        if (proof.length != needed) revert RangeProofLength(proof.length, needed);
        uint256 used = 0;
        for (; size > 1; size = (size + 1) >> 1) {
            bool joins = first & 1 == 1;
            if (joins) _put(hashes, 0, Digest.node(_of(proof, used++), _at(hashes, 0)));
            uint256 left = _pair(hashes, joins ? 1 : 0, count);
            uint256 end = first + count;
            if (end & 1 == 1) {
                bytes32 last = _at(hashes, count - 1);
                // A lone last node has no neighbour: it is promoted as it is.
                _put(hashes, left++, end < size ? Digest.node(last, _of(proof, used++)) : last);
            }
            count = left;
            first >>= 1;
        }
        return _at(hashes, 0);
    }

    /// @notice The root of a log that holds these leaf hashes and no more, at least one.
    /// @param hashes used up as working space
    function rootOf(bytes32[] memory hashes) internal view returns (bytes32) {
        bytes32[] calldata none;
        assembly ("memory-safe") {
            none.offset := 0
            none.length := 0
        }
        return rootOfRange(hashes, 0, hashes.length, none);
    }

    /// @notice The same hashes again, for what uses them up.
    function copy(bytes32[] memory hashes) internal pure returns (bytes32[] memory same) {
        same = new bytes32[](hashes.length);
        for (uint256 i = 0; i < hashes.length; ++i) _put(same, i, _at(hashes, i));
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

    /// @dev Pairs the nodes `[from, count)` of a level, where the nodes before `from` belong to the level above already.
    /// @return to how many nodes the level above has; an unpaired last node is not among them and stays where it was,
    /// unless it stood first
    function _pair(bytes32[] memory hashes, uint256 from, uint256 count) private view returns (uint256 to) {
        to = from;
        unchecked {
            for (; from + 1 < count; from += 2) {
                _put(hashes, to++, Digest.node(_at(hashes, from), _at(hashes, from + 1)));
            }
        }
    }

    /// @dev The caller knows that the place is in the array.
    function _at(bytes32[] memory hashes, uint256 place) private pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            hash := mload(add(add(hashes, 32), shl(5, place)))
        }
    }

    /// @dev The caller knows that the place is in the array.
    function _put(bytes32[] memory hashes, uint256 place, bytes32 hash) private pure {
        assembly ("memory-safe") {
            mstore(add(add(hashes, 32), shl(5, place)), hash)
        }
    }

    /// @dev The caller knows that the place is in the proof.
    function _of(bytes32[] calldata proof, uint256 place) private pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            hash := calldataload(add(proof.offset, shl(5, place)))
        }
    }
}
