// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Challenged} from "./Challenged.sol";
import {FiscoRules} from "./FiscoRules.sol";
import {SmSuite} from "./FiscoSuites.sol";

/// @title The light client of a FISCO BCOS 3.x chain of national crypto, mode CHALLENGED
contract ChallengedFiscoSmClient is Challenged, SmSuite {
    /// @param chainId_ `sha256(utf8(name))` of the chain that is followed
    /// @param watchers_ each may hold what waits; three or more, strictly ascending
    /// @param operators_ two of them release and agree to new lists; 2 to 255, strictly ascending
    /// @param challengePeriodMs_ 30 minutes or more, and shorter than the trusting period
    /// @param council_ who may re-anchor it
    /// @param anchor `RLP [ number, parentHash, set, header ]`, the header as in an update
    constructor(
        bytes32 chainId_,
        bytes32 verifyingChainId_,
        uint64 trustingPeriodMs_,
        uint64 maxClockDriftMs_,
        uint32 versionFloor_,
        address[] memory watchers_,
        address[] memory operators_,
        uint64 challengePeriodMs_,
        address council_,
        bytes memory anchor
    )
        FiscoRules(chainId_, verifyingChainId_, trustingPeriodMs_, maxClockDriftMs_, versionFloor_, council_, anchor)
        Challenged(watchers_, operators_, challengePeriodMs_)
    {}
}
