// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Digest} from "./Digest.sol";
import {MalformedStatus, StatusMisplaced} from "./Rejections.sol";

/// @title The octets that cross: packets, their statuses, and the attestation inside a packet
/// @notice The readers are total: for any octets they answer, they never revert.
library Packets {
    uint8 internal constant DELIVERED = 1;
    uint8 internal constant EXPIRED = 2;
    uint8 internal constant REFUSED = 3;

    /// @dev `sha256("waybill/policy/token-free/1")`: the one policy these contracts know.
    bytes32 internal constant TOKEN_FREE = sha256("waybill/policy/token-free/1");

    uint8 private constant PACKET_TAG = 0x50;
    uint8 private constant STATUS_TAG = 0x41;
    uint8 private constant VERSION = 1;
    /// @dev Octets of a packet before its attestation: tag, version, lane, index, sender, timeout, length.
    uint256 internal constant PACKET_HEADER = 1 + 1 + 32 + 8 + 20 + 8 + 4;
    uint256 internal constant STATUS_SIZE = 83;

    uint256 private constant ATTEST = 1;
    uint256 private constant SUPERSEDE = 3;
    /// @dev Where the claims' length is: after nine words.
    uint256 private constant CLAIMS_OFFSET = 0x120;
    uint256 private constant CLAIMS = CLAIMS_OFFSET + 32;

    /// @notice Writes a packet to memory, rule R2.2, and zeros behind it up to a whole word.
    /// @param start where; what lies there is overwritten
    /// @return size of the packet, octets
    function write(
        uint256 start,
        bytes32 lane,
        uint64 index,
        address sender,
        uint64 timeoutMs,
        bytes calldata attestation
    ) internal pure returns (uint256 size) {
        size = PACKET_HEADER + attestation.length;
        uint256 tag = uint256(PACKET_TAG) << 8 | VERSION;
        assembly ("memory-safe") {
            mstore(start, shl(240, tag))
            mstore(add(start, 2), lane)
            mstore(add(start, 34), or(shl(192, index), shl(32, sender)))
            mstore(add(start, 62), or(shl(192, timeoutMs), shl(160, attestation.length)))
            calldatacopy(add(start, 74), attestation.offset, attestation.length)
            mstore(add(start, size), 0)
        }
    }

    /// @notice Writes a status to memory, rule R2.3, and zeros behind it up to a whole word.
    /// @param start where; what lies there is overwritten
    function writeStatus(uint256 start, bytes32 lane, uint64 index, bytes32 packetLeaf, uint8 status, uint64 timeMs)
        internal
        pure
    {
        uint256 tag = uint256(STATUS_TAG) << 8 | VERSION;
        assembly ("memory-safe") {
            mstore(start, shl(240, tag))
            mstore(add(start, 2), lane)
            mstore(add(start, 34), shl(192, index))
            mstore(add(start, 42), packetLeaf)
            mstore(add(start, 74), or(shl(248, status), shl(184, timeMs)))
        }
    }

    /// @notice How a packet ends: a function of its octets, the lane's terms, its position and the time, rule R3.4.
    function statusOf(bytes calldata packet, bytes32 lane, uint64 index, uint256 maxPacket, uint256 nowMs)
        internal
        view
        returns (uint8)
    {
        if (packet.length < PACKET_HEADER || packet.length > maxPacket) return REFUSED;
        if (_number(packet, 0, 1) != PACKET_TAG || _number(packet, 1, 1) != VERSION) return REFUSED;
        if (bytes32(_number(packet, 2, 32)) != lane || _number(packet, 34, 8) != index) return REFUSED;
        uint256 timeoutMs = _number(packet, 62, 8);
        if (timeoutMs == 0 || timeoutMs >= 1 << 63) return REFUSED;
        if (_number(packet, 70, 4) != packet.length - PACKET_HEADER) return REFUSED;
        if (!tokenFree(packet, PACKET_HEADER)) return REFUSED;
        return nowMs >= timeoutMs ? EXPIRED : DELIVERED;
    }

    /// @notice Whether the octets from `start` on are the canonical encoding of an attestation under policy
    /// "token-free/1": a known kind, no empty identity, and claims that are either absent or the ones named.
    function tokenFree(bytes calldata octets, uint256 start) internal view returns (bool) {
        uint256 size = octets.length - start;
        if (size < CLAIMS || _word(octets, start, 8) != CLAIMS_OFFSET) return false;
        uint256 claims = _word(octets, start, 9);
        if (claims > size || size != CLAIMS + (claims + 31) / 32 * 32) return false;
        if (claims % 32 != 0 && _word(octets, start, size / 32 - 1) << (claims % 32 * 8) != 0) return false;

        uint256 kind = _word(octets, start, 0);
        if (kind < ATTEST || kind > SUPERSEDE) return false;
        if ((_word(octets, start, 4) == 0) != (kind == ATTEST)) return false;
        if (_word(octets, start, 1) == 0 || _word(octets, start, 2) == 0 || _word(octets, start, 3) == 0) return false;
        uint256 validFrom = _word(octets, start, 6);
        uint256 validUntil = _word(octets, start, 7);
        if (validFrom > type(uint64).max || validUntil > type(uint64).max) return false;
        if (validUntil != 0 && validUntil <= validFrom) return false;

        bytes32 claimsHash = bytes32(_word(octets, start, 5));
        return claimsHash != 0 && (claims == 0 || Digest.ofCalldata(octets[start + CLAIMS:start + CLAIMS + claims]) == claimsHash);
    }

    /// @notice Refuses octets that are not a status of the packet at this place.
    function requireStatusOf(bytes calldata status, bytes32 lane, uint256 index) internal pure {
        if (status.length != STATUS_SIZE) revert MalformedStatus("size");
        if (_number(status, 0, 1) != STATUS_TAG) revert MalformedStatus("tag");
        if (_number(status, 1, 1) != VERSION) revert MalformedStatus("version");
        uint256 code = _number(status, 74, 1);
        if (code < DELIVERED || code > REFUSED) revert MalformedStatus("status");
        if (bytes32(_number(status, 2, 32)) != lane || _number(status, 34, 8) != index) revert StatusMisplaced(index);
    }

    /// @notice The index in status octets. Meaningless until `requireStatusOf` has judged them.
    function statusIndex(bytes calldata status) internal pure returns (uint64) {
        return uint64(_number(status, 34, 8));
    }

    /// @notice The hash of the packet that a status is of, once `requireStatusOf` has judged it.
    function statusLeaf(bytes calldata status) internal pure returns (bytes32) {
        return bytes32(_number(status, 42, 32));
    }

    /// @notice The status in status octets, once `requireStatusOf` has judged them.
    function statusCode(bytes calldata status) internal pure returns (uint8) {
        return uint8(_number(status, 74, 1));
    }

    /// @notice Who sent a packet that was delivered, by the source's addresses.
    function senderOf(bytes calldata packet) internal pure returns (address) {
        return address(uint160(_number(packet, 42, 20)));
    }

    /// @notice The attestation in a packet that was delivered.
    function attestationOf(bytes calldata packet) internal pure returns (bytes calldata) {
        return packet[PACKET_HEADER:];
    }

    /// @dev The `width` octets at `start` as a number; the caller knows that they are there.
    function _number(bytes calldata octets, uint256 start, uint256 width) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := shr(sub(256, shl(3, width)), calldataload(add(octets.offset, start)))
        }
    }

    /// @dev The word at `index` after `start`; the caller knows that it is there.
    function _word(bytes calldata octets, uint256 start, uint256 index) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := calldataload(add(add(octets.offset, start), shl(5, index)))
        }
    }
}
