// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Host} from "host/Host.sol";

/// @title What a host gives, one function for each, for tests
contract Primitives {
    constructor() {
        Host.requireHere();
    }

    function keccak(bytes memory octets) external view returns (bytes32) {
        return Host.keccak(_start(octets), octets.length);
    }

    function sm3(bytes memory octets) external view returns (bytes32) {
        return Host.sm3(_start(octets), octets.length);
    }

    /// What lies beyond the free memory pointer is hashed too.
    function scratched(bytes memory octets) external view returns (bytes32 keccak_, bytes32 sm3_) {
        uint256 place;
        assembly ("memory-safe") {
            place := mload(0x40)
            if iszero(staticcall(gas(), 4, add(octets, 32), mload(octets), place, mload(octets))) { revert(0, 0) }
        }
        keccak_ = Host.keccak(place, octets.length);
        assembly ("memory-safe") {
            if iszero(staticcall(gas(), 4, add(octets, 32), mload(octets), place, mload(octets))) { revert(0, 0) }
        }
        sm3_ = Host.sm3(place, octets.length);
    }

    /// @param key 64 octets
    function sm2(bytes32 message, bytes memory key, bytes32 r, bytes32 s) external view returns (bool) {
        require(key.length == 64);
        return Host.sm2(message, _start(key), r, s);
    }

    function _start(bytes memory octets) private pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := add(octets, 32)
        }
    }
}
