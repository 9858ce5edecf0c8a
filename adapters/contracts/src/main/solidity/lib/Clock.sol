// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The block's time in milliseconds, whatever unit the chain counts in
library Clock {
    /// @dev Below it a timestamp is in seconds (until the year 5138), at or above it in milliseconds (since 1973).
    uint256 private constant FIRST_MILLISECOND = 10 ** 11;

    /// @notice Rule R2.9.
    function nowMs() internal view returns (uint256) {
        return block.timestamp < FIRST_MILLISECOND ? block.timestamp * 1000 : block.timestamp;
    }
}
