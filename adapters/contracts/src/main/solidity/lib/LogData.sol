// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The data of an event `Name(bytes32 indexed lane, uint64 indexed index, uint64 previous, bytes content)`
/// @notice Built at the free memory pointer, in the same place each time: a batch emits hundreds, and memory that grows is
/// paid for by its square. Nothing may be allocated between `begin` and `emitted`.
library LogData {
    uint256 private constant HEAD = 96;

    /// @notice Begins an event.
    /// @return data where it begins
    function begin(uint64 previous) internal pure returns (uint256 data) {
        assembly ("memory-safe") {
            data := mload(0x40)
            mstore(data, previous)
            mstore(add(data, 32), 64)
        }
    }

    /// @notice Where the content of an event belongs.
    function content(uint256 data) internal pure returns (uint256) {
        return data + HEAD;
    }

    /// @notice Emits it.
    /// @param size of the content, which is followed by zeros up to a whole word
    function emitted(uint256 data, uint256 size, bytes32 topic0, bytes32 lane, uint64 index) internal {
        assembly ("memory-safe") {
            mstore(add(data, 64), size)
            log3(data, add(HEAD, and(add(size, 31), not(31))), topic0, lane, index)
        }
    }
}
