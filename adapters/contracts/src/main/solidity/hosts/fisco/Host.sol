// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CryptoPrecompile} from "../../lib/CryptoPrecompile.sol";

/// @title What FISCO BCOS of standard crypto gives its contracts: Keccak by its opcode, national crypto by precompile
/// @notice One of three libraries of this name; which of them is linked says where a contract can live.
library Host {
    error WrongHost(bytes32 expected, bytes32 found);

    bytes32 private constant KECCAK_OF_NOTHING = 0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470;
    bytes32 private constant SM3_OF_NOTHING = 0x1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b;

    /// @dev The first octets of Keccak-256 of the functions' signatures.
    bytes4 private constant SM3 = bytes4(keccak256("sm3(bytes)"));
    bytes4 private constant SM2_VERIFY = bytes4(keccak256("sm2Verify(bytes32,bytes,bytes32,bytes32)"));

    /// @notice Refuses an EVM whose opcode is another hash, or that has no such precompile.
    function requireHere() internal view {
        bytes32 found;
        assembly ("memory-safe") {
            // A size of zero that the compiler does not know, so that the opcode is asked.
            found := keccak256(0, shr(255, gas()))
        }
        if (found != KECCAK_OF_NOTHING) revert WrongHost(KECCAK_OF_NOTHING, found);
        found = sm3(0, 0);
        if (found != SM3_OF_NOTHING) revert WrongHost(SM3_OF_NOTHING, found);
    }

    /// @notice Keccak-256 of memory `[start, start + size)`.
    function keccak(uint256 start, uint256 size) internal view returns (bytes32 hash) {
        assembly ("memory-safe") {
            hash := keccak256(start, size)
        }
    }

    /// @notice SM3 of memory `[start, start + size)`.
    function sm3(uint256 start, uint256 size) internal view returns (bytes32) {
        return CryptoPrecompile.hash(SM3, start, size);
    }

    /// @notice Whether a key signed a message of 32 octets, under the identity 1234567812345678.
    /// @param key where its 64 octets lie in memory
    function sm2(bytes32 message, uint256 key, bytes32 r, bytes32 s) internal view returns (bool) {
        return CryptoPrecompile.signed(SM2_VERIFY, message, key, r, s);
    }
}
