package io.waybill.core.digest;

import io.waybill.core.Bytes;
import java.math.BigInteger;
import org.bouncycastle.math.ec.ECPoint;

/// Numbers and points as octets, big-endian.
final class Octets {
    private Octets() {}

    static BigInteger unsigned(Bytes octets) {
        return new BigInteger(1, octets.toArray());
    }

    /// 32 octets.
    ///
    /// @param value 0 to 2^256 - 1
    static Bytes word(BigInteger value) {
        var octets = new byte[32];
        var raw = value.toByteArray();
        int from = Math.max(0, raw.length - 32);
        System.arraycopy(raw, from, octets, 32 - (raw.length - from), raw.length - from);
        return Bytes.of(octets);
    }

    /// Both coordinates of a finite point of a 256-bit curve, 64 octets without the leading 4.
    static Bytes ofPoint(ECPoint point) {
        return Bytes.of(point.normalize().getEncoded(false)).slice(1, 65);
    }
}
