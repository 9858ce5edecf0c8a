// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {NoConflict, NoDestinationWatcher, TooFewWatchers} from "../lib/Rejections.sol";
import {Rlp} from "../lib/Rlp.sol";
import {ILightClient} from "./ILightClient.sol";
import {Watched} from "./Watched.sol";

/// @title Mode CORROBORATED: watchers over headers of a FISCO BCOS 3.x chain
/// @notice Rule R4.6. A quorum alone proves too little there; watchers alone can forge nothing, for they cannot seal.
abstract contract Corroborated is Watched {
    using Rlp for Rlp.Reader;

    /// @notice Which watchers the destination's operators named: bit i for `watchers[i]`.
    uint256 public immutable destinationWatchers;

    /// @param watchers_ three or more, strictly ascending
    constructor(address[] memory watchers_, uint256 destinationWatchers_) Watched(watchers_) {
        if (destinationWatchers_ == 0 || destinationWatchers_ >> watchers_.length != 0) {
            revert WatchersMalformed(watchers_.length);
        }
        destinationWatchers = destinationWatchers_;
    }

    /// @notice How many watchers must sign: more than half.
    function watchersNeeded() public view returns (uint256) {
        return _watcherCount() / 2 + 1;
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

    /// @dev There is nothing beside the history.
    function _forget() internal override {}

    /// @dev A header that is believed.
    function _start(uint64 height) internal view override returns (Header memory) {
        return _trusted(height);
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
            uint256 place;
            (last, place) = _watcher(digest, signatures.octets("watcherSignatures"), i, last);
            named |= 1 << place;
            ++counted;
        }
        if (counted < watchersNeeded()) revert TooFewWatchers(counted, watchersNeeded());
        if (named & destinationWatchers == 0) revert NoDestinationWatcher();
    }
}
