// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Host} from "host/Host.sol";
import {Rlp} from "../lib/Rlp.sol";
import {Secp256k1} from "../lib/Secp256k1.sol";
import {FiscoRules} from "./FiscoRules.sol";

/// @title A FISCO BCOS chain made with Keccak-256 and secp256k1: seals are 65 octets `r || s || v`
abstract contract StandardSuite is FiscoRules {
    /// @inheritdoc FiscoRules
    function _kind() internal pure override returns (uint8) {
        return 3;
    }

    /// @inheritdoc FiscoRules
    function _hash(uint256 start, uint256 size) internal view override returns (bytes32) {
        return Host.keccak(start, size);
    }

    /// @inheritdoc FiscoRules
    function _signed(bytes32 hash, uint256 id, Rlp.Octets memory signature) internal view override returns (bool) {
        address account = address(uint160(uint256(Host.keccak(id, 64))));
        return account != address(0) && Secp256k1.signer(hash, signature) == account;
    }
}

/// @title A FISCO BCOS chain made with SM3 and SM2: seals are 64 octets `r || s`
abstract contract SmSuite is FiscoRules {
    /// @inheritdoc FiscoRules
    function _kind() internal pure override returns (uint8) {
        return 4;
    }

    /// @inheritdoc FiscoRules
    function _hash(uint256 start, uint256 size) internal view override returns (bytes32) {
        return Host.sm3(start, size);
    }

    /// @inheritdoc FiscoRules
    function _signed(bytes32 hash, uint256 id, Rlp.Octets memory signature) internal view override returns (bool) {
        if (signature.size != 64) return false;
        return Host.sm2(hash, id, Rlp.wordAt(signature.start), Rlp.wordAt(signature.start + 32));
    }
}
