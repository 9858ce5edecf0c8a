package io.waybill.core.proof.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.proof.Rlp;
import java.math.BigInteger;

/// Unsigned numbers as RLP holds them: big-endian without leading zeros, zero as no octets.
final class Unsigned {
    private Unsigned() {}

    /// Whether octets are a number in its shortest form of at most so many octets.
    static boolean fits(Bytes octets, int most) {
        return octets.size() <= most && (octets.isEmpty() || octets.at(0) != 0);
    }

    static BigInteger of(Bytes octets) {
        return new BigInteger(1, octets.toArray());
    }

    /// @param value ≥ 0
    static Rlp item(BigInteger value) {
        if (value.signum() == 0) return Rlp.of(Bytes.EMPTY);
        var octets = Bytes.of(value.toByteArray());
        return Rlp.of(octets.at(0) == 0 ? octets.slice(1, octets.size()) : octets);
    }
}
