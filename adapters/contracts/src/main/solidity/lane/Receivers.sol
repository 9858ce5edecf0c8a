// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC7786Recipient} from "@openzeppelin/contracts/interfaces/draft-IERC7786.sol";
import {BoundedCall} from "../lib/BoundedCall.sol";
import {Digest} from "../lib/Digest.sol";
import {LaneLog} from "../lib/LaneLog.sol";
import {Packets} from "../lib/Packets.sol";
import {Lanes} from "./Lanes.sol";

/// @title How contracts learn what was delivered: by asking with a proof, or by being told
/// @notice Neither touches a log. A packet's status is final before anyone is told of it, whatever a receiver does.
///
/// A receiver is told by `receiveMessage` of ERC-7786, a fixed function: what a packet holds never chooses what is called.
/// It asked to be told, so nothing can be aimed at a contract that did not, and the contracts of Waybill never ask.
abstract contract Receivers is Lanes {
    error ReceiverNotAllowed(address receiver);
    error ReceiverNotRegistered(bytes32 lane, address receiver);
    error ReceiverFailed(address receiver);
    error StatusOfAnotherPacket(bytes32 expected, bytes32 found);
    error NotDelivered(uint64 index, uint8 status);
    error NotEnoughGas(uint256 needed, uint256 left);

    /// @notice A contract is told of a lane's packets from now on, or no more.
    /// @param gasLimit what it is called with, 0 when it is told no more
    event ReceiverChanged(bytes32 indexed lane, address indexed receiver, uint64 gasLimit);

    /// @notice A receiver took a packet.
    event Notified(bytes32 indexed lane, uint64 indexed index, address indexed receiver);

    /// @dev What is left to do around the call: its own cost, keeping that it succeeded, and saying so.
    uint256 private constant RESERVE = 60_000;

    mapping(bytes32 lane => mapping(address receiver => uint64)) private _gasLimit;
    mapping(bytes32 lane => mapping(address receiver => mapping(uint64 index => bool))) private _notified;

    /// @notice The calling contract wishes to be told of this lane's packets, those delivered already as well.
    /// @param gasLimit what it is always called with, so that whoever tells it cannot make it run short half-way
    function register(bytes32 lane, uint64 gasLimit) external {
        Lane storage state = _opened(lane);
        if (msg.sender.code.length == 0) revert NoContractAt(msg.sender);
        if (msg.sender == address(this) || msg.sender == address(state.client)) revert ReceiverNotAllowed(msg.sender);
        if (gasLimit == 0) revert ZeroTerm("gasLimit");
        _register(lane, gasLimit);
    }

    /// @notice The calling contract is told no more.
    function unregister(bytes32 lane) external {
        if (_gasLimit[lane][msg.sender] == 0) revert ReceiverNotRegistered(lane, msg.sender);
        _register(lane, 0);
    }

    /// @notice What a receiver is called with, 0 if it is not one.
    function receiverGas(bytes32 lane, address receiver) external view returns (uint64) {
        return _gasLimit[lane][receiver];
    }

    /// @notice Whether a receiver took a packet.
    function notified(bytes32 lane, address receiver, uint64 index) external view returns (bool) {
        return _notified[lane][receiver][index];
    }

    /// @notice Whether this packet was delivered here: whether its one final status is Delivered. Good for any packet of the
    /// past. A proof that proves nothing is refused, so "no" means that another status was proven. Whether an attestation
    /// was revoked or superseded since is in later packets of the lane.
    /// @param packet octets of the packet, rule R2.2
    /// @param status octets of its status, rule R2.3, as `StatusAssigned` emitted them; they say which leaf of this end's
    /// log they are
    /// @param path from that leaf to its peak, see LaneLog.requireLeaf
    function isDelivered(bytes32 lane, bytes calldata packet, bytes calldata status, bytes32[] calldata path)
        external
        view
        returns (bool)
    {
        (, uint8 code,) = _statusOf(lane, _opened(lane), packet, status, path);
        return code == Packets.DELIVERED;
    }

    /// @notice Tells a receiver of a delivered packet. Anyone may, at any time and again if it failed; a receiver that took
    /// the packet is not told twice. Nothing is kept unless it succeeds, rule R3.9.
    ///
    /// The receiver gets the packet's leaf hash as `receiveId`, the lane and the sender (32 and 20 octets) as `sender`, and
    /// the attestation as `payload`. It must know this contract and the lane, and answer as ERC-7786 says.
    /// @param packet as in `isDelivered`, with what proves it
    function notify(
        bytes32 lane,
        address receiver,
        bytes calldata packet,
        bytes calldata status,
        bytes32[] calldata path
    ) external nonReentrant {
        (uint64 index, uint8 code, bytes32 leaf) = _statusOf(lane, _moving(lane), packet, status, path);
        if (code != Packets.DELIVERED) revert NotDelivered(index, code);
        uint256 gasLimit = _gasLimit[lane][receiver];
        if (gasLimit == 0) revert ReceiverNotRegistered(lane, receiver);
        if (receiver.code.length == 0) revert NoContractAt(receiver);
        if (_notified[lane][receiver][index]) return;
        _tell(receiver, gasLimit, _message(lane, leaf, packet));
        _notified[lane][receiver][index] = true;
        emit Notified(lane, index, receiver);
    }

    /// @dev Finds what a packet's status is, by the status log.
    function _statusOf(
        bytes32 lane,
        Lane storage state,
        bytes calldata packet,
        bytes calldata status,
        bytes32[] calldata path
    ) private view returns (uint64 index, uint8 code, bytes32 leaf) {
        index = Packets.statusIndex(status);
        Packets.requireStatusOf(status, lane, index);
        leaf = Digest.leaf(packet);
        if (leaf != Packets.statusLeaf(status)) revert StatusOfAnotherPacket(Packets.statusLeaf(status), leaf);
        LaneLog.requireLeaf(state.peaks, state.size, index, Digest.leaf(status), path);
        code = Packets.statusCode(status);
    }

    function _message(bytes32 lane, bytes32 leaf, bytes calldata packet) private pure returns (bytes memory) {
        return abi.encodeCall(
            IERC7786Recipient.receiveMessage,
            (leaf, abi.encodePacked(lane, Packets.senderOf(packet)), Packets.attestationOf(packet))
        );
    }

    /// @dev Of the gas that is left, 63 parts of 64 may go into a call.
    function _tell(address receiver, uint256 gasLimit, bytes memory message) private {
        uint256 needed = gasLimit + gasLimit / 63 + RESERVE;
        uint256 left = gasleft();
        if (left < needed) revert NotEnoughGas(needed, left);
        bytes32 answer = BoundedCall.firstWord(receiver, gasLimit, message);
        if (answer != bytes32(IERC7786Recipient.receiveMessage.selector)) revert ReceiverFailed(receiver);
    }

    function _register(bytes32 lane, uint64 gasLimit) private {
        _gasLimit[lane][msg.sender] = gasLimit;
        emit ReceiverChanged(lane, msg.sender, gasLimit);
    }
}
