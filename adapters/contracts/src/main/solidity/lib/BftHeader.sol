// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Host} from "host/Host.sol";
import {MalformedHeader} from "./Rejections.sol";
import {Rlp} from "./Rlp.sol";

/// @title A block header of a QBFT or IBFT 2.0 chain
/// @notice Read strictly, so that each part is the one canonical encoding of itself; its two hashes are made of those parts:
/// the on-chain hash leaves out round and seals, the digest that seals sign keeps the round.
library BftHeader {
    using Rlp for Rlp.Reader;

    bytes32 private constant NO_OMMERS = 0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347;
    bytes32 private constant MIX_HASH = 0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365;

    /// @dev Memory `[start, end)`.
    struct Span {
        uint256 start;
        uint256 end;
    }

    struct Header {
        bytes32 parentHash;
        address proposer;
        bytes32 receiptsRoot;
        uint64 number;
        uint64 timestamp;
        address[] validators;
        Rlp.Reader seals;
        // the encoded parts that the two hashes are made of
        Span before; // the fields before extraData
        Span beyond; // the fields after it
        Span common; // vanity, validators and vote in extraData
        Span round;
        bool ibft2;
    }

    /// @notice Reads the header that `list` is opened on.
    /// @param ibft2 which codec its extraData is in: configured, never detected
    function read(Rlp.Reader memory list, bool ibft2) internal pure returns (Header memory header) {
        Rlp.Reader memory fields = Rlp.Reader(list.start, list.end, Rlp.Subject.Header);
        uint256 count = fields.count();
        if (count < 15) revert MalformedHeader("fields");
        header.ibft2 = ibft2;
        header.before.start = fields.start;
        header.parentHash = fields.word("parentHash");
        if (fields.word("ommersHash") != NO_OMMERS) revert MalformedHeader("ommersHash");
        header.proposer = addressAt(fields.fixed_(20, "coinbase"));
        fields.word("stateRoot");
        fields.word("transactionsRoot");
        header.receiptsRoot = fields.word("receiptsRoot");
        fields.fixed_(256, "logsBloom");
        if (fields.number(32, "difficulty") != 1) revert MalformedHeader("difficulty");
        header.number = uint64(fields.number(6, "number"));
        fields.number(8, "gasLimit");
        fields.number(8, "gasUsed");
        header.timestamp = uint64(fields.number(6, "timestamp"));
        header.before.end = fields.start;
        Rlp.Octets memory extra = fields.octets("extraData");
        header.beyond = Span(fields.start, fields.end);
        if (fields.word("mixHash") != MIX_HASH) revert MalformedHeader("mixHash");
        if (uint256(Rlp.wordAt(fields.fixed_(8, "nonce"))) >> 192 != 0) revert MalformedHeader("nonce");
        _readForkFields(fields, count - 15);
        _readExtra(header, Rlp.open(extra.start, extra.size, Rlp.Subject.Header));
    }

    /// @dev Those that forks added: all or none of one fork's.
    function _readForkFields(Rlp.Reader memory fields, uint256 count) private pure {
        if (count > 6 || count == 3 || count == 4) revert MalformedHeader("fields");
        if (count > 0) fields.number(32, "baseFeePerGas");
        if (count > 1) fields.word("withdrawalsRoot");
        if (count > 2) {
            fields.number(8, "blobGasUsed");
            fields.number(8, "excessBlobGas");
            fields.word("parentBeaconBlockRoot");
        }
        if (count > 5) fields.word("requestsHash");
    }

    /// @dev `[vanity, validators, vote, round, seals]`.
    function _readExtra(Header memory header, Rlp.Reader memory extra) private pure {
        header.common.start = extra.start;
        extra.octets("extraData");
        header.validators = addresses(extra.list("validators"), "validators");
        _readVote(extra, header.ibft2);
        header.common.end = extra.start;
        header.round.start = extra.start;
        Rlp.Octets memory round = extra.octets("round");
        header.round.end = extra.start;
        if (header.ibft2 ? round.size != 4 : round.size > 4 || (round.size > 0 && Rlp.octetAt(round.start) == 0)) {
            revert MalformedHeader("round");
        }
        header.seals = extra.list("seals");
        extra.finish("extraData");
        Rlp.Reader memory ahead = Rlp.Reader(header.seals.start, header.seals.end, Rlp.Subject.Header);
        while (!ahead.done()) {
            ahead.fixed_(65, "seals");
        }
    }

    /// @dev No vote is an empty list (QBFT) or an empty string (IBFT 2.0); to drop is an empty string or a zero octet.
    function _readVote(Rlp.Reader memory extra, bool ibft2) private pure {
        if (Rlp.octetAt(extra.start) == (ibft2 ? 0x80 : 0xc0)) {
            if (ibft2) extra.octets("vote");
            else extra.list("vote");
            return;
        }
        Rlp.Reader memory vote = extra.list("vote");
        vote.fixed_(20, "vote");
        Rlp.Octets memory kind = vote.octets("vote");
        vote.finish("vote");
        if (kind.size == 1 && Rlp.octetAt(kind.start) == 0xff) return;
        if (ibft2 ? kind.size != 1 || Rlp.octetAt(kind.start) != 0 : kind.size != 0) revert MalformedHeader("vote");
    }

    /// @notice Reads a list of addresses.
    function addresses(Rlp.Reader memory list, string memory what) internal pure returns (address[] memory all) {
        // Each is 21 octets with its prefix; where that cannot be, counting finds what is wrong.
        uint256 size = list.end - list.start;
        uint256 count = size % 21 == 0 ? size / 21 : list.count();
        all = new address[](count);
        for (uint256 i = 0; i < count; ++i) {
            all[i] = addressAt(list.fixed_(20, what));
        }
    }

    function addressAt(uint256 start) internal pure returns (address) {
        return address(uint160(uint256(Rlp.wordAt(start)) >> 96));
    }

    /// @notice The hash the chain knows the block by: without round and seals.
    function onChainHash(Header memory header) internal view returns (bytes32) {
        // QBFT writes round 0 and no seals; IBFT 2.0 leaves both out.
        return header.ibft2 ? _hash(header, Span(0, 0), 0, 0) : _hash(header, Span(0, 0), 0x80c0, 2);
    }

    /// @notice What each seal signs: with the round, without seals.
    /// @param onChain the header's on-chain hash, which in round 0 of QBFT is what was signed
    function sealDigest(Header memory header, bytes32 onChain) internal view returns (bytes32) {
        if (header.ibft2) return _hash(header, header.round, 0, 0);
        return Rlp.octetAt(header.round.start) == 0x80 ? onChain : _hash(header, header.round, 0xc0, 1);
    }

    /// @dev Keccak-256 of the header with extraData `[common, round?, ending]`, put together beyond the memory in use.
    /// @param ending the last octets of extraData, `endingSize` of them
    function _hash(Header memory header, Span memory round, uint256 ending, uint256 endingSize)
        private
        view
        returns (bytes32)
    {
        unchecked {
            // Nothing here overflows: these are sizes of memory.
            uint256 payload = _size(header.common) + _size(round) + endingSize;
            uint256 extra = _prefixSize(payload) + payload;
            uint256 whole = _size(header.before) + _prefixSize(extra) + extra + _size(header.beyond);
            uint256 start;
            assembly ("memory-safe") {
                start := mload(0x40)
            }
            uint256 place = _prefix(start, 0xc0, whole);
            place = _copy(place, header.before);
            place = _prefix(place, 0x80, extra);
            place = _prefix(place, 0xc0, payload);
            place = _copy(place, header.common);
            place = _copy(place, round);
            assembly ("memory-safe") {
                mstore(place, shl(sub(256, shl(3, endingSize)), ending))
            }
            place = _copy(place + endingSize, header.beyond);
            return Host.keccak(start, place - start);
        }
    }

    function _size(Span memory span) private pure returns (uint256) {
        unchecked {
            return span.end - span.start;
        }
    }

    /// @dev How long the RLP prefix is of content that is not a single octet below 0x80: lists, and extraData, are never
    /// that. Input is below 2^24 octets.
    function _prefixSize(uint256 size) private pure returns (uint256) {
        if (size < 56) return 1;
        if (size < 1 << 8) return 2;
        return size < 1 << 16 ? 3 : 4;
    }

    /// @dev Writes such a prefix.
    /// @return where it ends
    function _prefix(uint256 place, uint256 base, uint256 size) private pure returns (uint256) {
        unchecked {
            uint256 width = _prefixSize(size);
            uint256 octets = width == 1 ? base + size : ((base + 54 + width) << (8 * (width - 1))) | size;
            assembly ("memory-safe") {
                mstore(place, shl(sub(256, shl(3, width)), octets))
            }
            return place + width;
        }
    }

    /// @dev Copies by the precompile for it.
    /// @return where the copy ends
    function _copy(uint256 place, Span memory span) private view returns (uint256) {
        uint256 from = span.start;
        uint256 size = _size(span);
        assembly ("memory-safe") {
            if iszero(staticcall(gas(), 4, from, size, place, size)) { revert(0, 0) }
        }
        return place + size;
    }
}
