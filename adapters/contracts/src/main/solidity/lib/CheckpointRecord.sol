// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Digest} from "./Digest.sol";
import {LaneLog} from "./LaneLog.sol";
import {
    CheckpointRootZero,
    CheckpointSizeOutOfRange,
    MalformedEventProof,
    RangeProofLength,
    RangeRootMismatch,
    WrongEmitter,
    WrongLane,
    WrongTopic
} from "./Rejections.sol";
import {Rlp} from "./Rlp.sol";

/// @title A checkpoint event as a committee attests it
/// @notice 124 octets, `emitter (20) || topic0 (32) || lane (32) || size u64 || root (32)`, as a leaf of the RFC 9162 tree
/// over all records of its block; the block's root is `sha256(count u64 || tree hash)`.
library CheckpointRecord {
    using Rlp for Rlp.Reader;

    uint256 private constant SIZE = 124;
    uint256 private constant MOST_RECORDS = 1 << 16;

    /// @notice Reads `RLP [ record, index, count, [hash...] ]` and the checkpoint out of its record.
    /// @param recordsRoot root of the block's records
    function read(bytes calldata eventProof, address emitter, bytes32 topic0, bytes32 lane, bytes32 recordsRoot)
        internal
        view
        returns (uint256 size, bytes32 root)
    {
        Rlp.Reader memory reader = Rlp.open(eventProof, Rlp.Subject.EventProof);
        Rlp.Octets memory record = reader.octets("record");
        uint64 index = reader.u64("index");
        uint64 count = reader.u64("count");
        bytes32[] memory path = _words(reader.list("path"));
        reader.finish("list");
        if (record.size != SIZE) revert MalformedEventProof("record");
        if (count == 0 || count > MOST_RECORDS) revert MalformedEventProof("count");
        if (index >= count) revert MalformedEventProof("index");
        (size, root) = _checkpoint(record.start, emitter, topic0, lane);
        uint256 needed = LaneLog.proofLength(index, index + 1, count);
        if (path.length != needed) revert RangeProofLength(path.length, needed);
        bytes32 tree = _rootOf(Digest.leafAt(record.start, SIZE), index, count, path);
        bytes32 computed = sha256(abi.encodePacked(count, tree));
        if (computed != recordsRoot) revert RangeRootMismatch(recordsRoot, computed);
    }

    function _words(Rlp.Reader memory list) private pure returns (bytes32[] memory words) {
        words = new bytes32[](list.count());
        for (uint256 i = 0; i < words.length; ++i) {
            words[i] = list.word("path");
        }
    }

    function _checkpoint(uint256 start, address emitter, bytes32 topic0, bytes32 lane)
        private
        pure
        returns (uint256 size, bytes32 root)
    {
        if (address(bytes20(Rlp.wordAt(start))) != emitter) revert WrongEmitter();
        if (Rlp.wordAt(start + 20) != topic0) revert WrongTopic();
        bytes32 found = Rlp.wordAt(start + 52);
        if (found != lane) revert WrongLane(found);
        size = uint256(Rlp.wordAt(start + 84)) >> 192;
        root = Rlp.wordAt(start + 92);
        if (size == 0 || size >= LaneLog.SIZE_LIMIT) revert CheckpointSizeOutOfRange();
        if (root == 0) revert CheckpointRootZero();
    }

    /// @dev The RFC 9162 inclusion path: a lone last node has no neighbour.
    function _rootOf(bytes32 hash, uint256 index, uint256 count, bytes32[] memory path) private view returns (bytes32) {
        uint256 used = 0;
        for (; count > 1; count = (count + 1) >> 1) {
            if (index & 1 == 1) hash = Digest.node(path[used++], hash);
            else if (index + 1 < count) hash = Digest.node(hash, path[used++]);
            index >>= 1;
        }
        return hash;
    }
}
