// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Rlp} from "./Rlp.sol";

/// @title Who made a signature of 65 octets `r || s || v`, `v` 0 or 1
library Secp256k1 {
    /// @dev Half the order of the curve.
    uint256 private constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @notice The account whose key signed, or zero. A high s counts, as it does on chains themselves.
    function signer(bytes32 digest, Rlp.Octets memory signature) internal pure returns (address) {
        return signature.size == 65 ? signerAt(digest, signature.start) : address(0);
    }

    /// @notice The account whose key signed, or zero; zero for a high s as well, so that a signature has one form.
    function lowSigner(bytes32 digest, Rlp.Octets memory signature) internal pure returns (address) {
        if (signature.size != 65 || uint256(Rlp.wordAt(signature.start + 32)) > HALF_ORDER) return address(0);
        return signerAt(digest, signature.start);
    }

    /// @notice As `signer`, of the 65 octets of memory at `start`.
    function signerAt(bytes32 digest, uint256 start) internal pure returns (address) {
        uint256 v = Rlp.octetAt(start + 64);
        if (v > 1) return address(0);
        return ecrecover(digest, uint8(27 + v), Rlp.wordAt(start), Rlp.wordAt(start + 32));
    }
}
