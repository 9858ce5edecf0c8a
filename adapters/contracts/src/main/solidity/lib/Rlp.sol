// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MalformedEventProof, MalformedHeader, MalformedReceipt, MalformedRlp, MalformedUpdate} from "./Rejections.sol";

/// @title A strict reader of RLP in memory
/// @notice Accepts only the one canonical encoding of each item: the shortest prefix, integers without leading zero,
/// nothing before, between or after. So what was read re-encodes to what was given, without doing it.
library Rlp {
    /// @dev Longest input that is looked at.
    uint256 internal constant SIZE_LIMIT = 1 << 20;

    /// @dev What is being read; it decides how a wrong shape is reported.
    enum Subject {
        Update,
        Header,
        EventProof,
        Receipt
    }

    /// @dev What is left of a list: memory `[start, end)`.
    struct Reader {
        uint256 start;
        uint256 end;
        Subject subject;
    }

    /// @dev An item's content: memory `[start, start + size)`.
    struct Octets {
        uint256 start;
        uint256 size;
    }

    /// @notice Opens the one list that `whole` must be.
    function open(bytes memory whole, Subject subject) internal pure returns (Reader memory) {
        if (whole.length > SIZE_LIMIT) revert MalformedRlp("size");
        return open(_contentOf(whole), whole.length, subject);
    }

    /// @notice Opens the one list that memory `[start, start + size)` must be.
    function open(uint256 start, uint256 size, Subject subject) internal pure returns (Reader memory) {
        if (size == 0) revert MalformedRlp("nothing");
        Reader memory outer = Reader(start, start + size, subject);
        Reader memory inner = list(outer, "list");
        if (!done(outer)) revert MalformedRlp("trailing octets");
        return inner;
    }

    function done(Reader memory reader) internal pure returns (bool) {
        return reader.start == reader.end;
    }

    /// @notice Refuses items that are left over.
    function finish(Reader memory reader, string memory what) internal pure {
        if (reader.start != reader.end) wrong(reader.subject, what);
    }

    /// @notice Reads the next item, which must be a list.
    function list(Reader memory reader, string memory what) internal pure returns (Reader memory) {
        (bool isList, uint256 content, uint256 size) = _next(reader, what);
        if (!isList) wrong(reader.subject, what);
        return Reader(content, content + size, reader.subject);
    }

    /// @notice Reads the next item, which must be a string of octets.
    function octets(Reader memory reader, string memory what) internal pure returns (Octets memory) {
        (bool isList, uint256 content, uint256 size) = _next(reader, what);
        if (isList) wrong(reader.subject, what);
        return Octets(content, size);
    }

    /// @notice Reads the next item, which must be a string of `size` octets.
    /// @return start where they begin
    function fixed_(Reader memory reader, uint256 size, string memory what) internal pure returns (uint256 start) {
        unchecked {
            // The usual case in few steps: the prefix such a string of two octets or more must have, and room for it.
            uint256 width = size < 56 ? 1 : size < 256 ? 2 : 3;
            uint256 prefix = width == 1 ? 0x80 + size : ((0xb6 + width) << (8 * (width - 1))) | size;
            start = reader.start + width;
            uint256 end = start + size;
            if (uint256(wordAt(reader.start)) >> (256 - 8 * width) == prefix && end <= reader.end) {
                reader.start = end;
                return start;
            }
        }
        (bool isList, uint256 content, uint256 found) = _next(reader, what);
        if (isList || found != size) wrong(reader.subject, what);
        return content;
    }

    /// @notice Reads the next item, which must be a string of 32 octets.
    function word(Reader memory reader, string memory what) internal pure returns (bytes32) {
        return wordAt(fixed_(reader, 32, what));
    }

    /// @notice Reads the next item, which must be a number of at most `width` octets without leading zero.
    function number(Reader memory reader, uint256 width, string memory what) internal pure returns (uint256) {
        (bool isList, uint256 content, uint256 size) = _next(reader, what);
        if (isList || size > width || (size > 0 && octetAt(content) == 0)) wrong(reader.subject, what);
        return size == 0 ? 0 : uint256(wordAt(content)) >> (256 - 8 * size);
    }

    /// @notice Reads the next item, which must be a number below `2^64`.
    function u64(Reader memory reader, string memory what) internal pure returns (uint64) {
        return uint64(number(reader, 8, what));
    }

    /// @notice Counts the items left without reading into them.
    function count(Reader memory reader) internal pure returns (uint256 items) {
        for (uint256 start = reader.start; start != reader.end; ++items) {
            (bool ok,, uint256 content, uint256 size) = peek(start, reader.end);
            if (!ok) revert MalformedRlp("item");
            start = content + size;
        }
    }

    /// @notice Reads the prefix of the item at `start`. Never reverts.
    /// @return ok false if the item is not canonical or reaches beyond `end`
    /// @return isList whether its content is a list of items
    /// @return content where its content begins
    /// @return size octets of its content
    function peek(uint256 start, uint256 end)
        internal
        pure
        returns (bool ok, bool isList, uint256 content, uint256 size)
    {
        unchecked {
            // Nothing here overflows: addresses and sizes of memory are far below 2^64, as is what 8 octets can say.
            if (start >= end) return (false, false, start, 0);
            uint256 prefix = octetAt(start);
            if (prefix < 0x80) return (true, false, start, 1);
            isList = prefix >= 0xc0;
            uint256 short = prefix - (isList ? 0xc0 : 0x80);
            content = start + 1;
            if (short < 56) {
                size = short;
                ok = size <= end - content && (isList || size != 1 || octetAt(content) >= 0x80);
            } else {
                uint256 width = short - 55;
                if (width > end - content) return (false, isList, content, 0);
                size = uint256(wordAt(content)) >> (256 - 8 * width);
                ok = size >= 56 && octetAt(content) != 0;
                content += width;
                ok = ok && size <= end - content;
            }
        }
    }

    /// @notice The octet at a memory address.
    function octetAt(uint256 start) internal pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := byte(0, mload(start))
        }
    }

    /// @notice The 32 octets at a memory address.
    function wordAt(uint256 start) internal pure returns (bytes32 value) {
        assembly ("memory-safe") {
            value := mload(start)
        }
    }

    /// @notice Refuses what is well-formed RLP of the wrong shape.
    function wrong(Subject subject, string memory what) internal pure {
        if (subject == Subject.Update) revert MalformedUpdate(what);
        if (subject == Subject.Header) revert MalformedHeader(what);
        if (subject == Subject.EventProof) revert MalformedEventProof(what);
        revert MalformedReceipt(what);
    }

    function _next(Reader memory reader, string memory what)
        private
        pure
        returns (bool isList, uint256 content, uint256 size)
    {
        if (reader.start == reader.end) wrong(reader.subject, what);
        bool ok;
        (ok, isList, content, size) = peek(reader.start, reader.end);
        if (!ok) revert MalformedRlp(what);
        reader.start = content + size;
    }

    function _contentOf(bytes memory whole) private pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := add(whole, 32)
        }
    }
}
