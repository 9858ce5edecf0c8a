// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Numbers as people write them: `0x` and lower-case digits, two for each octet
/// @dev OpenZeppelin's Strings needs an opcode that the older executors have not.
library Hex {
    bytes16 private constant DIGITS = "0123456789abcdef";

    function text(address value) internal pure returns (string memory) {
        return _write(uint160(value), 20);
    }

    function text(bytes32 value) internal pure returns (string memory) {
        return _write(uint256(value), 32);
    }

    function _write(uint256 value, uint256 octets) private pure returns (string memory) {
        bytes memory written = new bytes(2 + 2 * octets);
        written[0] = "0";
        written[1] = "x";
        for (uint256 i = written.length; i > 2; --i) {
            written[i - 1] = DIGITS[value & 0xf];
            value >>= 4;
        }
        return string(written);
    }
}
