// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AddressList} from "../lib/AddressList.sol";
import {WatcherSignatureInvalid, WatcherUnknown, WatchersNotAscending} from "../lib/Rejections.sol";
import {Rlp} from "../lib/Rlp.sol";
import {Secp256k1} from "../lib/Secp256k1.sol";
import {FiscoRules} from "./FiscoRules.sol";

/// @title The watchers of a FISCO BCOS 3.x chain: each runs a node of its own that does not seal
/// @notice Watchers alone can forge nothing. They sign with secp256k1, whatever the crypto of the chain they watch.
abstract contract Watched is FiscoRules {
    using AddressList for AddressList.List;

    error WatchersMalformed(uint256 index);
    error TooFewConfiguredWatchers(uint256 count);

    AddressList.List private _watchers;

    /// @param watchers_ three or more, strictly ascending
    constructor(address[] memory watchers_) {
        if (watchers_.length < 3 || watchers_.length > 255) revert TooFewConfiguredWatchers(watchers_.length);
        for (uint256 i = 0; i < watchers_.length; ++i) {
            if (i == 0 ? watchers_[i] == address(0) : watchers_[i] <= watchers_[i - 1]) revert WatchersMalformed(i);
        }
        _watchers.set(watchers_);
    }

    /// @notice The watchers, ascending.
    function watchers() external view returns (address[] memory) {
        return _watchers.all();
    }

    function _watcherCount() internal view returns (uint256) {
        return _watchers.count;
    }

    /// @dev The watcher that signed a digest.
    /// @param index of the signature, for its refusal
    /// @param last the signer before this one
    /// @return signer the watcher
    /// @return place where it is among the watchers
    function _watcher(bytes32 digest, Rlp.Octets memory signature, uint256 index, address last)
        internal
        view
        returns (address signer, uint256 place)
    {
        signer = Secp256k1.lowSigner(digest, signature);
        if (signer == address(0)) revert WatcherSignatureInvalid(index);
        if (signer <= last) revert WatchersNotAscending(index);
        place = _watchers.indexOf(signer);
        if (place == _watchers.count) revert WatcherUnknown(signer);
    }
}
