package io.waybill.devnet.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.digest.Digests;

/// An address written with mixed case, so that a mistyped one shows.
///
/// @see <a href="https://eips.ethereum.org/EIPS/eip-55">EIP-55</a>
final class Checksum {
    private Checksum() {}

    /// The address in mixed case.
    ///
    /// @param digits 40 lower-case digits without `0x`, or none
    /// @return the address with `0x`, or an empty text for none
    static String of(String digits) {
        if (digits.isEmpty()) return "";
        var hash = Digests.keccak256(Bytes.utf8(digits)).toHex().substring(2);
        var mixed = new StringBuilder("0x");
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            mixed.append(hash.charAt(i) >= '8' ? Character.toUpperCase(digit) : digit);
        }
        return mixed.toString();
    }
}
