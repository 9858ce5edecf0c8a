// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Host} from "host/Host.sol";
import {Clock} from "../lib/Clock.sol";
import {
    ClientNotActive,
    HeaderFromTheFuture,
    HeightBelowHistory,
    TimeBeforeTrusted,
    UnknownHeight,
    UnknownTrustedHeight
} from "../lib/Rejections.sol";
import {ILightClient} from "./ILightClient.sol";

/// @title What a light client keeps of the headers it accepted
/// @notice At most 256 consensus states in the order of their heights; the lowest is forgotten first.
abstract contract ConsensusHistory is ILightClient {
    error ZeroParameter(string name);
    error NotCouncil(address caller);

    /// @dev How many consensus states are kept.
    uint256 private constant LIMIT = 256;

    uint8 internal constant ACTIVE = 1;
    uint8 internal constant EXPIRED = 2;
    uint8 internal constant FROZEN = 3;

    /// @dev What a header says, before and after it is believed.
    struct Header {
        uint64 height;
        bytes32 hash;
        bytes32 receiptsRoot;
        uint64 timeMs;
        bytes32 setHash;
        uint32 version;
    }

    /// @dev Two headers of one height.
    struct Evidence {
        uint64 height;
        bytes32 accepted;
        bytes32 conflicting;
    }

    /// @dev Sets are few and states many: a state names its set by a number.
    struct State {
        bytes32 hash;
        bytes32 receiptsRoot;
        uint64 timeMs;
        uint32 version;
        uint32 set;
    }

    /// @inheritdoc ILightClient
    bytes32 public immutable followedChainId;
    /// @notice Age at which the latest header is no longer believed, milliseconds.
    uint64 public immutable trustingPeriodMs;
    /// @notice How far a header's time may be ahead of this chain's, milliseconds.
    uint64 public immutable maxClockDriftMs;
    /// @inheritdoc ILightClient
    address public immutable council;

    /// @inheritdoc ILightClient
    uint64 public latestHeight;
    uint64 private _latestTimeMs;
    uint32 private _sets;
    uint16 private _first;
    uint16 private _count;
    bool private _frozen;
    mapping(uint64 height => State) private _states;
    mapping(uint32 set => bytes32) private _setHashes;
    /// @dev A ring: the i-th lowest height is at `(_first + i) % LIMIT`.
    uint64[256] private _heights;
    /// @inheritdoc ILightClient
    Evidence public evidence;

    constructor(bytes32 chainId, uint64 trustingPeriod, uint64 maxClockDrift, address council_) {
        Host.requireHere();
        if (chainId == 0) revert ZeroParameter("chainId");
        if (trustingPeriod == 0) revert ZeroParameter("trustingPeriodMs");
        if (council_ == address(0)) revert ZeroParameter("council");
        council = council_;
        followedChainId = chainId;
        trustingPeriodMs = trustingPeriod;
        maxClockDriftMs = maxClockDrift;
    }

    /// @inheritdoc ILightClient
    function reanchor(bytes calldata anchor) external {
        if (msg.sender != council) revert NotCouncil(msg.sender);
        Header memory first = _readAnchor(anchor);
        uint256 count = _count;
        for (uint256 i = 0; i < count; ++i) {
            delete _states[_heights[(_first + i) % LIMIT]];
        }
        _first = 0;
        _count = 0;
        latestHeight = 0;
        _frozen = false;
        _forget();
        _anchor(first);
        emit Reanchored(first.height, first.hash);
    }

    /// @inheritdoc ILightClient
    function status() public view returns (uint8) {
        if (_frozen) return FROZEN;
        return uint256(_latestTimeMs) + trustingPeriodMs <= Clock.nowMs() ? EXPIRED : ACTIVE;
    }

    /// @inheritdoc ILightClient
    function history() external view returns (uint64[] memory heights, bytes32[] memory hashes) {
        heights = new uint64[](_count);
        hashes = new bytes32[](_count);
        for (uint256 i = 0; i < _count; ++i) {
            heights[i] = _heights[(_first + i) % LIMIT];
            hashes[i] = _states[heights[i]].hash;
        }
    }

    /// @inheritdoc ILightClient
    function consensusState(uint64 height)
        external
        view
        returns (bytes32 hash, bytes32 receiptsRoot, uint64 timeMs, bytes32 setHash, uint32 version)
    {
        State storage state = _states[height];
        return (state.hash, state.receiptsRoot, state.timeMs, _setHashes[state.set], state.version);
    }

    function _requireActive() internal view {
        uint8 now_ = status();
        if (now_ != ACTIVE) revert ClientNotActive(now_);
    }

    /// @dev Forgets what an heir keeps of headers beside the history, when the client begins anew.
    function _forget() internal virtual;

    /// @dev The state an update starts from; its receipts root, which no update needs, is left out.
    function _trusted(uint64 height) internal view returns (Header memory) {
        State storage state = _states[height];
        if (state.hash == 0) revert UnknownTrustedHeight(height);
        return Header(height, state.hash, 0, state.timeMs, _setHashes[state.set], state.version);
    }

    /// @dev The lowest height that is kept.
    function _lowest() internal view returns (uint64) {
        return _heights[_first];
    }

    /// @dev All that is kept of a height; all zero where nothing is.
    function _kept(uint64 height) internal view returns (Header memory) {
        State storage state = _states[height];
        return Header(height, state.hash, state.receiptsRoot, state.timeMs, _setHashes[state.set], state.version);
    }

    /// @dev The root that event proofs of a height are checked against.
    function _receiptsRoot(uint64 height) internal view returns (bytes32 root) {
        root = _states[height].receiptsRoot;
        if (root == 0) revert UnknownHeight(height);
    }

    function _hashAt(uint64 height) internal view returns (bytes32) {
        return _states[height].hash;
    }

    function _requireTimely(uint256 trustedMs, uint256 offeredMs) internal view {
        if (offeredMs < trustedMs) revert TimeBeforeTrusted(trustedMs, offeredMs);
        uint256 latestMs = Clock.nowMs() + maxClockDriftMs;
        if (offeredMs > latestMs) revert HeaderFromTheFuture(offeredMs, latestMs);
    }

    /// @dev Reads a first header as the client's kind writes it, and refuses one that is malformed.
    function _readAnchor(bytes memory anchor) internal view virtual returns (Header memory);

    /// @dev Keeps the anchor: the first header, which an operator pins.
    function _anchor(Header memory header) internal {
        if (header.height == 0) revert ZeroParameter("anchorHeight");
        _keep(header);
    }

    /// @dev Believes nothing any more, and keeps why, rule R4.8.
    function _freeze(uint64 height, bytes32 accepted, bytes32 conflicting) internal {
        _frozen = true;
        evidence = Evidence(height, accepted, conflicting);
        emit ClientFrozen(height, accepted, conflicting);
    }

    /// @dev Keeps a header that meets every rule. One that is known changes nothing; another of a known height is
    /// misbehaviour.
    /// @return false if the client froze
    function _accept(Header memory header) internal returns (bool) {
        bytes32 known = _states[header.height].hash;
        if (known == header.hash) return true;
        if (known != 0) {
            _freeze(header.height, known, header.hash);
            return false;
        }
        _keep(header);
        return true;
    }

    function _keep(Header memory header) private {
        _insert(header.height);
        State storage state = _states[header.height];
        state.hash = header.hash;
        state.receiptsRoot = header.receiptsRoot;
        state.timeMs = header.timeMs;
        state.version = header.version;
        state.set = _setNumber(header.setHash);
        if (header.height > latestHeight) {
            latestHeight = header.height;
            _latestTimeMs = header.timeMs;
        }
        emit HeaderAccepted(header.height, header.hash);
    }

    /// @dev The newest set has the highest number; a set that returns after a change gets a number of its own.
    function _setNumber(bytes32 setHash) private returns (uint32) {
        uint32 newest = _sets;
        if (_setHashes[newest] == setHash) return newest;
        _sets = ++newest;
        _setHashes[newest] = setHash;
        return newest;
    }

    /// @dev Puts a height in its place; a full ring forgets the lowest first.
    function _insert(uint64 height) private {
        uint256 first = _first;
        uint256 count = _count;
        if (count == LIMIT) {
            uint64 lowest = _heights[first];
            if (height < lowest) revert HeightBelowHistory(height, lowest);
            delete _states[lowest];
            first = (first + 1) % LIMIT;
            _first = uint16(first);
            --count;
        }
        uint256 place = count;
        for (; place > 0; --place) {
            uint64 below = _heights[(first + place - 1) % LIMIT];
            if (below < height) break;
            _heights[(first + place) % LIMIT] = below;
        }
        _heights[(first + place) % LIMIT] = height;
        _count = uint16(count + 1);
    }
}
