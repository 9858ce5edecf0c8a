package io.waybill.core.digest;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/// Bouncy Castle, with its field arithmetic made for this curve.
///
/// @see <a href="https://www.secg.org/sec1-v2.pdf">SEC 1, 4.1.6: public key recovery</a>
final class Secp256k1Java implements Secp256k1Library {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN =
            new ECDomainParameters(CURVE.getCurve(), CURVE.getG(), CURVE.getN(), CURVE.getH());
    private static final BigInteger N = CURVE.getN();
    private static final BigInteger HALF_N = N.shiftRight(1);

    @Override
    public Optional<Bytes> recover(Bytes32 digest, Bytes signature, int v) {
        var r = Octets.unsigned(signature.slice(0, 32));
        var s = Octets.unsigned(signature.slice(32, 64));
        if (r.signum() == 0 || s.signum() == 0 || r.compareTo(N) >= 0 || s.compareTo(N) >= 0) return Optional.empty();
        var point = lift(r, v);
        if (point.isEmpty()) return Optional.empty();
        var e = Octets.unsigned(digest.value());
        var inverse = r.modInverse(N);
        var key = ECAlgorithms.sumOfTwoMultiplies(
                DOMAIN.getG(),
                inverse.multiply(e.negate()).mod(N),
                point.get(),
                inverse.multiply(s).mod(N));
        return key.isInfinity() ? Optional.empty() : Optional.of(Octets.ofPoint(key));
    }

    @Override
    public Bytes sign(Bytes32 secret, Bytes32 digest) {
        var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(Octets.unsigned(secret.value()), DOMAIN));
        var pair = signer.generateSignature(digest.value().toArray());
        var s = pair[1].compareTo(HALF_N) > 0 ? N.subtract(pair[1]) : pair[1];
        return Bytes.concat(Octets.word(pair[0]), Octets.word(s));
    }

    @Override
    public Bytes publicKey(Bytes32 secret) {
        return Octets.ofPoint(DOMAIN.getG().multiply(Octets.unsigned(secret.value())));
    }

    /// The point of an abscissa below n, and so below the field's prime.
    private static Optional<ECPoint> lift(BigInteger x, int v) {
        var compressed = Bytes.concat(Bytes.of(2 + v), Octets.word(x)).toArray();
        try {
            return Optional.of(CURVE.getCurve().decodePoint(compressed));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
