// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AddressList} from "../lib/AddressList.sol";
import {CheckpointRecord} from "../lib/CheckpointRecord.sol";
import {
    HeightBelowHistory,
    MalformedUpdate,
    NoConflict,
    NothingAttested,
    TooFewVerifiers,
    VerifierSignatureInvalid,
    VerifierUnknown,
    VerifiersNotAscending
} from "../lib/Rejections.sol";
import {Rlp} from "../lib/Rlp.sol";
import {Secp256k1} from "../lib/Secp256k1.sol";
import {ConsensusHistory} from "./ConsensusHistory.sol";
import {ILightClient} from "./ILightClient.sol";

/// @title The client that believes m of n named verifiers
/// @notice For hosts whose EVM cannot check the followed chain's own proofs. It proves nothing about that chain: a lane
/// that rests on it is as good as its committee. The committee never changes; another is another client. Heights
/// come in any order, from the anchor's on and as long as they are kept; two statements of one height that differ in anything
/// freeze it.
contract CommitteeClient is ConsensusHistory {
    using AddressList for AddressList.List;
    using Rlp for Rlp.Reader;

    error VerifiersMalformed(uint256 index);
    error CommitteeOutOfRange(uint256 verifiers, uint256 needed);

    /// @dev Of the client's kind in its id, rule R1.1.
    uint8 private constant KIND = 10;
    uint256 private constant FEWEST = 3;
    uint256 private constant MOST = 32;
    /// @dev One more than the largest height.
    uint256 private constant HEIGHT_LIMIT = 1 << 62;
    uint256 private constant TIME_LIMIT = 1 << 48;

    /// @notice The client's name, rule R1.1.
    bytes32 public immutable clientId;
    /// @notice `sha256(utf8(name))` of the chain this contract lives on; signatures are made for it.
    bytes32 public immutable verifyingChainId;
    /// @notice How many verifiers must sign, more than half of them.
    uint8 public immutable verifiersNeeded;
    /// @notice `sha256(each verifier || verifiersNeeded)`: the set hash of every state.
    bytes32 public immutable setHash;

    AddressList.List private _verifiers;

    /// @param chainId_ `sha256(utf8(name))` of the chain that is followed
    /// @param verifiers_ 3 to 32, strictly ascending
    /// @param verifiersNeeded_ more than half of them
    /// @param council_ who may re-anchor it
    /// @param anchor `RLP [ height, hash, timestamp ]` of the block that an operator pins; nothing can be proven from it
    constructor(
        bytes32 chainId_,
        bytes32 verifyingChainId_,
        uint64 trustingPeriodMs_,
        uint64 maxClockDriftMs_,
        address[] memory verifiers_,
        uint8 verifiersNeeded_,
        address council_,
        bytes memory anchor
    ) ConsensusHistory(chainId_, trustingPeriodMs_, maxClockDriftMs_, council_) {
        if (verifyingChainId_ == 0) revert ZeroParameter("verifyingChainId");
        uint256 count = verifiers_.length;
        if (count < FEWEST || count > MOST || 2 * uint256(verifiersNeeded_) <= count || verifiersNeeded_ > count) {
            revert CommitteeOutOfRange(count, verifiersNeeded_);
        }
        bytes memory packed;
        for (uint256 i = 0; i < count; ++i) {
            if (i == 0 ? verifiers_[i] == address(0) : verifiers_[i] <= verifiers_[i - 1]) revert VerifiersMalformed(i);
            packed = abi.encodePacked(packed, verifiers_[i]);
        }
        _verifiers.set(verifiers_);
        verifyingChainId = verifyingChainId_;
        verifiersNeeded = verifiersNeeded_;
        setHash = sha256(abi.encodePacked(packed, verifiersNeeded_));
        Header memory first = _readAnchor(anchor);
        clientId = sha256(abi.encodePacked("waybill/client/1", chainId_, KIND, first.height, first.hash));
        _anchor(first);
    }

    /// @notice The verifiers, ascending.
    function verifiers() external view returns (address[] memory) {
        return _verifiers.all();
    }

    /// @notice Judges `RLP [ height, hash, root, timestamp, [signature...] ]`.
    function update(bytes calldata headerUpdate) external returns (uint64 height) {
        Header memory offered = _judge(headerUpdate);
        height = offered.height;
        if (_contradicts(offered) || _hashAt(height) != 0) return height;
        uint64 lowest = _lowest();
        if (height < lowest) revert HeightBelowHistory(height, lowest);
        _requireTimely(height > latestHeight ? _kept(latestHeight).timeMs : 0, offered.timeMs);
        _accept(offered);
    }

    /// @inheritdoc ILightClient
    function misbehaviour(bytes calldata one, bytes calldata other) external {
        Header memory first = _judge(one);
        Header memory second = _judge(other);
        if (_contradicts(first) || _contradicts(second)) return;
        bytes32 accepted = _digest(first);
        bytes32 conflicting = _digest(second);
        if (first.height != second.height || accepted == conflicting) revert NoConflict(second.height);
        _freeze(first.height, accepted, conflicting);
    }

    /// @notice Judges `RLP [ record, index, count, [hash...] ]`, the record among the `count` checkpoints of the block.
    function verifyCheckpoint(address emitter, bytes32 topic0, bytes32 lane, uint64 height, bytes calldata eventProof)
        external
        view
        returns (uint256 size, bytes32 root)
    {
        _requireActive();
        return CheckpointRecord.read(eventProof, emitter, topic0, lane, _receiptsRoot(height));
    }

    /// @dev There is nothing beside the history.
    function _forget() internal override {}

    function _readAnchor(bytes memory anchor) internal view override returns (Header memory first) {
        Rlp.Reader memory reader = Rlp.open(anchor, Rlp.Subject.Update);
        first.height = _height(reader);
        first.hash = reader.word("hash");
        first.timeMs = _timestamp(reader);
        reader.finish("anchor");
        if (first.hash == 0) revert NothingAttested("hash");
        first.setHash = setHash;
    }

    function _judge(bytes calldata headerUpdate) private view returns (Header memory offered) {
        _requireActive();
        Rlp.Reader memory reader = Rlp.open(headerUpdate, Rlp.Subject.Update);
        offered.height = _height(reader);
        offered.hash = reader.word("hash");
        offered.receiptsRoot = reader.word("root");
        offered.timeMs = _timestamp(reader);
        offered.setHash = setHash;
        Rlp.Reader memory signatures = reader.list("signatures");
        reader.finish("list");
        if (offered.hash == 0) revert NothingAttested("hash");
        if (offered.receiptsRoot == 0) revert NothingAttested("root");
        _requireAttested(signatures, _digest(offered));
    }

    function _height(Rlp.Reader memory reader) private pure returns (uint64 height) {
        height = reader.u64("height");
        if (height == 0 || height >= HEIGHT_LIMIT) revert MalformedUpdate("height");
    }

    function _timestamp(Rlp.Reader memory reader) private pure returns (uint64 timeMs) {
        timeMs = reader.u64("timestamp");
        if (timeMs == 0 || timeMs >= TIME_LIMIT) revert MalformedUpdate("timestamp");
    }

    /// @dev What a verifier signs, rule R1.6.
    function _digest(Header memory block_) private view returns (bytes32) {
        return sha256(
            abi.encodePacked(
                abi.encodePacked("waybill/committee/1", verifyingChainId, address(this), clientId),
                abi.encodePacked(block_.height, block_.hash, block_.receiptsRoot, block_.timeMs)
            )
        );
    }

    function _requireAttested(Rlp.Reader memory signatures, bytes32 digest) private view {
        address last = address(0);
        uint256 counted = 0;
        for (; !signatures.done(); ++counted) {
            address signer = Secp256k1.lowSigner(digest, signatures.octets("signatures"));
            if (signer == address(0)) revert VerifierSignatureInvalid(counted);
            if (signer <= last) revert VerifiersNotAscending(counted);
            if (_verifiers.indexOf(signer) == _verifiers.count) revert VerifierUnknown(signer);
            last = signer;
        }
        if (counted < verifiersNeeded) revert TooFewVerifiers(counted, verifiersNeeded);
    }

    /// @dev Freezes the client if a statement differs from what is believed of its height; of the anchor's only hash and
    /// time are known. The evidence is the two digests that verifiers sign, for the hashes alone may be equal.
    function _contradicts(Header memory offered) private returns (bool) {
        Header memory known = _kept(offered.height);
        if (known.hash == 0) return false;
        bool sameRoot = known.receiptsRoot == 0 || known.receiptsRoot == offered.receiptsRoot;
        if (known.hash == offered.hash && sameRoot && known.timeMs == offered.timeMs) return false;
        _freeze(offered.height, _digest(known), _digest(offered));
        return true;
    }
}
