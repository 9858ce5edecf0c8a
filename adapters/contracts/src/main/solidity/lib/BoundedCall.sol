// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title A call to code that nobody here knows: no value, no more gas than said, no more than one word of its answer read
library BoundedCall {
    /// @notice Calls a contract and reads the first word of its answer. What else it returns, or reverts with, is not copied.
    /// @param gasLimit all the gas it may use; the caller makes sure that there is as much
    /// @return answer zero if the call failed or answered with less than a word
    function firstWord(address target, uint256 gasLimit, bytes memory data) internal returns (bytes32 answer) {
        assembly ("memory-safe") {
            let ok := call(gasLimit, target, 0, add(data, 32), mload(data), 0, 32)
            if and(ok, gt(returndatasize(), 31)) { answer := mload(0) }
        }
    }
}
