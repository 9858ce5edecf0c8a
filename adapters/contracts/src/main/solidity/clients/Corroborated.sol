// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AddressList} from "../lib/AddressList.sol";
import {
    NoConflict,
    NoDestinationWatcher,
    TooFewWatchers,
    WatcherSignatureInvalid,
    WatcherUnknown,
    WatchersNotAscending
} from "../lib/Rejections.sol";
import {Rlp} from "../lib/Rlp.sol";
import {Secp256k1} from "../lib/Secp256k1.sol";
import {FiscoRules} from "./FiscoRules.sol";
import {ILightClient} from "./ILightClient.sol";

/// @title Mode CORROBORATED: watchers over headers of a FISCO BCOS 3.x chain
/// @notice Rule R4.6. A quorum alone proves too little there; watchers alone can forge nothing, for they cannot seal. They
/// sign with secp256k1, whatever the crypto of the chain they watch.
abstract contract Corroborated is FiscoRules {
    using AddressList for AddressList.List;
    using Rlp for Rlp.Reader;

    error WatchersMalformed(uint256 index);
    error TooFewConfiguredWatchers(uint256 count);

    /// @notice Which watchers the destination's operators named: bit i for `watchers[i]`.
    uint256 public immutable destinationWatchers;

    AddressList.List private _watchers;

    /// @param watchers_ three or more, strictly ascending
    constructor(address[] memory watchers_, uint256 destinationWatchers_) {
        if (watchers_.length < 3 || watchers_.length > 255) revert TooFewConfiguredWatchers(watchers_.length);
        for (uint256 i = 0; i < watchers_.length; ++i) {
            if (i == 0 ? watchers_[i] == address(0) : watchers_[i] <= watchers_[i - 1]) revert WatchersMalformed(i);
        }
        if (destinationWatchers_ == 0 || destinationWatchers_ >> watchers_.length != 0) {
            revert WatchersMalformed(watchers_.length);
        }
        destinationWatchers = destinationWatchers_;
        _watchers.set(watchers_);
    }

    /// @notice The watchers, ascending.
    function watchers() external view returns (address[] memory) {
        return _watchers.all();
    }

    /// @notice How many watchers must sign: more than half.
    function watchersNeeded() public view returns (uint256) {
        return _watchers.count / 2 + 1;
    }

    /// @notice Judges `RLP [ trustedHeight, trustedSet, newSet, headers, seals, watcherSignatures ]`.
    function update(bytes calldata headerUpdate) external returns (uint64 height) {
        Header[] memory headers = _judge(headerUpdate);
        for (uint256 i = 0; i < headers.length; ++i) {
            if (!_accept(headers[i])) break;
        }
        return headers[headers.length - 1].height;
    }

    /// @inheritdoc ILightClient
    function misbehaviour(bytes calldata one, bytes calldata other) external {
        Header[] memory first = _judge(one);
        Header[] memory second = _judge(other);
        if (_contradicts(first) || _contradicts(second)) return;
        for (uint256 i = 0; i < second.length; ++i) {
            uint64 height = second[i].height;
            if (height < first[0].height || height - first[0].height >= first.length) continue;
            bytes32 hash = first[height - first[0].height].hash;
            if (hash != second[i].hash) {
                _freeze(height, hash, second[i].hash);
                return;
            }
        }
        revert NoConflict(second[second.length - 1].height);
    }

    /// @dev All that mode CORROBORATED asks of an update.
    function _judge(bytes calldata headerUpdate) private view returns (Header[] memory headers) {
        _requireActive();
        Rlp.Reader memory reader = Rlp.open(headerUpdate, Rlp.Subject.Update);
        headers = _judgeHeaders(reader);
        _requireCorroborated(reader.list("watcherSignatures"), headers[headers.length - 1]);
        reader.finish("list");
    }

    /// @dev Freezes the client if one of the headers is another than the one believed of its height.
    function _contradicts(Header[] memory headers) private returns (bool) {
        for (uint256 i = 0; i < headers.length; ++i) {
            bytes32 known = _hashAt(headers[i].height);
            if (known != 0 && known != headers[i].hash) {
                _freeze(headers[i].height, known, headers[i].hash);
                return true;
            }
        }
        return false;
    }

    /// @dev Rule R4.6: more than half of the watchers, one of them named by the destination's operators.
    function _requireCorroborated(Rlp.Reader memory signatures, Header memory tip) private view {
        bytes32 digest = sha256(
            abi.encodePacked("waybill/header/1", verifyingChainId, address(this), clientId, tip.height, tip.hash)
        );
        address last = address(0);
        uint256 counted = 0;
        uint256 named = 0;
        for (uint256 i = 0; !signatures.done(); ++i) {
            Rlp.Octets memory signature = signatures.octets("watcherSignatures");
            address signer = Secp256k1.lowSigner(digest, signature);
            if (signer == address(0)) revert WatcherSignatureInvalid(i);
            if (signer <= last) revert WatchersNotAscending(i);
            named |= 1 << _watcher(signer);
            last = signer;
            ++counted;
        }
        if (counted < watchersNeeded()) revert TooFewWatchers(counted, watchersNeeded());
        if (named & destinationWatchers == 0) revert NoDestinationWatcher();
    }

    function _watcher(address signer) private view returns (uint256) {
        uint256 index = _watchers.indexOf(signer);
        if (index == _watchers.count) revert WatcherUnknown(signer);
        return index;
    }
}
