// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BftHeader} from "../lib/BftHeader.sol";
import {EvmReceipt} from "../lib/EvmReceipt.sol";
import {ReceiptTrie} from "../lib/ReceiptTrie.sol";
import {
    HeightNotNewer,
    MalformedEventProof,
    MalformedHeader,
    MalformedUpdate,
    NoValidators,
    NotMisbehaviour,
    ProposerNotValidator,
    SealByStranger,
    SealInvalid,
    SealRepeated,
    TooFewSeals,
    TooFewTrustedSeals,
    TrustedSetMismatch,
    TrustingPeriodExpired,
    ValidatorsNotAscending
} from "../lib/Rejections.sol";
import {Clock} from "../lib/Clock.sol";
import {Rlp} from "../lib/Rlp.sol";
import {Secp256k1} from "../lib/Secp256k1.sol";
import {ConsensusHistory} from "./ConsensusHistory.sol";
import {ILightClient} from "./ILightClient.sol";

/// @title The light client of a QBFT or IBFT 2.0 chain
/// @notice Rule R6: a header is final when a quorum of the set it lists sealed it, and believed when the set of a header
/// believed before vouches for that list. Sound while fewer than a third of each set within the trusting period is faulty.
contract QbftClient is ConsensusHistory {
    using Rlp for Rlp.Reader;
    using BftHeader for BftHeader.Header;

    error UnknownKind(uint8 kind);

    uint8 private constant QBFT = 1;
    uint8 private constant IBFT2 = 2;
    /// @dev One more than the largest index of a transaction and of a log.
    uint256 private constant INDEX_LIMIT = 1 << 31;

    /// @dev An update while it is judged.
    struct Offer {
        uint64 trustedHeight;
        address[] trustedSet;
        BftHeader.Header header;
        Header state;
    }

    /// @notice The client's name, rule R1.1.
    bytes32 public immutable clientId;
    /// @notice 1 QBFT, 2 IBFT 2.0: the codec is configured, never detected.
    uint8 public immutable kind;

    /// @param chainId_ `sha256(utf8(name))` of the chain that is followed
    /// @param council_ who may re-anchor it
    /// @param anchorHeader RLP list of the first trusted header, height at least 1; its seals are not asked for
    constructor(
        bytes32 chainId_,
        uint8 kind_,
        uint64 trustingPeriodMs_,
        uint64 maxClockDriftMs_,
        address council_,
        bytes memory anchorHeader
    ) ConsensusHistory(chainId_, trustingPeriodMs_, maxClockDriftMs_, council_) {
        if (kind_ != QBFT && kind_ != IBFT2) revert UnknownKind(kind_);
        kind = kind_;
        Header memory first = _readAnchor(anchorHeader);
        clientId = sha256(abi.encodePacked("waybill/client/1", chainId_, kind_, first.height, first.hash));
        _anchor(first);
    }

    /// @notice Judges `RLP [ trustedHeight, trustedValidators, header ]`, or two of these in a list as `misbehaviour` does.
    function update(bytes calldata headerUpdate) external returns (uint64 height) {
        _requireActive();
        Rlp.Reader memory reader = Rlp.open(headerUpdate, Rlp.Subject.Update);
        if (reader.count() == 2) {
            Rlp.Reader memory one = reader.list("items");
            return _requireConflict(one, reader.list("items"));
        }
        Offer memory offer = _read(reader);
        Header memory offered = offer.state;
        if (_hashAt(offered.height) == offered.hash) return offered.height;
        _requireBelievable(offer);
        _accept(offered);
        return offered.height;
    }

    /// @inheritdoc ILightClient
    function misbehaviour(bytes calldata one, bytes calldata other) external {
        _requireActive();
        _requireConflict(Rlp.open(one, Rlp.Subject.Update), Rlp.open(other, Rlp.Subject.Update));
    }

    /// @notice Judges `RLP [ txIndex, logIndex, [node...] ]`.
    function verifyCheckpoint(address emitter, bytes32 topic0, bytes32 lane, uint64 height, bytes calldata eventProof)
        external
        view
        returns (uint256 size, bytes32 root)
    {
        _requireActive();
        bytes32 receiptsRoot = _receiptsRoot(height);
        Rlp.Reader memory reader = Rlp.open(eventProof, Rlp.Subject.EventProof);
        uint64 txIndex = reader.u64("txIndex");
        uint64 logIndex = reader.u64("logIndex");
        if (txIndex >= INDEX_LIMIT) revert MalformedEventProof("txIndex");
        if (logIndex >= INDEX_LIMIT) revert MalformedEventProof("logIndex");
        Rlp.Reader memory nodes = reader.list("nodes");
        reader.finish("items");
        Rlp.Octets memory receipt = ReceiptTrie.receipt(receiptsRoot, txIndex, nodes);
        return EvmReceipt.checkpoint(receipt, logIndex, emitter, topic0, lane);
    }

    /// @dev There is nothing beside the history.
    function _forget() internal override {}

    function _readAnchor(bytes memory anchor) internal view override returns (Header memory) {
        BftHeader.Header memory header = BftHeader.read(Rlp.open(anchor, Rlp.Subject.Header), kind == IBFT2);
        if (header.number == 0) revert MalformedHeader("number");
        _requireWellFormed(header);
        return _state(header);
    }

    function _read(Rlp.Reader memory reader) private view returns (Offer memory offer) {
        offer.trustedHeight = reader.u64("trustedHeight");
        offer.trustedSet = BftHeader.addresses(reader.list("trustedValidators"), "trustedValidators");
        offer.header = BftHeader.read(reader.list("header"), kind == IBFT2);
        reader.finish("items");
        offer.state = _state(offer.header);
    }

    /// @dev Rules R6.2 to R6.4.
    function _requireBelievable(Offer memory offer) private view {
        Header memory trusted = _trusted(offer.trustedHeight);
        _requireNewer(trusted, offer.state);
        _requireWellFormed(offer.header);
        bool same = offer.state.setHash == trusted.setHash;
        if (same) {
            if (offer.trustedSet.length != 0) revert MalformedUpdate("trustedValidators");
        } else {
            bytes32 computed = _setHash(offer.trustedSet);
            if (computed != trusted.setHash) revert TrustedSetMismatch(trusted.setHash, computed);
        }
        uint256 signers = _requireSealed(offer.header, offer.state.hash);
        if (!same) _requireVouched(trusted, offer.trustedSet, offer.header, signers);
    }

    /// @dev Rule R6.6: freezes the client, or refuses.
    function _requireConflict(Rlp.Reader memory one, Rlp.Reader memory other) private returns (uint64 height) {
        Offer memory first = _read(one);
        Offer memory second = _read(other);
        height = first.state.height;
        if (height != second.state.height || first.state.hash == second.state.hash) {
            revert NotMisbehaviour(height, second.state.height);
        }
        _requireBelievable(first);
        _requireBelievable(second);
        _freeze(height, first.state.hash, second.state.hash);
    }

    function _state(BftHeader.Header memory header) private view returns (Header memory) {
        return Header(
            header.number,
            header.onChainHash(),
            header.receiptsRoot,
            header.timestamp * 1000,
            _setHash(header.validators),
            0
        );
    }

    /// @dev `sha256` over the concatenated addresses of 20 octets.
    function _setHash(address[] memory set) private pure returns (bytes32) {
        bytes memory packed = new bytes(20 * set.length);
        for (uint256 i = 0; i < set.length; ++i) {
            bytes20 member = bytes20(set[i]);
            assembly ("memory-safe") {
                // The word reaches 12 octets beyond: into what is written next, or, for the last, what is put back.
                let place := add(add(packed, 32), mul(i, 20))
                let next := mload(add(place, 20))
                mstore(place, member)
                mstore(add(place, 20), next)
            }
        }
        return sha256(packed);
    }

    /// @dev Rule R6.3.
    function _requireNewer(Header memory trusted, Header memory offered) private view {
        if (offered.height <= trusted.height) revert HeightNotNewer(trusted.height, offered.height);
        uint256 nowMs = Clock.nowMs();
        if (uint256(trusted.timeMs) + trustingPeriodMs <= nowMs) revert TrustingPeriodExpired(trusted.timeMs, nowMs);
        _requireTimely(trusted.timeMs, offered.timeMs);
    }

    /// @dev Rule R6.1: the set is not empty and strictly ascending, and the proposer is in it.
    function _requireWellFormed(BftHeader.Header memory header) private pure {
        address[] memory set = header.validators;
        if (set.length == 0) revert NoValidators();
        for (uint256 i = 1; i < set.length; ++i) {
            if (set[i - 1] >= set[i]) revert ValidatorsNotAscending(i);
        }
        if (_indexOf(set, header.proposer) == set.length) revert ProposerNotValidator(header.proposer);
    }

    /// @dev Rule R6.2: every seal is a validator's, none seals twice, and they are a quorum. Signers are told apart by
    /// account: a seal may be written in two ways.
    /// @return signers bit i for the validator i; sets of more than 256 have no client
    function _requireSealed(BftHeader.Header memory header, bytes32 onChain) private view returns (uint256 signers) {
        address[] memory set = header.validators;
        if (set.length > 256) revert MalformedHeader("validators");
        bytes32 digest = header.sealDigest(onChain);
        Rlp.Reader memory seals = header.seals;
        uint256 counted = 0;
        for (; !seals.done(); ++counted) {
            address signer = Secp256k1.signerAt(digest, seals.fixed_(65, "seals"));
            if (signer == address(0)) revert SealInvalid(counted);
            uint256 index = _indexOf(set, signer);
            if (index == set.length) revert SealByStranger(signer);
            if ((signers >> index) & 1 == 1) revert SealRepeated(signer);
            signers |= 1 << index;
        }
        uint256 needed = _quorum(set.length);
        if (counted < needed) revert TooFewSeals(counted, needed);
    }

    /// @dev Rule R6.4 for a set that changed: a quorum of the trusted set signed; or the header is the trusted one's child,
    /// its set differs in one member, and only the newcomer is missing from a quorum.
    function _requireVouched(
        Header memory trusted,
        address[] memory trustedSet,
        BftHeader.Header memory header,
        uint256 signers
    ) private pure {
        address[] memory set = header.validators;
        uint256 counted = 0;
        uint256 kept = 0;
        for (uint256 i = 0; i < set.length; ++i) {
            if (_indexOf(trustedSet, set[i]) == trustedSet.length) continue;
            ++kept;
            counted += (signers >> i) & 1;
        }
        uint256 needed = _quorum(trustedSet.length);
        uint256 added = set.length - kept;
        bool child = header.number == trusted.height + 1 && header.parentHash == trusted.hash;
        if (child && added + (trustedSet.length - kept) == 1) {
            uint256 oneHonest = trustedSet.length / 3 + 1;
            uint256 quorum = _quorum(set.length) - added;
            uint256 adjacent = quorum > oneHonest ? quorum : oneHonest;
            if (adjacent < needed) needed = adjacent;
        }
        if (counted < needed) revert TooFewTrustedSeals(counted, needed);
    }

    /// @dev `ceil(2n / 3)`.
    function _quorum(uint256 n) private pure returns (uint256) {
        return (2 * n + 2) / 3;
    }

    /// @dev Where a member is in a set that ascends, or the set's length.
    function _indexOf(address[] memory set, address member) private pure returns (uint256) {
        unchecked {
            uint256 low = 0;
            uint256 high = set.length;
            while (low < high) {
                uint256 middle = (low + high) / 2;
                address found;
                assembly ("memory-safe") {
                    found := mload(add(add(set, 32), mul(middle, 32)))
                }
                if (found == member) return middle;
                if (found < member) low = middle + 1;
                else high = middle;
            }
            return set.length;
        }
    }
}
