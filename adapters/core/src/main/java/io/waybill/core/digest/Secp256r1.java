package io.waybill.core.digest;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/// Public key recovery over secp256r1, for chains whose genesis names that curve for their seals: `r || s || v`
/// with `v` 0 or 1, over 32-octet digests.
///
/// @see <a href="https://www.secg.org/sec1-v2.pdf">SEC 1, 4.1.6: public key recovery</a>
public final class Secp256r1 {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");
    private static final BigInteger N = CURVE.getN();

    private Secp256r1() {}

    /// The public key that signed a digest, 64 octets, or none where no key did.
    ///
    /// @param signature 65 octets; any others are no signature
    public static Optional<Bytes> recover(Bytes32 digest, Bytes signature) {
        if (signature.size() != 65 || signature.at(64) > 1) return Optional.empty();
        var r = scalar(signature.slice(0, 32));
        var s = scalar(signature.slice(32, 64));
        if (r.signum() == 0 || s.signum() == 0 || r.compareTo(N) >= 0 || s.compareTo(N) >= 0) return Optional.empty();
        return lift(signature.slice(0, 32), signature.at(64)).flatMap(point -> {
            var inverse = r.modInverse(N);
            var key = ECAlgorithms.sumOfTwoMultiplies(
                            CURVE.getG(),
                            inverse.multiply(scalar(digest.value()).negate()).mod(N),
                            point,
                            inverse.multiply(s).mod(N))
                    .normalize();
            return key.isInfinity()
                    ? Optional.empty()
                    : Optional.of(Bytes.of(key.getEncoded(false)).slice(1, 65));
        });
    }

    /// The point with an abscissa and the parity of its ordinate, if the curve has one.
    private static Optional<ECPoint> lift(Bytes abscissa, int parity) {
        var compressed = Bytes.concat(Bytes.of(2 + parity), abscissa).toArray();
        try {
            return Optional.of(CURVE.getCurve().decodePoint(compressed));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static BigInteger scalar(Bytes octets) {
        return new BigInteger(1, octets.toArray());
    }
}
