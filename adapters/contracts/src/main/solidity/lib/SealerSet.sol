// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MalformedUpdate, SealersNotAscending, SetSizeOutOfRange, WeightOutOfRange} from "./Rejections.sol";
import {Rlp} from "./Rlp.sol";

/// @title The sealers of a FISCO BCOS 3.x chain with their weights, within the grammar of rule R4.2
library SealerSet {
    using Rlp for Rlp.Reader;

    uint256 private constant MOST = 128;
    uint256 private constant WEIGHT_LIMIT = 1 << 32;

    /// @param ids public keys of 64 octets, one after the other, strictly ascending
    /// @param weights one for each id, eight octets each
    /// @param total the sum of the weights
    /// @param hash `sha256` over each id followed by its weight
    struct Set {
        bytes ids;
        bytes weights;
        uint256 count;
        uint256 total;
        bytes32 hash;
    }

    /// @notice Reads `[ [id...], [weight...] ]`.
    function read(Rlp.Reader memory pair) internal pure returns (Set memory set) {
        Rlp.Reader memory ids = pair.list("set");
        Rlp.Reader memory weights = pair.list("set");
        pair.finish("set");
        uint256 count = ids.count();
        if (count == 0 || count > MOST) revert SetSizeOutOfRange(count);
        if (weights.count() != count) revert MalformedUpdate("weights");
        set = Set(new bytes(64 * count), new bytes(8 * count), count, 0, 0);
        bytes memory hashed = new bytes(72 * count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 id = ids.fixed_(64, "sealer id");
            if (i > 0 && !_below(idAt(set, i - 1), id)) revert SealersNotAscending(i);
            uint256 weight = weights.number(8, "weight");
            if (weight == 0 || weight >= WEIGHT_LIMIT) revert WeightOutOfRange(i);
            set.total += weight;
            _put(set, hashed, i, id, weight);
        }
        set.hash = sha256(hashed);
    }

    /// @notice The weight that makes a block final, rule R4.3: `total - floor((total - 1) / 3)`.
    function quorum(Set memory set) internal pure returns (uint256) {
        return set.total - (set.total - 1) / 3;
    }

    /// @notice The weight of the sealer at an index.
    function weightAt(Set memory set, uint256 index) internal pure returns (uint256 weight) {
        bytes memory weights = set.weights;
        assembly ("memory-safe") {
            weight := shr(192, mload(add(add(weights, 32), mul(index, 8))))
        }
    }

    /// @notice Where in memory the 64 octets of the sealer at an index lie.
    function idAt(Set memory set, uint256 index) internal pure returns (uint256 start) {
        bytes memory ids = set.ids;
        assembly ("memory-safe") {
            start := add(add(ids, 32), mul(index, 64))
        }
    }

    /// @notice The weight in `set` of the sealer that has index `index` in `other`; 0 if it is not in `set`.
    function weightOf(Set memory set, Set memory other, uint256 index) internal pure returns (uint256) {
        uint256 id = idAt(other, index);
        for (uint256 i = 0; i < set.count; ++i) {
            uint256 own = idAt(set, i);
            if (Rlp.wordAt(own) == Rlp.wordAt(id) && Rlp.wordAt(own + 32) == Rlp.wordAt(id + 32)) {
                return weightAt(set, i);
            }
        }
        return 0;
    }

    function _below(uint256 a, uint256 b) private pure returns (bool) {
        (bytes32 high, bytes32 other) = (Rlp.wordAt(a), Rlp.wordAt(b));
        return high < other || (high == other && Rlp.wordAt(a + 32) < Rlp.wordAt(b + 32));
    }

    function _put(Set memory set, bytes memory hashed, uint256 index, uint256 id, uint256 weight) private pure {
        (bytes memory ids, bytes memory weights) = (set.ids, set.weights);
        assembly ("memory-safe") {
            let high := mload(id)
            let low := mload(add(id, 32))
            let own := add(add(ids, 32), mul(index, 64))
            mstore(own, high)
            mstore(add(own, 32), low)
            let mixed := add(add(hashed, 32), mul(index, 72))
            mstore(mixed, high)
            mstore(add(mixed, 32), low)
            // Eight octets at a time: the words that are written reach beyond them only into what is written next, or,
            // for the last, into what is put back.
            let eight := add(add(weights, 32), mul(index, 8))
            let after_ := mload(add(eight, 8))
            mstore(eight, shl(192, weight))
            mstore(add(eight, 8), after_)
            let tail := add(mixed, 64)
            after_ := mload(add(tail, 8))
            mstore(tail, shl(192, weight))
            mstore(add(tail, 8), after_)
        }
    }
}
