// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The precompile of FISCO BCOS that hashes and verifies in both of its crypto modes, at 0x100a
/// @notice Its functions are chosen by the chain's own hash of their signatures, so a host says how they are called.
library CryptoPrecompile {
    error NoPrecompile(bytes4 called);

    uint256 private constant PRECOMPILE = 0x100a;

    /// @notice A hash of memory `[start, start + size)`, by a function that takes `bytes`.
    function hash(bytes4 called, uint256 start, uint256 size) internal view returns (bytes32 digest) {
        bool done;
        assembly ("memory-safe") {
            // Beyond what is hashed, which may be scratch itself.
            let place := mload(0x40)
            if gt(add(start, size), place) { place := add(start, size) }
            mstore(place, called)
            mstore(add(place, 4), 32)
            mstore(add(place, 36), size)
            if iszero(staticcall(gas(), 4, start, size, add(place, 68), size)) { revert(0, 0) }
            mstore(add(add(place, 68), size), 0)
            let whole := add(68, and(add(size, 31), not(31)))
            done := staticcall(gas(), PRECOMPILE, place, whole, 0, 32)
            done := and(done, eq(returndatasize(), 32))
            digest := mload(0)
        }
        if (!done) revert NoPrecompile(called);
    }

    /// @notice Whether a key signed a message, by a function `(bytes32 message, bytes key, bytes32 r, bytes32 s)`. What
    /// the precompile refuses to look at is not signed.
    /// @param key where its 64 octets lie in memory
    function signed(bytes4 called, bytes32 message, uint256 key, bytes32 r, bytes32 s) internal view returns (bool yes) {
        assembly ("memory-safe") {
            let place := mload(0x40)
            mstore(place, called)
            mstore(add(place, 4), message)
            mstore(add(place, 36), 128)
            mstore(add(place, 68), r)
            mstore(add(place, 100), s)
            mstore(add(place, 132), 64)
            mstore(add(place, 164), mload(key))
            mstore(add(place, 196), mload(add(key, 32)))
            if staticcall(gas(), PRECOMPILE, place, 228, 0, 32) {
                if eq(returndatasize(), 64) { yes := eq(mload(0), 1) }
            }
        }
    }
}
