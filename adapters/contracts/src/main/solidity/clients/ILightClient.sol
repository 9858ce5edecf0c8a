// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title A light client of one chain, living on another
/// @notice The rules by which foreign headers are accepted, and nothing else. Its parameters never change; what the
/// chain behind it looks like is its own affair.
interface ILightClient {
    /// @notice A header became a consensus state.
    event HeaderAccepted(uint64 indexed height, bytes32 hash);

    /// @notice Two finalised headers of one height were shown: the client believes nothing any more, rule R6.6, R4.8.
    event ClientFrozen(uint64 height, bytes32 accepted, bytes32 conflicting);

    /// @notice The council gave the client a new beginning.
    event Reanchored(uint64 indexed height, bytes32 hash);

    /// @notice Judges a header update and keeps the headers that it proves. One that proves misbehaviour freezes the
    /// client and returns normally, so that the freeze persists; one that is known already changes nothing.
    /// @return height of the last header in the update
    function update(bytes calldata headerUpdate) external returns (uint64 height);

    /// @notice Judges the proof that a contract emitted a checkpoint event in an accepted block.
    /// @param emitter the contract that must have emitted it
    /// @param topic0 Keccak-256 of the event's signature
    /// @return size leaves of the log, `1 <= size < 2^48`
    /// @return root of that log, not zero
    function verifyCheckpoint(address emitter, bytes32 topic0, bytes32 lane, uint64 height, bytes calldata eventProof)
        external
        view
        returns (uint256 size, bytes32 root);

    /// @notice Judges two header updates that together prove misbehaviour: two headers of one height, each of which would
    /// be believed. Then the client freezes and the call returns normally, so that the freeze persists; what proves none
    /// is refused with its reason. Anyone may call it, rules R4.8, R6.6.
    function misbehaviour(bytes calldata one, bytes calldata other) external;

    /// @notice Forgets everything and begins anew from another first header, frozen or not. Its name stays. Only the
    /// council may, and it acts by several hands and after a delay.
    /// @param anchor as in the client's creation
    function reanchor(bytes calldata anchor) external;

    /// @notice Who may re-anchor the client; nothing else needs it.
    function council() external view returns (address);

    /// @notice Why the client froze last: a height and the two hashes shown of it; all zero if it never did. Kept when the
    /// client is re-anchored.
    function evidence() external view returns (uint64 height, bytes32 accepted, bytes32 conflicting);

    /// @notice The client's name, rule R1.1.
    function clientId() external view returns (bytes32);

    /// @notice `sha256(utf8(name))` of the chain the client follows.
    function followedChainId() external view returns (bytes32);

    /// @notice 1 active, 2 expired, 3 frozen.
    function status() external view returns (uint8);

    /// @notice The highest accepted height.
    function latestHeight() external view returns (uint64);

    /// @notice What is held, ascending by height.
    function history() external view returns (uint64[] memory heights, bytes32[] memory hashes);

    /// @notice What is held of one height; all zero where nothing is.
    function consensusState(uint64 height)
        external
        view
        returns (bytes32 hash, bytes32 receiptsRoot, uint64 timeMs, bytes32 setHash, uint32 version);
}
