// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

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
        all = new address[](list.count());
        for (uint256 i = 0; i < all.length; ++i) {
            all[i] = addressAt(list.fixed_(20, what));
        }
    }

    function addressAt(uint256 start) internal pure returns (address) {
        return address(uint160(uint256(Rlp.wordAt(start)) >> 96));
    }

    /// @notice The hash the chain knows the block by: without round and seals.
    function onChainHash(Header memory header) internal pure returns (bytes32) {
        // QBFT writes round 0 and no seals; IBFT 2.0 leaves both out.
        return _hash(header, header.ibft2 ? bytes("") : bytes(hex"80c0"), Span(0, 0));
    }

    /// @notice What each seal signs: with the round, without seals.
    function sealDigest(Header memory header) internal pure returns (bytes32) {
        return _hash(header, header.ibft2 ? bytes("") : bytes(hex"c0"), header.round);
    }

    /// @dev Keccak-256 of the header with extraData `[common, round?, ending]`.
    function _hash(Header memory header, bytes memory ending, Span memory round) private pure returns (bytes32 hash) {
        uint256 payload = _size(header.common) + _size(round) + ending.length;
        bytes memory extra = bytes.concat(
            _prefix(0xc0, payload), _copy(header.common), _copy(round), ending
        );
        bytes memory item = bytes.concat(_prefix(0x80, extra.length), extra);
        uint256 whole = _size(header.before) + item.length + _size(header.beyond);
        return keccak256(bytes.concat(_prefix(0xc0, whole), _copy(header.before), item, _copy(header.beyond)));
    }

    function _size(Span memory span) private pure returns (uint256) {
        return span.end - span.start;
    }

    /// @dev The RLP prefix of content that is not a single octet below 0x80: lists, and extraData, are never that.
    function _prefix(uint8 base, uint256 size) private pure returns (bytes memory) {
        if (size < 56) return abi.encodePacked(base + uint8(size));
        if (size < 1 << 8) return abi.encodePacked(base + 56, uint8(size));
        if (size < 1 << 16) return abi.encodePacked(base + 57, uint16(size));
        return abi.encodePacked(base + 58, uint24(size));
    }

    function _copy(Span memory span) private pure returns (bytes memory copy) {
        uint256 size = _size(span);
        uint256 from = span.start;
        copy = new bytes(size);
        assembly ("memory-safe") {
            let to := add(copy, 32)
            for { let i := 0 } lt(i, size) { i := add(i, 32) } { mstore(add(to, i), mload(add(from, i))) }
            // Whole words were written: what lies beyond the copy is put back to zero.
            let rest := and(size, 31)
            if rest {
                let last := add(to, sub(size, rest))
                let mask := shl(mul(8, sub(32, rest)), not(0))
                mstore(last, and(mload(last), mask))
            }
        }
    }
}
