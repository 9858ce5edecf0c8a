// SPDX-License-Identifier: Apache-2.0 AND MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Sm3} from "./Sm3.sol";

/// @title Signatures of SM2 (GB/T 32918.2-2016, 7), where no precompile judges them
/// @notice Under the identity 1234567812345678. The structure is that of OpenZeppelin's P256 (MIT): points in Jacobian
/// coordinates, two bits of both factors at a time, a table of the sixteen sums. The curve differs, what is verified
/// differs, and doubling uses that `a = p - 3`.
library Sm2 {
    /// @dev A point in memory: x, y, z; `z = 0` at infinity.
    uint256 private constant SIZE = 96;

    uint256 private constant P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff;
    uint256 private constant B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93;
    uint256 private constant N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123;
    uint256 private constant GX = 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7;
    uint256 private constant GY = 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0;

    /// @dev SM3's state after the first 128 octets of `0x0080 || identity || a || b || GX || GY`.
    uint256 private constant OWNER = 0xadadedb50446043f08a87acee86d22438e232383bfc81fe2cf9117c84707011d;
    /// @dev The 18 octets of it that are left, to the left of a word.
    bytes32 private constant OWNER_REST = 0x2153d0a9877cc62a474002df32e52139f0a00000000000000000000000000000;

    /// @notice Whether a key signed a message of 32 octets.
    /// @param key where its 64 octets lie in memory, x and y
    function verify(bytes32 message, uint256 key, bytes32 r, bytes32 s) internal view returns (bool) {
        (uint256 x, uint256 y) = _coordinates(key);
        (uint256 left, uint256 right) = (uint256(r), uint256(s));
        if (left == 0 || left >= N || right == 0 || right >= N || !_onCurve(x, y)) return false;
        uint256 t = addmod(left, right, N);
        if (t == 0) return false;
        (uint256 sum, bool finite) = _sumX(right, t, x, y);
        return finite && addmod(uint256(_digest(message, x, y)), sum, N) == left;
    }

    /// @dev `SM3(owner || message)`, where owner is the SM3 of who signs under which identity.
    function _digest(bytes32 message, uint256 x, uint256 y) private view returns (bytes32) {
        uint256 place;
        assembly ("memory-safe") {
            place := mload(0x40)
            mstore(place, OWNER_REST)
            mstore(add(place, 18), x)
            mstore(add(place, 50), y)
            // What SM3 uses as scratch lies behind these octets.
            mstore(0x40, add(place, 96))
        }
        bytes32 owner = Sm3.finish(OWNER, 128, place, 82);
        assembly ("memory-safe") {
            mstore(place, owner)
            mstore(add(place, 32), message)
        }
        return Sm3.digest(place, 64);
    }

    function _coordinates(uint256 key) private pure returns (uint256 x, uint256 y) {
        assembly ("memory-safe") {
            x := mload(key)
            y := mload(add(key, 32))
        }
    }

    function _onCurve(uint256 x, uint256 y) private pure returns (bool) {
        if (x >= P || y >= P) return false;
        return mulmod(y, y, P) == addmod(mulmod(addmod(mulmod(x, x, P), P - 3, P), x, P), B, P);
    }

    /// @dev The x of `G·u + K·v`, two bits of each at a time.
    /// @return finite false if the sum is the point at infinity
    function _sumX(uint256 u, uint256 v, uint256 keyX, uint256 keyY) private view returns (uint256, bool finite) {
        uint256 table = _table(keyX, keyY);
        (uint256 x, uint256 y, uint256 z) = (0, 0, 0);
        unchecked {
            for (uint256 i = 0; i < 128; ++i) {
                if (z != 0) {
                    (x, y, z) = _double(x, y, z);
                    (x, y, z) = _double(x, y, z);
                }
                uint256 chosen = table + SIZE * (((u >> 252) & 12) | (v >> 254));
                (uint256 cx, uint256 cy, uint256 cz) = _load(chosen);
                if (cz != 0) (x, y, z) = z == 0 ? (cx, cy, cz) : _add(chosen, x, y, z);
                u <<= 2;
                v <<= 2;
            }
        }
        if (z == 0) return (0, false);
        uint256 inverse = Math.invModPrime(z, P);
        return (mulmod(x, mulmod(inverse, inverse, P), P), true);
    }

    /// @dev At `4·i + j` the point `G·i + K·j`, where `i + j != 0`. No point doubles or triples to infinity, for the order
    /// is a prime, so none of those added here is at infinity; a sum may be.
    function _table(uint256 keyX, uint256 keyY) private pure returns (uint256 table) {
        unchecked {
            assembly ("memory-safe") {
                table := mload(0x40)
                mstore(0x40, add(table, 1536))
                mstore(add(table, 64), 0)
            }
            _store(table + SIZE, keyX, keyY, 1);
            _store(table + 4 * SIZE, GX, GY, 1);
            for (uint256 step = SIZE; step <= 4 * SIZE; step += 3 * SIZE) {
                (uint256 x, uint256 y, uint256 z) = _load(table + step);
                (x, y, z) = _double(x, y, z);
                _store(table + 2 * step, x, y, z);
                (x, y, z) = _add(table + step, x, y, z);
                _store(table + 3 * step, x, y, z);
            }
            for (uint256 i = 4 * SIZE; i <= 12 * SIZE; i += 4 * SIZE) {
                (uint256 x, uint256 y, uint256 z) = _load(table + i);
                for (uint256 j = SIZE; j < 4 * SIZE; j += SIZE) {
                    (uint256 sx, uint256 sy, uint256 sz) = _add(table + j, x, y, z);
                    _store(table + i + j, sx, sy, sz);
                }
            }
        }
    }

    function _load(uint256 point) private pure returns (uint256 x, uint256 y, uint256 z) {
        assembly ("memory-safe") {
            x := mload(point)
            y := mload(add(point, 32))
            z := mload(add(point, 64))
        }
    }

    function _store(uint256 point, uint256 x, uint256 y, uint256 z) private pure {
        assembly ("memory-safe") {
            mstore(point, x)
            mstore(add(point, 32), y)
            mstore(add(point, 64), z)
        }
    }

    /// @dev dbl-2001-b for `a = -3`, of a point that is not at infinity.
    function _double(uint256 x, uint256 y, uint256 z) private pure returns (uint256 rx, uint256 ry, uint256 rz) {
        assembly ("memory-safe") {
            let p := P
            let yy := mulmod(y, y, p)
            let zz := mulmod(z, z, p)
            let m := mulmod(3, mulmod(addmod(x, sub(p, zz), p), addmod(x, zz, p), p), p) // 3·(x - z²)·(x + z²)
            let s := mulmod(4, mulmod(x, yy, p), p) // 4·x·y²
            rx := addmod(mulmod(m, m, p), sub(p, addmod(s, s, p)), p) // m² - 2·s
            ry := addmod(mulmod(m, addmod(s, sub(p, rx), p), p), sub(p, mulmod(8, mulmod(yy, yy, p), p)), p)
            rz := mulmod(2, mulmod(y, z, p), p)
        }
    }

    /// @dev add-1998-cmo-2 of two points that are not at infinity; where they are the same, doubling.
    function _add(uint256 one, uint256 x2, uint256 y2, uint256 z2)
        private
        pure
        returns (uint256 rx, uint256 ry, uint256 rz)
    {
        bool same;
        assembly ("memory-safe") {
            let p := P
            let z1 := mload(add(one, 64))
            let zz1 := mulmod(z1, z1, p)
            let zz2 := mulmod(z2, z2, p)
            let s1 := mulmod(mload(add(one, 32)), mulmod(zz2, z2, p), p)
            let r := addmod(mulmod(y2, mulmod(zz1, z1, p), p), sub(p, s1), p)
            let u1 := mulmod(mload(one), zz2, p)
            let h := addmod(mulmod(x2, zz1, p), sub(p, u1), p)
            same := and(iszero(r), iszero(h))
            let hh := mulmod(h, h, p)
            let hhh := mulmod(h, hh, p)
            let v := mulmod(u1, hh, p)
            rx := addmod(addmod(mulmod(r, r, p), sub(p, hhh), p), sub(p, addmod(v, v, p)), p)
            ry := addmod(mulmod(r, addmod(v, sub(p, rx), p), p), sub(p, mulmod(s1, hhh, p)), p)
            rz := mulmod(h, mulmod(z1, z2, p), p)
        }
        if (same) return _double(x2, y2, z2);
    }
}
