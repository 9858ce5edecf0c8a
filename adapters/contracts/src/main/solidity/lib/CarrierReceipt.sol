// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    CheckpointRootZero,
    CheckpointSizeOutOfRange,
    ReceiptBlock,
    ReceiptContract,
    ReceiptGasUsed,
    ReceiptLength,
    ReceiptStatus,
    ReceiptVersion,
    WrongEmitter,
    WrongLane,
    WrongTopic
} from "./Rejections.sol";
import {LaneLog} from "./LaneLog.sol";
import {Rlp} from "./Rlp.sol";

/// @title The one receipt that is believed on FISCO BCOS 3.x
/// @notice That of a contract creation whose first and only log is a checkpoint, rule R5 rows 1 to 11. The preimage has
/// no length prefixes; every position here follows from its length alone, and nothing is searched.
library CarrierReceipt {
    /// @dev What a preimage has beside the digits of gasUsed, octets.
    uint256 private constant FIXED = 224;
    uint256 private constant MOST_DIGITS = 10;

    /// @notice Reads the checkpoint out of a receipt's preimage.
    /// @param height number of the block whose root the receipt will be checked against
    function read(Rlp.Octets memory preimage, address emitter, bytes32 topic0, bytes32 lane, uint64 height)
        internal
        pure
        returns (uint256 size, bytes32 root)
    {
        if (preimage.size < FIXED + 1 || preimage.size > FIXED + MOST_DIGITS) revert ReceiptLength(preimage.size);
        uint256 cursor = preimage.start;
        uint256 digits = preimage.size - FIXED;
        if (_u32(cursor) != 0) revert ReceiptVersion();
        if (!isDecimal(cursor + 4, digits)) revert ReceiptGasUsed();
        cursor += 4 + digits;
        if (!_isLowerHex(cursor)) revert ReceiptContract();
        if (_u32(cursor + 40) != 0) revert ReceiptStatus();
        if (!_isAddress(cursor + 44, emitter)) revert WrongEmitter();
        if (Rlp.wordAt(cursor + 84) != topic0) revert WrongTopic();
        if (Rlp.wordAt(cursor + 116) != lane) revert WrongLane(Rlp.wordAt(cursor + 116));
        size = uint256(Rlp.wordAt(cursor + 148));
        root = Rlp.wordAt(cursor + 180);
        if (size == 0 || size >= LaneLog.SIZE_LIMIT) revert CheckpointSizeOutOfRange();
        if (root == 0) revert CheckpointRootZero();
        uint64 number = uint64(uint256(Rlp.wordAt(cursor + 212)) >> 192);
        if (number != height) revert ReceiptBlock(height, number);
    }

    /// @notice Whether memory `[start, start + size)` is a decimal number in ASCII without leading zero.
    function isDecimal(uint256 start, uint256 size) internal pure returns (bool) {
        for (uint256 i = 0; i < size; ++i) {
            uint256 octet = Rlp.octetAt(start + i);
            if (octet < 0x30 || octet > 0x39) return false;
        }
        return size != 0 && (size == 1 || Rlp.octetAt(start) != 0x30);
    }

    function _u32(uint256 start) private pure returns (uint256) {
        return uint256(Rlp.wordAt(start)) >> 224;
    }

    /// @dev Whether the 40 octets at `start` are lower-case hexadecimal digits.
    function _isLowerHex(uint256 start) private pure returns (bool) {
        for (uint256 i = 0; i < 40; ++i) {
            uint256 octet = Rlp.octetAt(start + i);
            if ((octet < 0x30 || octet > 0x39) && (octet < 0x61 || octet > 0x66)) return false;
        }
        return true;
    }

    /// @dev Whether the 40 octets at `start` are the lower-case digits of an address.
    function _isAddress(uint256 start, address emitter) private pure returns (bool) {
        uint256 value = uint160(emitter);
        for (uint256 i = 40; i > 0; --i) {
            uint256 nibble = value & 0xf;
            if (Rlp.octetAt(start + i - 1) != nibble + (nibble < 10 ? 0x30 : 0x57)) return false;
            value >>= 4;
        }
        return true;
    }
}
