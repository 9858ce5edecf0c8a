// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Clock} from "../lib/Clock.sol";
import {Digest} from "../lib/Digest.sol";
import {LaneLog} from "../lib/LaneLog.sol";
import {LogData} from "../lib/LogData.sol";
import {Packets} from "../lib/Packets.sol";
import {GapInLog} from "../lib/Rejections.sol";
import {Lanes} from "./Lanes.sol";
import {Receivers} from "./Receivers.sol";

/// @title Where attestations arrive on a chain
/// @notice Gives each packet that the other chain finalised exactly one final status, in order, and keeps the
/// statuses as a log of the same kind, so that the way back is the way out.
contract Inbox is Receivers {
    /// @notice A packet got its final status, leaf `index` of this end's log.
    /// @param previous height of the block that changed the log before this one
    event StatusAssigned(bytes32 indexed lane, uint64 indexed index, uint64 previous, bytes status);

    /// @notice Packets `[from, to)` were proven from a block of the source and got their statuses.
    event Delivered(bytes32 indexed lane, uint64 from, uint64 to, uint64 sourceHeight);

    /// @notice What the other chain is to be shown.
    event StatusCheckpoint(bytes32 indexed lane, uint256 size, bytes32 root);

    bytes32 private constant PACKET_CHECKPOINT = keccak256("PacketCheckpoint(bytes32,uint256,bytes32)");

    constructor(bytes32 chainId_, bool checkpointOnChange_, Roles memory roles)
        Lanes(chainId_, checkpointOnChange_, roles)
    {}

    /// @notice Opens a lane that ends here, once and for ever.
    /// @return lane its id, rule R1.2
    function openLane(LaneParams calldata params) external onlyRole(OPENER_ROLE) returns (bytes32 lane) {
        return _open(params, false);
    }

    /// @notice Takes the packets `[first, first + packets.length)` with the proof that the source finalised them,
    /// rule R3.1. What has a status already is passed over; a gap is refused.
    /// @param update header update, or empty when the client knows `height`
    /// @param height block of the checkpoint event
    function deliver(
        bytes32 lane,
        bytes calldata update,
        uint64 height,
        bytes calldata eventProof,
        uint64 first,
        bytes[] calldata packets,
        bytes32[] calldata rangeProof
    ) external nonReentrant {
        Lane storage state = _moving(lane);
        Proof memory proof = Proof(height, first, uint256(first) + packets.length, PACKET_CHECKPOINT);
        bytes32[] memory leaves = _leaves(packets);
        (bool ok, uint256 size, bytes32 proven) =
            _proven(lane, state, update, proof, eventProof, LaneLog.copy(leaves), rangeProof);
        if (!ok) return;
        uint64 next = state.size;
        if (first > next) revert GapInLog(next, first);
        if (proof.end <= next) return;
        _remember(state, size, proven);
        _assign(lane, state, first, packets, leaves);
        emit Delivered(lane, next, uint64(proof.end), height);
        _changed(lane, state);
    }

    function _assign(bytes32 lane, Lane storage state, uint64 first, bytes[] calldata packets, bytes32[] memory leaves)
        private
    {
        uint64 previous = _changing(state);
        uint64 next = state.size;
        uint256 maxPacket = state.maxPacket;
        uint64 nowMs = uint64(Clock.nowMs());
        uint256 passed = next - first;
        bytes32[] memory statuses = new bytes32[](packets.length - passed);
        for (uint256 i = 0; i < statuses.length; ++i) {
            uint64 index = uint64(next + i);
            uint8 ending = Packets.statusOf(packets[passed + i], lane, index, maxPacket, nowMs);
            uint256 data = LogData.begin(previous);
            Packets.writeStatus(LogData.content(data), lane, index, leaves[passed + i], ending, nowMs);
            statuses[i] = Digest.leafAt(LogData.content(data), Packets.STATUS_SIZE);
            LogData.emitted(data, Packets.STATUS_SIZE, StatusAssigned.selector, lane, index);
        }
        state.size = uint64(next + statuses.length);
        LaneLog.append(state.peaks, next, statuses);
    }

    function _leaves(bytes[] calldata packets) private view returns (bytes32[] memory leaves) {
        leaves = new bytes32[](packets.length);
        for (uint256 i = 0; i < packets.length; ++i) {
            leaves[i] = Digest.leaf(packets[i]);
        }
    }

    function _emitCheckpoint(bytes32 lane, uint256 size, bytes32 root_) internal override {
        emit StatusCheckpoint(lane, size, root_);
    }

    function _acknowledged(Lane storage state) internal view override returns (uint64, uint64) {
        return (state.size, state.lastChanged);
    }
}
