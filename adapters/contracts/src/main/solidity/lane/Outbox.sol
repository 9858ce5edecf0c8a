// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Clock} from "../lib/Clock.sol";
import {Digest} from "../lib/Digest.sol";
import {LaneLog} from "../lib/LaneLog.sol";
import {LogData} from "../lib/LogData.sol";
import {Packets} from "../lib/Packets.sol";
import {EmptyRange, GapInLog, RangeOutOfBounds} from "../lib/Rejections.sol";
import {Lanes} from "./Lanes.sol";

/// @title Where attestations leave a chain
/// @notice Appends each packet to its lane's log and learns by proof how it ended on the other chain.
contract Outbox is Lanes {
    error NoSenders();
    error SendersNotAscending(uint256 index);
    error SendersRootMismatch(bytes32 expected, bytes32 computed);
    error SenderNotAllowed(address sender);
    error PacketTooLarge(uint256 size, uint256 limit);
    error WindowFull(uint256 outstanding, uint256 window);
    error TimeoutOutOfRange(uint256 timeoutMs, uint256 nowMs, uint256 latestMs);

    /// @notice A packet became leaf `index` of its lane's log.
    /// @param previous height of the block that changed the log before this one
    event AttestationSent(bytes32 indexed lane, uint64 indexed index, uint64 previous, bytes packet);

    /// @notice What the other chain is to be shown.
    event PacketCheckpoint(bytes32 indexed lane, uint256 size, bytes32 root);

    /// @notice The statuses of packets `[from, to)` were proven.
    /// @param previous height of the block that acknowledged before this one
    event Acknowledged(bytes32 indexed lane, uint64 from, uint64 to, uint64 previous);

    struct Send {
        bytes attestation;
        uint64 timeoutMs;
    }

    /// @dev What a batch is held to, read once, and the leaves it becomes.
    struct Batch {
        bytes32 lane;
        uint64 previous;
        uint256 first;
        uint256 maxPacket;
        uint256 outstanding;
        uint256 window;
        uint256 nowMs;
        uint256 latestMs;
        bytes32[] leaves;
    }

    bytes32 private constant STATUS_CHECKPOINT = keccak256("StatusCheckpoint(bytes32,uint256,bytes32)");

    mapping(bytes32 lane => mapping(address => bool)) private _senders;

    constructor(bytes32 chainId_, bool checkpointOnChange_, Roles memory roles)
        Lanes(chainId_, checkpointOnChange_, roles)
    {}

    /// @notice Opens a lane that leaves from here, once and for ever.
    /// @param senders who may send, ascending; their RFC 9162 root is part of the terms
    /// @return lane its id, rule R1.2
    function openLane(LaneParams calldata params, address[] calldata senders)
        external
        onlyRole(OPENER_ROLE)
        returns (bytes32 lane)
    {
        lane = _open(params, true);
        if (senders.length == 0) revert NoSenders();
        bytes32[] memory leaves = new bytes32[](senders.length);
        for (uint256 i = 0; i < senders.length; ++i) {
            if (i == 0 ? senders[i] == address(0) : senders[i] <= senders[i - 1]) revert SendersNotAscending(i);
            leaves[i] = _leaf(senders[i]);
            _senders[lane][senders[i]] = true;
        }
        bytes32 computed = LaneLog.rootOf(leaves);
        if (computed != params.terms.sendersRoot) revert SendersRootMismatch(params.terms.sendersRoot, computed);
    }

    /// @notice Sends one attestation; the other end judges its octets, this one only its limits, rule R2.8.
    /// @param timeoutMs milliseconds since 1970 by the destination's clock
    function send(bytes32 lane, bytes calldata attestation, uint64 timeoutMs) external nonReentrant {
        Lane storage state = _sendable(lane);
        Batch memory batch = _begin(lane, state, 1);
        batch.leaves[0] = _send(batch, 0, attestation, timeoutMs);
        _append(state, batch);
    }

    /// @notice Sends attestations in order, all or none.
    function sendBatch(bytes32 lane, Send[] calldata sends) external nonReentrant {
        if (sends.length == 0) revert EmptyRange();
        Lane storage state = _sendable(lane);
        Batch memory batch = _begin(lane, state, sends.length);
        for (uint256 i = 0; i < sends.length; ++i) {
            Send calldata one = sends[i];
            batch.leaves[i] = _send(batch, i, one.attestation, one.timeoutMs);
        }
        _append(state, batch);
    }

    /// @notice Takes the proof of how packets ended: the statuses `[first, first + statuses.length)` of the other
    /// end's log, rule R3.10. What is acknowledged already is passed over; a gap is refused.
    /// @param update header update, or empty when the client knows `height`
    /// @param height block of the checkpoint event
    function acknowledge(
        bytes32 lane,
        bytes calldata update,
        uint64 height,
        bytes calldata eventProof,
        uint64 first,
        bytes[] calldata statuses,
        bytes32[] calldata rangeProof
    ) external nonReentrant {
        Lane storage state = _usable(lane);
        Proof memory proof = Proof(height, first, uint256(first) + statuses.length, STATUS_CHECKPOINT);
        bytes32[] memory leaves = new bytes32[](statuses.length);
        for (uint256 i = 0; i < statuses.length; ++i) {
            leaves[i] = Digest.leaf(statuses[i]);
        }
        (bool ok, uint256 size, bytes32 proven) = _proven(lane, state, update, proof, eventProof, leaves, rangeProof);
        if (!ok) return;
        if (proof.end > state.size) revert RangeOutOfBounds(first, proof.end, state.size);
        for (uint256 i = 0; i < statuses.length; ++i) {
            Packets.requireStatusOf(statuses[i], lane, first + i);
        }
        uint64 next = state.acknowledged;
        if (first > next) revert GapInLog(next, first);
        if (proof.end <= next) return;
        _remember(state, size, proven);
        if (state.lastAcknowledged != block.number) {
            state.acknowledgedBefore = state.lastAcknowledged;
            state.lastAcknowledged = uint64(block.number);
        }
        state.acknowledged = uint64(proof.end);
        emit Acknowledged(lane, next, uint64(proof.end), state.acknowledgedBefore);
    }

    /// @notice Whether an account may send on a lane.
    function maySend(bytes32 lane, address sender) external view returns (bool) {
        return _senders[lane][sender];
    }

    function _sendable(bytes32 lane) private view returns (Lane storage state) {
        state = _moving(lane);
        if (!_senders[lane][msg.sender]) revert SenderNotAllowed(msg.sender);
    }

    /// @dev Reads once what every packet of a batch is held to.
    function _begin(bytes32 lane, Lane storage state, uint256 count) private returns (Batch memory batch) {
        batch.lane = lane;
        batch.previous = _changing(state);
        batch.first = state.size;
        batch.maxPacket = state.maxPacket;
        batch.outstanding = batch.first - state.acknowledged;
        batch.window = state.window;
        batch.nowMs = Clock.nowMs();
        batch.latestMs = batch.nowMs + state.maxTimeoutMs;
        batch.leaves = new bytes32[](count);
    }

    /// @dev Emits one packet of a batch.
    /// @return leaf its hash
    function _send(Batch memory batch, uint256 place, bytes calldata attestation, uint64 timeoutMs)
        private
        returns (bytes32 leaf)
    {
        uint256 size = Packets.PACKET_HEADER + attestation.length;
        if (size > batch.maxPacket) revert PacketTooLarge(size, batch.maxPacket);
        uint256 outstanding = batch.outstanding + place;
        if (outstanding >= batch.window) revert WindowFull(outstanding, batch.window);
        if (timeoutMs <= batch.nowMs || timeoutMs > batch.latestMs || timeoutMs >= 1 << 63) {
            revert TimeoutOutOfRange(timeoutMs, batch.nowMs, batch.latestMs);
        }
        uint64 index = uint64(batch.first + place);
        uint256 data = LogData.begin(batch.previous);
        Packets.write(LogData.content(data), batch.lane, index, msg.sender, timeoutMs, attestation);
        leaf = Digest.leafAt(LogData.content(data), size);
        LogData.emitted(data, size, AttestationSent.selector, batch.lane, index);
    }

    function _append(Lane storage state, Batch memory batch) private {
        uint256 count = batch.leaves.length;
        LaneLog.append(state.peaks, batch.first, batch.leaves);
        state.size = uint64(batch.first + count);
        _changed(batch.lane, state);
    }

    function _leaf(address sender) private pure returns (bytes32) {
        return sha256(abi.encodePacked(uint8(0), sender));
    }

    function _emitCheckpoint(bytes32 lane, uint256 size, bytes32 root_) internal override {
        emit PacketCheckpoint(lane, size, root_);
    }

    function _acknowledged(Lane storage state) internal view override returns (uint64, uint64) {
        return (state.acknowledged, state.lastAcknowledged);
    }
}
