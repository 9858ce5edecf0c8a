// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CarrierReceipt} from "../lib/CarrierReceipt.sol";
import {ReceiptTree} from "../lib/ReceiptTree.sol";
import {
    MalformedGasUsed,
    MalformedUpdate,
    NewSetUnused,
    NoHeaders,
    SealIndexOutOfRange,
    SealerOutOfRange,
    SealerSignatureInvalid,
    SealsNotAscending,
    SetChangedTwice,
    TimeOutOfRange,
    TooLittleTrustedWeight,
    TooLittleWeight,
    TooManyHeaders,
    TrustedSetMismatch,
    VersionBelowFloor,
    VersionBelowParent,
    ZeroRoot
} from "../lib/Rejections.sol";
import {Rlp} from "../lib/Rlp.sol";
import {SealerSet} from "../lib/SealerSet.sol";
import {ConsensusHistory} from "./ConsensusHistory.sol";
import {ILightClient} from "./ILightClient.sol";

/// @title How headers and receipts of a FISCO BCOS 3.x chain are read and judged, before a mode has its say
/// @notice Rules R4.1 to R4.5 and R5: parent-linked headers, a quorum of seals over the last, the old list vouching for a
/// new one. Which crypto the chain was made with is a heir's to say, and never changes.
abstract contract FiscoRules is ConsensusHistory {
    using Rlp for Rlp.Reader;
    using SealerSet for SealerSet.Set;

    error VersionFloorTooLow(uint256 floor, uint256 lowest);

    /// @dev 3.6.0, rule R4.1.
    uint256 private constant LOWEST_FLOOR = 0x03060000;
    uint256 private constant MOST_HEADERS = 64;
    uint256 private constant MOST_GAS_DIGITS = 78;
    uint256 private constant TIME_LIMIT = 1 << 48;

    /// @dev An update while it is read: `[ trustedHeight, trustedSet, newSet, headers, seals, ...]`.
    struct Update {
        Header trusted;
        SealerSet.Set trustedSet;
        bool hasNewSet;
        SealerSet.Set newSet;
        Header[] headers;
        bool changed;
    }

    /// @notice The client's name, rule R1.1.
    bytes32 public immutable clientId;
    /// @notice `sha256(utf8(name))` of the chain this contract lives on; signatures are made for it.
    bytes32 public immutable verifyingChainId;
    /// @notice Lowest version of a header.
    uint32 public immutable versionFloor;

    /// @param chainId_ `sha256(utf8(name))` of the chain that is followed
    /// @param council_ who may re-anchor it
    /// @param anchor `RLP [ number, parentHash, set, header ]`, the header as in an update
    constructor(
        bytes32 chainId_,
        bytes32 verifyingChainId_,
        uint64 trustingPeriodMs_,
        uint64 maxClockDriftMs_,
        uint32 versionFloor_,
        address council_,
        bytes memory anchor
    ) ConsensusHistory(chainId_, trustingPeriodMs_, maxClockDriftMs_, council_) {
        if (verifyingChainId_ == 0) revert ZeroParameter("verifyingChainId");
        if (versionFloor_ < LOWEST_FLOOR) revert VersionFloorTooLow(versionFloor_, LOWEST_FLOOR);
        verifyingChainId = verifyingChainId_;
        versionFloor = versionFloor_;
        Header memory first = _readAnchor(anchor);
        clientId = sha256(abi.encodePacked("waybill/client/1", chainId_, _kind(), first.height, first.hash));
        _anchor(first);
    }

    /// @notice Judges `RLP [ receipt preimage, [[position, sibling]...] ]`, rule R5.
    function verifyCheckpoint(address emitter, bytes32 topic0, bytes32 lane, uint64 height, bytes calldata eventProof)
        external
        view
        returns (uint256 size, bytes32 root)
    {
        _requireActive();
        bytes32 receiptsRoot = _receiptsRoot(height);
        Rlp.Reader memory reader = Rlp.open(eventProof, Rlp.Subject.EventProof);
        Rlp.Octets memory preimage = reader.octets("preimage");
        Rlp.Reader memory groups = reader.list("groups");
        reader.finish("list");
        (size, root) = CarrierReceipt.read(preimage, emitter, topic0, lane, height);
        ReceiptTree.requireUnder(_hash(preimage.start, preimage.size), groups, receiptsRoot, _hash);
    }

    /// @dev Of the client's kind in its id, rule R1.1.
    function _kind() internal pure virtual returns (uint8);

    /// @dev The chain's own hash of memory `[start, start + size)`.
    function _hash(uint256 start, uint256 size) internal view virtual returns (bytes32);

    /// @dev Whether a sealer signed a block hash.
    /// @param id where the 64 octets of its public key lie in memory
    function _signed(bytes32 hash, uint256 id, Rlp.Octets memory signature) internal view virtual returns (bool);

    /// @dev The state an update starts from.
    function _start(uint64 height) internal view virtual returns (Header memory);

    /// @dev Reads sets, headers and seals, and judges them; what follows in the update is the mode's.
    function _judgeHeaders(Rlp.Reader memory reader) internal view returns (Header[] memory) {
        Update memory read = _readSets(reader);
        _readHeaders(read, reader.list("headers"));
        _requireSealed(read, reader.list("seals"), read.headers[read.headers.length - 1].hash);
        return read.headers;
    }

    function _readSets(Rlp.Reader memory reader) private view returns (Update memory read) {
        uint64 trustedHeight = reader.u64("trustedHeight");
        _readLists(read, reader);
        read.trusted = _start(trustedHeight);
        if (read.trustedSet.hash != read.trusted.setHash) {
            revert TrustedSetMismatch(read.trusted.setHash, read.trustedSet.hash);
        }
    }

    /// @dev Reads the list that is trusted and, where there is one, the new list, which must be another.
    function _readLists(Update memory read, Rlp.Reader memory reader) internal pure {
        read.trustedSet = SealerSet.read(reader.list("trustedSet"));
        Rlp.Reader memory other = reader.list("newSet");
        if (!other.done()) {
            read.hasNewSet = true;
            read.newSet = SealerSet.read(other);
            if (read.newSet.hash == read.trustedSet.hash) revert MalformedUpdate("newSet");
        }
    }

    /// @dev Rules R4.1, R4.2, R4.4 and the shape of R4.5: each header follows the one before it.
    function _readHeaders(Update memory read, Rlp.Reader memory list) private view {
        uint256 count = list.count();
        if (count == 0) revert NoHeaders();
        if (count > MOST_HEADERS) revert TooManyHeaders(count, MOST_HEADERS);
        read.headers = new Header[](count);
        Header memory parent = read.trusted;
        for (uint256 i = 0; i < count; ++i) {
            Rlp.Reader memory fields = list.list("header");
            bool changes = _which(fields);
            if (changes && !read.hasNewSet) revert MalformedUpdate("which");
            if (read.changed && !changes) revert SetChangedTwice();
            read.changed = changes;
            Header memory header = _follow(fields, parent, changes ? read.newSet : read.trustedSet);
            _requireTimely(parent.timeMs, header.timeMs);
            read.headers[i] = header;
            parent = header;
        }
        if (read.hasNewSet && !read.changed) revert NewSetUnused();
    }

    /// @dev The last of a header's eight fields, read ahead of the others.
    function _which(Rlp.Reader memory fields) internal pure returns (bool) {
        if (fields.count() != 8) revert MalformedUpdate("header");
        Rlp.Reader memory ahead = Rlp.Reader(fields.start, fields.end, fields.subject);
        for (uint256 i = 0; i < 7; ++i) {
            ahead.octets("header");
        }
        uint64 which = ahead.u64("which");
        if (which > 1) revert MalformedUpdate("which");
        return which == 1;
    }

    function _follow(Rlp.Reader memory fields, Header memory parent, SealerSet.Set memory sealers)
        private
        view
        returns (Header memory header)
    {
        return _read(fields, parent.height + 1, parent.hash, parent.version, versionFloor, sealers);
    }

    /// @dev Reads a header, holds it to its grammar, and computes its hash from all of its fields.
    function _read(
        Rlp.Reader memory fields,
        uint64 number,
        bytes32 parentHash,
        uint32 parentVersion,
        uint32 floor,
        SealerSet.Set memory sealers
    ) internal view returns (Header memory header) {
        uint256 version = fields.number(4, "version");
        if (version >> 31 != 0) revert MalformedUpdate("version");
        bytes32 txsRoot = fields.word("root");
        header.receiptsRoot = fields.word("root");
        bytes32 stateRoot = fields.word("root");
        bytes memory gasUsed = _copy(fields.octets("gasUsed"));
        header.timeMs = fields.u64("timestamp");
        uint64 sealer = fields.u64("sealer");
        if (version < floor) revert VersionBelowFloor(version, floor);
        if (version < parentVersion) revert VersionBelowParent(version, parentVersion);
        if (txsRoot == 0) revert ZeroRoot("txsRoot");
        if (header.receiptsRoot == 0) revert ZeroRoot("receiptsRoot");
        if (!_isGasUsed(gasUsed)) revert MalformedGasUsed();
        if (header.timeMs == 0 || header.timeMs >= TIME_LIMIT) revert TimeOutOfRange(header.timeMs);
        if (sealer >= sealers.count) revert SealerOutOfRange(sealer, sealers.count);
        header.height = number;
        header.version = uint32(version);
        header.setHash = sealers.hash;
        header.hash = _hashOf(
            abi.encodePacked(
                abi.encodePacked(header.version, number - 1, parentHash, txsRoot, header.receiptsRoot, stateRoot),
                abi.encodePacked(number, gasUsed, header.timeMs, sealer, sealers.ids, sealers.weights)
            )
        );
    }

    /// @dev Rules R4.3 and R4.5: a quorum of the tip's own list, and where that is new, the old quorum of the old list.
    function _requireSealed(Update memory read, Rlp.Reader memory seals, bytes32 hash) internal view {
        SealerSet.Set memory own = read.changed ? read.newSet : read.trustedSet;
        uint256 weight = 0;
        uint256 trustedWeight = 0;
        uint256 beyond = 0;
        while (!seals.done()) {
            Rlp.Reader memory seal = seals.list("seal");
            uint64 index = seal.u64("seal");
            Rlp.Octets memory signature = seal.octets("seal");
            seal.finish("seal");
            if (index >= own.count) revert SealIndexOutOfRange(index);
            if (index < beyond) revert SealsNotAscending(index);
            beyond = uint256(index) + 1;
            if (!_signed(hash, own.idAt(index), signature)) revert SealerSignatureInvalid(index);
            weight += own.weightAt(index);
            if (read.changed) trustedWeight += read.trustedSet.weightOf(own, index);
        }
        if (weight < own.quorum()) revert TooLittleWeight(weight, own.quorum());
        if (read.changed && trustedWeight < read.trustedSet.quorum()) {
            revert TooLittleTrustedWeight(trustedWeight, read.trustedSet.quorum());
        }
    }

    /// @dev `[ number, parentHash, set, header ]`.
    function _readAnchor(bytes memory anchor) internal view override returns (Header memory) {
        Rlp.Reader memory reader = Rlp.open(anchor, Rlp.Subject.Update);
        uint64 number = reader.u64("number");
        if (number == 0) revert MalformedUpdate("number");
        bytes32 parentHash = reader.word("parentHash");
        SealerSet.Set memory sealers = SealerSet.read(reader.list("set"));
        Rlp.Reader memory fields = reader.list("header");
        reader.finish("anchor");
        if (_which(fields)) revert MalformedUpdate("which");
        return _read(fields, number, parentHash, 0, versionFloor, sealers);
    }

    /// @dev Whether octets are `0|[1-9][0-9]{0,77}`.
    function _isGasUsed(bytes memory digits) private pure returns (bool) {
        uint256 start;
        assembly ("memory-safe") {
            start := add(digits, 32)
        }
        return digits.length <= MOST_GAS_DIGITS && CarrierReceipt.isDecimal(start, digits.length);
    }

    function _copy(Rlp.Octets memory octets) private pure returns (bytes memory copy) {
        if (octets.size > MOST_GAS_DIGITS) revert MalformedGasUsed();
        copy = new bytes(octets.size);
        for (uint256 i = 0; i < octets.size; ++i) {
            copy[i] = bytes1(uint8(Rlp.octetAt(octets.start + i)));
        }
    }

    function _hashOf(bytes memory octets) private view returns (bytes32) {
        uint256 start;
        assembly ("memory-safe") {
            start := add(octets, 32)
        }
        return _hash(start, octets.length);
    }
}
