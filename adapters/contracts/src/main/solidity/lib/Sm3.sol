// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title SM3, the hash of GB/T 32905-2016, where no precompile computes it
/// @notice Its state is kept as the one word that the digest is. What lies beyond the free memory pointer is scratch here:
/// used, and left to whoever comes next.
library Sm3 {
    /// @dev The state before the first block.
    uint256 private constant START = 0x7380166f4914b2b9172442d7da8a0600a96f30bc163138aae38dee4db0fb0e4e;

    /// @notice `SM3(memory[start .. start + size))`.
    function digest(uint256 start, uint256 size) internal view returns (bytes32) {
        return bytes32(_run(_place(START, 0, start, size)));
    }

    /// @notice The digest of a message whose first octets were hashed before.
    /// @param state the state after them
    /// @param before how many they were, a multiple of 64
    /// @param start where the octets that follow them lie, `size` of them
    function finish(uint256 state, uint256 before, uint256 start, uint256 size) internal view returns (bytes32) {
        return bytes32(_run(_place(state, before, start, size)));
    }

    /// @dev Where it is put together what `_run` needs.
    function _place(uint256 state, uint256 before, uint256 start, uint256 size) private view returns (uint256 place) {
        assembly ("memory-safe") {
            // Beyond what is hashed, which may be scratch itself.
            place := mload(0x40)
            if gt(add(start, size), place) { place := add(start, size) }
            mstore(place, state)
            mstore(add(place, 32), add(before, size))
            mstore(add(place, 64), size)
            if iszero(staticcall(gas(), 4, start, size, add(place, 96), size)) { revert(0, 0) }
        }
    }

    /// @dev Everything is handed over in memory, so that this is one function, however it is called.
    /// @param place where lie the state, how many octets there are in all, how many follow, and these
    function _run(uint256 place) private pure returns (uint256 state) {
        uint256 message = place + 96;
        uint256 end = _pad(place);
        uint256 words = end + 256;
        assembly ("memory-safe") {
            state := mload(place)
        }
        _rotatedConstants(end);
        unchecked {
            for (; message < end; message += 64) {
                _expand(words, message);
                state ^= _compress(state, words, end);
            }
        }
    }

    /// @dev Puts behind the octets one bit, zeros, and how many bits there are.
    /// @return end where the last block ends
    function _pad(uint256 place) private pure returns (uint256 end) {
        assembly ("memory-safe") {
            let size := mload(add(place, 64))
            let message := add(place, 96)
            end := add(message, and(add(size, 72), not(63)))
            let rest := add(message, size)
            mstore(rest, shl(255, 1))
            for { rest := add(rest, 32) } lt(rest, end) { rest := add(rest, 32) } { mstore(rest, 0) }
            let last := sub(end, 32)
            mstore(last, or(mload(last), shl(3, mload(add(place, 32)))))
        }
    }

    /// @dev The constant of round j, turned left by j.
    function _rotatedConstants(uint256 place) private pure {
        assembly ("memory-safe") {
            mstore(place, 0x79cc4519f3988a32e7311465ce6228cb9cc451973988a32f7311465ee6228cbc)
            mstore(add(place, 32), 0xcc451979988a32f3311465e76228cbcec451979c88a32f3911465e73228cbce6)
            mstore(add(place, 64), 0x9d8a7a873b14f50f7629ea1eec53d43cd8a7a879b14f50f3629ea1e7c53d43ce)
            mstore(add(place, 96), 0x8a7a879d14f50f3b29ea1e7653d43ceca7a879d84f50f3b19ea1e7623d43cec5)
            mstore(add(place, 128), 0x7a879d8af50f3b14ea1e7629d43cec53a879d8a750f3b14fa1e7629e43cec53d)
            mstore(add(place, 160), 0x879d8a7a0f3b14f51e7629ea3cec53d479d8a7a8f3b14f50e7629ea1cec53d43)
            mstore(add(place, 192), 0x9d8a7a873b14f50f7629ea1eec53d43cd8a7a879b14f50f3629ea1e7c53d43ce)
            mstore(add(place, 224), 0x8a7a879d14f50f3b29ea1e7653d43ceca7a879d84f50f3b19ea1e7623d43cec5)
        }
    }

    /// @dev Section 5.3.2: sixteen words become 68. `D` doubles a word, so that turning it is one shift.
    function _expand(uint256 words, uint256 message) private pure {
        assembly ("memory-safe") {
            let D := 0x100000001
            let M := 0xffffffff
            let w := words
            for { let end := add(message, 64) } lt(message, end) { message := add(message, 4) } {
                mstore(w, shr(224, mload(message)))
                w := add(w, 32)
            }
            for { let end := add(words, 2176) } lt(w, end) { w := add(w, 32) } {
                let x := and(shr(17, mul(mload(sub(w, 96)), D)), M)
                x := xor(x, xor(mload(sub(w, 512)), mload(sub(w, 288))))
                let y := mul(x, D)
                x := xor(x, xor(xor(shr(17, y), shr(9, y)), shr(25, mul(mload(sub(w, 416)), D))))
                mstore(w, xor(and(x, M), mload(sub(w, 192))))
            }
        }
    }

    /// @dev Section 5.3.3. Four words lie in one, the first of them highest, so that a round moves them all by one shift.
    /// @return the words, not yet mixed with the state they come from
    function _compress(uint256 state, uint256 w, uint256 t) private pure returns (uint256) {
        assembly ("memory-safe") {
            let M := 0xffffffff
            let upper := shr(128, state)
            let lower := and(state, 0xffffffffffffffffffffffffffffffff)
            for { let end := add(t, 64) } lt(t, end) { t := add(t, 4) } {
                let x := and(shr(20, mul(shr(96, upper), 0x100000001)), M)
                let y := and(add(add(x, shr(96, lower)), shr(224, mload(t))), M)
                y := and(shr(25, mul(y, 0x100000001)), M)
                let z := mload(w)
                x := add(xor(x, y), xor(z, mload(add(w, 128))))
                x := add(x, add(upper, and(xor(xor(shr(96, upper), shr(64, upper)), shr(32, upper)), M)))
                y := add(add(y, z), add(lower, and(xor(xor(shr(96, lower), shr(64, lower)), shr(32, lower)), M)))
                upper, lower := moved(upper, lower, x, and(y, M))
                w := add(w, 32)
            }
            for { let end := add(t, 192) } lt(t, end) { t := add(t, 4) } {
                let x := and(shr(20, mul(shr(96, upper), 0x100000001)), M)
                let y := and(add(add(x, shr(96, lower)), shr(224, mload(t))), M)
                y := and(shr(25, mul(y, 0x100000001)), M)
                let z := mload(w)
                x := add(xor(x, y), xor(z, mload(add(w, 128))))
                let b := shr(64, upper)
                x := add(x, add(upper, and(or(and(shr(96, upper), b), and(shr(32, upper), or(shr(96, upper), b))), M)))
                let g := shr(32, lower)
                y := add(add(y, z), add(lower, and(xor(g, and(shr(96, lower), xor(shr(64, lower), g))), M)))
                upper, lower := moved(upper, lower, x, and(y, M))
                w := add(w, 32)
            }
            state := or(shl(128, upper), lower)

            // The eight words one place on: B and F turned by 9 and 19, A from x, E from y.
            function moved(up, low, x, y) -> up_, low_ {
                let kept := 0xffffffff00000000ffffffff
                let turned := and(shr(23, mul(and(shr(64, up), 0xffffffff), 0x100000001)), 0xffffffff)
                up_ := or(shl(96, and(x, 0xffffffff)), or(and(shr(32, up), kept), shl(32, turned)))
                turned := and(shr(13, mul(and(shr(64, low), 0xffffffff), 0x100000001)), 0xffffffff)
                x := mul(y, 0x100000001)
                y := and(xor(y, xor(shr(23, x), shr(15, x))), 0xffffffff)
                low_ := or(shl(96, y), or(and(shr(32, low), kept), shl(32, turned)))
            }
        }
        return state;
    }
}
