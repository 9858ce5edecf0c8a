// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {Host} from "host/Host.sol";
import {ILightClient} from "../clients/ILightClient.sol";
import {LaneLog} from "../lib/LaneLog.sol";
import {Packets} from "../lib/Packets.sol";
import {EmptyRange, RangeOutOfBounds, RangeRootMismatch} from "../lib/Rejections.sol";

/// @title What both ends of a lane share: its terms, its log, its checkpoints, and the proof of the other end's log
/// @notice Moves no value: nothing here or in its heirs is payable, and no call leaves for a log but to a lane's own client.
///
/// Three roles. The admin (DEFAULT_ADMIN_ROLE, a Council in production) gives and takes roles and lifts pauses; an opener
/// opens lanes; a pauser stops one lane at once. None of them changes what a packet becomes: a paused lane takes no send
/// and delivers nothing, so a pause can only delay. Packets may expire meanwhile, as they may when no relayer runs; what is
/// proven stays proven, and acknowledging goes on (rule R3.5).
abstract contract Lanes is AccessControl, ReentrancyGuard {
    error LaneNotOpen(bytes32 lane);
    error LaneAlreadyOpen(bytes32 lane);
    error LaneFrozen(bytes32 lane);
    error LanePaused(bytes32 lane);
    error ZeroTerm(string name);
    error UnknownPolicy(bytes32 policyHash);
    error NoContractAt(address client);
    error ClientOfAnotherChain(bytes32 expected, bytes32 found);
    error NotCalledDirectly();
    error EmptyLog(bytes32 lane);
    error CheckpointTooEarly(uint64 lastChanged, uint256 height);

    /// @notice A lane exists from now on; nothing about it changes any more.
    event LaneOpened(
        bytes32 indexed lane,
        address client,
        bytes32 counterpartyChainId,
        bytes32 counterpartyClientId,
        address counterparty,
        bytes32 salt,
        Terms terms
    );

    /// @notice The other end emitted two roots of one size: the lane takes nothing more, rule R3.8.
    event LogForked(bytes32 indexed lane, uint256 size, bytes32 accepted, bytes32 conflicting);

    /// @notice A lane was stopped or may go on.
    event PauseChanged(bytes32 indexed lane, bool paused, address account);

    /// @param admin gives and takes roles, lifts pauses
    /// @param opener opens lanes
    /// @param pauser pauses a lane
    struct Roles {
        address admin;
        address opener;
        address pauser;
    }

    /// @param maxPacket largest encoded packet, octets
    /// @param window how many packets may await acknowledgement
    /// @param maxTimeoutMs how far ahead a timeout may lie, milliseconds
    /// @param sendersRoot RFC 9162 root over the ascending addresses that may send
    /// @param policyHash names the policy that decides Refused
    struct Terms {
        uint32 maxPacket;
        uint64 window;
        uint64 maxTimeoutMs;
        bytes32 sendersRoot;
        bytes32 policyHash;
    }

    /// @param client the light client of the other chain, on this one
    /// @param counterpartyClientId the client of this chain, on the other one
    /// @param counterparty the contract at the other end
    /// @param salt 32 random octets, so that a lane opened again is another lane
    struct LaneParams {
        address client;
        bytes32 counterpartyChainId;
        bytes32 counterpartyClientId;
        address counterparty;
        bytes32 salt;
        Terms terms;
    }

    struct Lane {
        ILightClient client;
        uint64 window;
        uint32 maxPacket;
        // what was last proven of the other end's log
        address counterparty;
        uint64 provenSize;
        bool frozen;
        bool paused;
        bytes32 provenRoot;
        // this end's log
        uint64 size;
        uint64 lastChanged;
        uint64 changedBefore;
        uint64 maxTimeoutMs;
        uint64 checkpointSize;
        uint64 checkpointHeight;
        // only where packets are sent
        uint64 acknowledged;
        uint64 lastAcknowledged;
        uint64 acknowledgedBefore;
        LaneLog.Peaks peaks;
    }

    /// @dev The status of a client that may be believed.
    uint8 private constant ACTIVE = 1;

    /// @dev Leaves of the other end's log, as a relayer brings them.
    struct Proof {
        uint64 height;
        uint64 first;
        uint256 end;
        bytes32 topic0;
    }

    /// @notice Who may open lanes.
    bytes32 public constant OPENER_ROLE = keccak256("OPENER_ROLE");
    /// @notice Who may pause a lane.
    bytes32 public constant PAUSER_ROLE = keccak256("PAUSER_ROLE");

    /// @notice `sha256(utf8(name))` of the chain this contract lives on.
    bytes32 public immutable chainId;
    /// @notice Whether a change of a log ends with its checkpoint. Only where event proofs cover every field of a
    /// receipt with its length; elsewhere a checkpoint waits for a later block, rule R2.5.
    bool public immutable checkpointOnChange;

    address private immutable _self;
    mapping(bytes32 lane => Lane) private _lanes;

    constructor(bytes32 chainId_, bool checkpointOnChange_, Roles memory roles) {
        Host.requireHere();
        if (chainId_ == 0) revert ZeroTerm("chainId");
        _give(DEFAULT_ADMIN_ROLE, roles.admin, "admin");
        _give(OPENER_ROLE, roles.opener, "opener");
        _give(PAUSER_ROLE, roles.pauser, "pauser");
        chainId = chainId_;
        checkpointOnChange = checkpointOnChange_;
        _self = address(this);
    }

    /// @notice Emits the size and root of a lane's log, so that they can be proven on the other chain. Anyone may
    /// call it, rule R2.5.
    function checkpoint(bytes32 lane) external {
        if (address(this) != _self) revert NotCalledDirectly();
        Lane storage state = _opened(lane);
        if (state.size == 0) revert EmptyLog(lane);
        if (!checkpointOnChange && state.lastChanged >= block.number) {
            revert CheckpointTooEarly(state.lastChanged, block.number);
        }
        _checkpoint(lane, state);
    }

    /// @notice Stops a lane at once. Nothing changes if it is stopped already.
    function pause(bytes32 lane) external onlyRole(PAUSER_ROLE) {
        _pause(lane, true);
    }

    /// @notice Lets a lane go on where it stopped. Nothing changes if it is not stopped.
    function unpause(bytes32 lane) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _pause(lane, false);
    }

    /// @notice Whether a lane is stopped.
    function paused(bytes32 lane) external view returns (bool) {
        return _opened(lane).paused;
    }

    /// @notice What this end's log is like. Where statuses are kept instead of packets, `acknowledged` is the size.
    /// @return size leaves appended
    /// @return lastChanged height of the block that last appended, 0 before the first
    /// @return acknowledged packets whose status was proven
    /// @return lastAcknowledged height of the block that last moved it
    /// @return checkpointSize size of the last checkpoint emitted, 0 before the first
    /// @return checkpointHeight its height
    function log(bytes32 lane)
        external
        view
        returns (
            uint64 size,
            uint64 lastChanged,
            uint64 acknowledged,
            uint64 lastAcknowledged,
            uint64 checkpointSize,
            uint64 checkpointHeight
        )
    {
        Lane storage state = _opened(lane);
        (acknowledged, lastAcknowledged) = _acknowledged(state);
        return (state.size, state.lastChanged, acknowledged, lastAcknowledged, state.checkpointSize, state.checkpointHeight);
    }

    /// @notice The root of this end's log, zero while it is empty.
    function root(bytes32 lane) external view returns (bytes32) {
        Lane storage state = _opened(lane);
        return state.size == 0 ? bytes32(0) : LaneLog.root(state.peaks, state.size);
    }

    /// @notice Whether the other end was caught with two logs.
    function frozen(bytes32 lane) external view returns (bool) {
        return _opened(lane).frozen;
    }

    /// @dev Opens a lane whose id is computed here, from its terms and this contract's own name, rule R1.3.
    /// @param ownIsSource whether packets leave from this end
    function _open(LaneParams calldata params, bool ownIsSource) internal returns (bytes32 lane) {
        _requireComplete(params);
        ILightClient client = ILightClient(params.client);
        bytes32 followed = client.followedChainId();
        if (followed != params.counterpartyChainId) revert ClientOfAnotherChain(params.counterpartyChainId, followed);

        bytes memory own = abi.encodePacked(chainId, params.counterpartyClientId, address(this));
        bytes memory other = abi.encodePacked(params.counterpartyChainId, client.clientId(), params.counterparty);
        lane = sha256(
            abi.encodePacked(
                "waybill/lane/1", ownIsSource ? own : other, ownIsSource ? other : own, params.salt, _hash(params.terms)
            )
        );

        Lane storage state = _lanes[lane];
        if (address(state.client) != address(0)) revert LaneAlreadyOpen(lane);
        state.client = client;
        state.window = params.terms.window;
        state.maxPacket = params.terms.maxPacket;
        state.counterparty = params.counterparty;
        state.maxTimeoutMs = params.terms.maxTimeoutMs;
        emit LaneOpened(
            lane,
            params.client,
            params.counterpartyChainId,
            params.counterpartyClientId,
            params.counterparty,
            params.salt,
            params.terms
        );
    }

    function _opened(bytes32 lane) internal view returns (Lane storage state) {
        state = _lanes[lane];
        if (address(state.client) == address(0)) revert LaneNotOpen(lane);
    }

    function _usable(bytes32 lane) internal view returns (Lane storage state) {
        state = _opened(lane);
        if (state.frozen) revert LaneFrozen(lane);
    }

    /// @dev A lane on which packets may move: usable, and not paused.
    function _moving(bytes32 lane) internal view returns (Lane storage state) {
        state = _usable(lane);
        if (state.paused) revert LanePaused(lane);
    }

    /// @dev Rule R3.1 up to the range proof: applies the update, then proves that `leaves` are in the other end's log.
    /// @return false if the update froze the client or the checkpoint the lane: then nothing more may happen, and
    /// the caller returns normally, so that it persists (rule R3.3)
    function _proven(
        bytes32 lane,
        Lane storage state,
        bytes calldata update,
        Proof memory proof,
        bytes calldata eventProof,
        bytes32[] memory leaves,
        bytes32[] calldata rangeProof
    ) internal returns (bool, uint256 size, bytes32 proven) {
        if (update.length != 0) {
            state.client.update(update);
            if (state.client.status() != ACTIVE) return (false, 0, 0);
        }
        (size, proven) =
            state.client.verifyCheckpoint(state.counterparty, proof.topic0, lane, proof.height, eventProof);
        if (size == state.provenSize && proven != state.provenRoot) {
            state.frozen = true;
            emit LogForked(lane, size, state.provenRoot, proven);
            return (false, size, proven);
        }
        if (leaves.length == 0) revert EmptyRange();
        if (proof.end > size) revert RangeOutOfBounds(proof.first, proof.end, size);
        bytes32 computed = LaneLog.rootOfRange(leaves, proof.first, size, rangeProof);
        if (computed != proven) revert RangeRootMismatch(proven, computed);
        return (true, size, proven);
    }

    /// @dev Keeps what was proven, once it had an effect.
    function _remember(Lane storage state, uint256 size, bytes32 proven) internal {
        state.provenSize = uint64(size);
        state.provenRoot = proven;
    }

    /// @dev Marks that this block changes the log.
    /// @return previous height of the block of the change before this block's
    function _changing(Lane storage state) internal returns (uint64 previous) {
        if (state.lastChanged != block.number) {
            state.changedBefore = state.lastChanged;
            state.lastChanged = uint64(block.number);
        }
        return state.changedBefore;
    }

    /// @dev Ends a change of the log.
    function _changed(bytes32 lane, Lane storage state) internal {
        if (checkpointOnChange) _checkpoint(lane, state);
    }

    /// @dev Emits the role's own checkpoint event.
    function _emitCheckpoint(bytes32 lane, uint256 size, bytes32 root_) internal virtual;

    function _acknowledged(Lane storage state) internal view virtual returns (uint64 count, uint64 height);

    function _checkpoint(bytes32 lane, Lane storage state) private {
        state.checkpointSize = state.size;
        state.checkpointHeight = uint64(block.number);
        _emitCheckpoint(lane, state.size, LaneLog.root(state.peaks, state.size));
    }

    function _give(bytes32 role, address account, string memory name) private {
        if (account == address(0)) revert ZeroTerm(name);
        _grantRole(role, account);
    }

    function _pause(bytes32 lane, bool stop) private {
        Lane storage state = _opened(lane);
        if (state.paused == stop) return;
        state.paused = stop;
        emit PauseChanged(lane, stop, msg.sender);
    }

    function _requireComplete(LaneParams calldata params) private view {
        if (params.client.code.length == 0) revert NoContractAt(params.client);
        if (params.counterpartyChainId == 0) revert ZeroTerm("counterpartyChainId");
        if (params.counterpartyClientId == 0) revert ZeroTerm("counterpartyClientId");
        if (params.counterparty == address(0)) revert ZeroTerm("counterparty");
        if (params.salt == 0) revert ZeroTerm("salt");
        if (params.terms.maxPacket == 0) revert ZeroTerm("maxPacket");
        if (params.terms.window == 0) revert ZeroTerm("window");
        if (params.terms.maxTimeoutMs == 0) revert ZeroTerm("maxTimeoutMs");
        if (params.terms.sendersRoot == 0) revert ZeroTerm("sendersRoot");
        if (params.terms.policyHash != Packets.TOKEN_FREE) revert UnknownPolicy(params.terms.policyHash);
    }

    /// @dev Rule R1.2.
    function _hash(Terms calldata terms) private pure returns (bytes32) {
        return sha256(
            abi.encodePacked(terms.maxPacket, terms.window, terms.maxTimeoutMs, terms.sendersRoot, terms.policyHash)
        );
    }
}
