// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Host} from "host/Host.sol";
import {KeyNotFound, MalformedNode, NodeHashMismatch, ProofEndsEarly, ProofNotConsumed} from "./Rejections.sol";
import {Rlp} from "./Rlp.sol";

/// @title The proof that a receipt is in a block's receipts trie
/// @notice The trie's nodes from the root to the receipt, each hashed into the one before it, each canonical, each needed.
/// Only membership is judged: a proof that ends before the key does is never read as absence. Nodes embedded in their
/// parents are refused: no receipt is short enough to make one.
library ReceiptTrie {
    using Rlp for Rlp.Reader;

    uint256 private constant BRANCH = 17;

    /// @dev The key: its nibbles right-aligned, and how many of them are there and taken.
    struct Key {
        uint256 nibbles;
        uint256 size;
        uint256 taken;
    }

    /// @dev What a node leads to: the hash of the next, or the value.
    struct Step {
        bool found;
        bytes32 child;
        Rlp.Octets value;
    }

    /// @notice The octets under the key of a transaction.
    /// @param nodes encoded nodes, root first
    function receipt(bytes32 root, uint256 txIndex, Rlp.Reader memory nodes)
        internal
        view
        returns (Rlp.Octets memory value)
    {
        Key memory key = _key(txIndex);
        bytes32 wanted = root;
        for (uint256 depth = 0; ; ++depth) {
            if (nodes.done()) revert ProofEndsEarly(depth);
            Rlp.Octets memory node = nodes.octets("nodes");
            if (Host.keccak(node.start, node.size) != wanted) revert NodeHashMismatch(depth);
            Step memory step = _step(node, key, depth);
            if (step.found) {
                uint256 left = nodes.count();
                if (left != 0) revert ProofNotConsumed(left);
                value = step.value;
                break;
            }
            wanted = step.child;
        }
    }

    /// @dev The RLP of the index, as nibbles.
    function _key(uint256 txIndex) private pure returns (Key memory) {
        if (txIndex == 0) return Key(0x80, 2, 0);
        if (txIndex < 0x80) return Key(txIndex, 2, 0);
        uint256 width = 1;
        while (txIndex >> (8 * width) != 0) ++width;
        return Key(((0x80 + width) << (8 * width)) | txIndex, 2 + 2 * width, 0);
    }

    function _step(Rlp.Octets memory node, Key memory key, uint256 depth) private pure returns (Step memory) {
        (bool ok, bool isList, uint256 start, uint256 size) = Rlp.peek(node.start, node.start + node.size);
        uint256 end = node.start + node.size;
        if (!ok || !isList || start + size != end) revert MalformedNode(depth);
        uint256 items = _count(start, end, depth);
        if (items == BRANCH) return _branch(start, end, key, depth);
        if (items == 2) return _path(start, end, key, depth);
        revert MalformedNode(depth);
    }

    function _count(uint256 start, uint256 end, uint256 depth) private pure returns (uint256 items) {
        while (start != end) {
            (bool ok,, uint256 content, uint256 size) = Rlp.peek(start, end);
            if (!ok) revert MalformedNode(depth);
            start = content + size;
            ++items;
        }
    }

    function _branch(uint256 start, uint256 end, Key memory key, uint256 depth) private pure returns (Step memory) {
        if (key.taken == key.size) return _found(_item(start, end, BRANCH - 1, depth), depth);
        uint256 nibble = _nibble(key, key.taken);
        ++key.taken;
        return _down(_item(start, end, nibble, depth), depth);
    }

    function _path(uint256 start, uint256 end, Key memory key, uint256 depth) private pure returns (Step memory) {
        Rlp.Octets memory packed = _item(start, end, 0, depth);
        if (packed.size == 0) revert MalformedNode(depth);
        uint256 first = Rlp.octetAt(packed.start);
        uint256 flags = first >> 4;
        if (flags > 3 || (flags & 1 == 0 && first & 0xf != 0)) revert MalformedNode(depth);
        bool leaf = flags >= 2;
        uint256 skipped = 2 - (flags & 1);
        uint256 size = 2 * packed.size - skipped;
        if (!leaf && size == 0) revert MalformedNode(depth);
        uint256 left = key.size - key.taken;
        if (leaf ? size != left : size > left) revert KeyNotFound(depth);
        for (uint256 i = 0; i < size; ++i) {
            uint256 octet = Rlp.octetAt(packed.start + (i + skipped) / 2);
            uint256 nibble = (i + skipped) & 1 == 0 ? octet >> 4 : octet & 0xf;
            if (nibble != _nibble(key, key.taken + i)) revert KeyNotFound(depth);
        }
        key.taken += size;
        Rlp.Octets memory second = _item(start, end, 1, depth);
        return leaf ? _found(second, depth) : _down(second, depth);
    }

    /// @dev The item at an index, which must be a string.
    function _item(uint256 start, uint256 end, uint256 index, uint256 depth)
        private
        pure
        returns (Rlp.Octets memory item)
    {
        for (uint256 i = 0; ; ++i) {
            (, bool isList, uint256 content, uint256 size) = Rlp.peek(start, end);
            if (i == index) {
                if (isList) revert MalformedNode(depth);
                item = Rlp.Octets(content, size);
                break;
            }
            start = content + size;
        }
    }

    function _found(Rlp.Octets memory value, uint256 depth) private pure returns (Step memory) {
        if (value.size == 0) revert KeyNotFound(depth);
        return Step(true, 0, value);
    }

    function _down(Rlp.Octets memory child, uint256 depth) private pure returns (Step memory) {
        if (child.size == 0) revert KeyNotFound(depth);
        if (child.size != 32) revert MalformedNode(depth);
        return Step(false, Rlp.wordAt(child.start), child);
    }

    function _nibble(Key memory key, uint256 index) private pure returns (uint256) {
        return (key.nibbles >> (4 * (key.size - 1 - index))) & 0xf;
    }
}
