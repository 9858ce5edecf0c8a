// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Corroborated} from "./Corroborated.sol";
import {FiscoRules} from "./FiscoRules.sol";
import {SmSuite} from "./FiscoSuites.sol";

/// @title The light client of a FISCO BCOS 3.x chain of national crypto, mode CORROBORATED
contract FiscoSmClient is Corroborated, SmSuite {
    /// @param chainId_ `sha256(utf8(name))` of the chain that is followed
    /// @param watchers_ three or more, strictly ascending
    /// @param council_ who may re-anchor it
    /// @param anchor `RLP [ number, parentHash, set, header ]`, the header as in an update
    constructor(
        bytes32 chainId_,
        bytes32 verifyingChainId_,
        uint64 trustingPeriodMs_,
        uint64 maxClockDriftMs_,
        uint32 versionFloor_,
        address[] memory watchers_,
        uint256 destinationWatchers_,
        address council_,
        bytes memory anchor
    )
        FiscoRules(chainId_, verifyingChainId_, trustingPeriodMs_, maxClockDriftMs_, versionFloor_, council_, anchor)
        Corroborated(watchers_, destinationWatchers_)
    {}
}
