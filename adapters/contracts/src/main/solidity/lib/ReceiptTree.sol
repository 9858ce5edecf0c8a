// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    GroupPosition,
    GroupPrefix,
    MalformedGroup,
    ReceiptsRootMismatch,
    TooManyGroups
} from "./Rejections.sol";
import {Rlp} from "./Rlp.sol";

/// @title The binary tree over the receipts of a FISCO BCOS 3.x block
/// @notice A pair of nodes becomes `H(left || right)`, a lone last node `H(node)`, a single leaf is the root itself. Leaves
/// and nodes are told apart by no tag, so a proof is held to more than its root: rules R5.1 to R5.5.
library ReceiptTree {
    using Rlp for Rlp.Reader;

    uint256 private constant MOST_GROUPS = 16;

    /// @notice Refuses a leaf that is not under the root.
    /// @param groups bottom up, each `[position, sibling or empty]`
    /// @param hash the chain's own, of memory `[start, start + size)`
    function requireUnder(
        bytes32 leaf,
        Rlp.Reader memory groups,
        bytes32 root,
        function(uint256, uint256) internal view returns (bytes32) hash
    ) internal view {
        uint256 count = groups.count();
        if (count > MOST_GROUPS) revert TooManyGroups(count);
        bytes32 node = leaf;
        bool lone = false;
        for (uint256 i = 0; i < count; ++i) {
            (uint256 position, bool paired, bytes32 sibling) = _group(groups, i);
            if (paired ? position > 1 || (lone && position == 0) : position != 0 || i == count - 1) {
                revert GroupPosition(i);
            }
            bytes32 left = position == 0 ? node : sibling;
            // A pair whose first octets are those of a receipt's version could be shown as a receipt.
            if (uint256(left) >> 232 == 0) revert GroupPrefix(i);
            node = _hashed(left, position == 0 ? sibling : node, paired ? 64 : 32, hash);
            if (!paired) lone = true;
        }
        if (node != root) revert ReceiptsRootMismatch(root, node);
    }

    function _group(Rlp.Reader memory groups, uint256 index)
        private
        pure
        returns (uint256 position, bool paired, bytes32 sibling)
    {
        Rlp.Reader memory group = groups.list("group");
        if (group.count() != 2) revert MalformedGroup(index);
        position = group.u64("position");
        Rlp.Octets memory other = group.octets("sibling");
        if (other.size != 0 && other.size != 32) revert MalformedGroup(index);
        paired = other.size == 32;
        if (paired) sibling = Rlp.wordAt(other.start);
    }

    /// @dev Of the first or of both; they are put where hashing may use them.
    function _hashed(
        bytes32 left,
        bytes32 right,
        uint256 size,
        function(uint256, uint256) internal view returns (bytes32) hash
    ) private view returns (bytes32) {
        assembly ("memory-safe") {
            mstore(0, left)
            mstore(32, right)
        }
        return hash(0, size);
    }
}
