// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title SHA-256 over scratch memory, without the copies that `abi.encodePacked` makes
/// @notice SHA-256 by its precompile, because that answers alike on every EVM; Keccak is for source chains' own hashes.
/// What lies beyond the free memory pointer is scratch here: used, and left to whoever comes next.
library Digest {
    /// @notice `sha256(memory[start .. start + size))`.
    function sha256At(uint256 start, uint256 size) internal view returns (bytes32 digest) {
        assembly ("memory-safe") {
            if iszero(staticcall(gas(), 2, start, size, 0, 32)) { revert(0, 0) }
            digest := mload(0)
        }
    }

    /// @notice `sha256` of calldata.
    function ofCalldata(bytes calldata octets) internal view returns (bytes32 digest) {
        assembly ("memory-safe") {
            let start := mload(0x40)
            calldatacopy(start, octets.offset, octets.length)
            if iszero(staticcall(gas(), 2, start, octets.length, 0, 32)) { revert(0, 0) }
            digest := mload(0)
        }
    }

    /// @notice The RFC 9162 hash of a leaf: `sha256(0x00 || octets)`, rule R2.1.
    function leaf(bytes calldata octets) internal view returns (bytes32 digest) {
        assembly ("memory-safe") {
            let start := mload(0x40)
            mstore8(start, 0)
            calldatacopy(add(start, 1), octets.offset, octets.length)
            if iszero(staticcall(gas(), 2, start, add(octets.length, 1), 0, 32)) { revert(0, 0) }
            digest := mload(0)
        }
    }

    /// @notice The hash of a leaf whose octets lie in memory at `start`. The octet before them is used and put back.
    function leafAt(uint256 start, uint256 size) internal view returns (bytes32 digest) {
        assembly ("memory-safe") {
            let before := sub(start, 32)
            let word := mload(before)
            mstore8(sub(start, 1), 0)
            if iszero(staticcall(gas(), 2, sub(start, 1), add(size, 1), 0, 32)) { revert(0, 0) }
            mstore(before, word)
            digest := mload(0)
        }
    }

    /// @notice The RFC 9162 hash of an inner node: `sha256(0x01 || left || right)`, rule R2.1.
    function node(bytes32 left, bytes32 right) internal view returns (bytes32 digest) {
        assembly ("memory-safe") {
            let start := mload(0x40)
            mstore8(start, 1)
            mstore(add(start, 1), left)
            mstore(add(start, 33), right)
            if iszero(staticcall(gas(), 2, start, 65, 0, 32)) { revert(0, 0) }
            digest := mload(0)
        }
    }
}
