// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Sm2} from "../../lib/Sm2.sol";
import {Sm3} from "../../lib/Sm3.sol";

/// @title What an EVM gives its contracts: Keccak by its opcode, and nothing of national crypto
/// @notice One of three libraries of this name; which of them is linked says where a contract can live. An SM2 signature
/// and an SM3 hash are computed here in Solidity.
library Host {
    error WrongHost(bytes32 expected, bytes32 found);

    bytes32 private constant KECCAK_OF_NOTHING = 0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470;

    /// @notice Refuses an EVM whose opcode is another hash: mappings would lie elsewhere than the compiler assumes.
    function requireHere() internal view {
        bytes32 found;
        assembly ("memory-safe") {
            // A size of zero that the compiler does not know, so that the opcode is asked.
            found := keccak256(0, shr(255, gas()))
        }
        if (found != KECCAK_OF_NOTHING) revert WrongHost(KECCAK_OF_NOTHING, found);
    }

    /// @notice Keccak-256 of memory `[start, start + size)`.
    function keccak(uint256 start, uint256 size) internal view returns (bytes32 hash) {
        assembly ("memory-safe") {
            hash := keccak256(start, size)
        }
    }

    /// @notice SM3 of memory `[start, start + size)`.
    function sm3(uint256 start, uint256 size) internal view returns (bytes32) {
        return Sm3.digest(start, size);
    }

    /// @notice Whether a key signed a message of 32 octets, under the identity 1234567812345678.
    /// @param key where its 64 octets lie in memory
    function sm2(bytes32 message, uint256 key, bytes32 r, bytes32 s) internal view returns (bool) {
        return Sm2.verify(message, key, r, s);
    }
}
