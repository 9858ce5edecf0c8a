package io.waybill.core.digest;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/// ECDSA over secp256k1 with recoverable signatures, `r || s || v` with `v` 0 or 1, over 32-octet digests.
///
/// @see <a href="https://www.secg.org/sec1-v2.pdf">SEC 1, 4.1.6: public key recovery</a>
public final class Secp256k1 {
    private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN =
            new ECDomainParameters(CURVE.getCurve(), CURVE.getG(), CURVE.getN(), CURVE.getH());
    private static final BigInteger N = CURVE.getN();
    private static final BigInteger HALF_N = N.shiftRight(1);
    private static final BigInteger P = CURVE.getCurve().getField().getCharacteristic();

    private Secp256k1() {}

    /// The uncompressed public key of a secret, 64 octets without the leading 4.
    ///
    /// @param secret 1 to n - 1
    public static Bytes publicKey(Bytes32 secret) {
        return encode(DOMAIN.getG().multiply(scalar(secret)));
    }

    /// Signs deterministically (RFC 6979), low `s`.
    public static Bytes sign(Bytes32 secret, Bytes32 digest) {
        var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(scalar(secret), DOMAIN));
        var pair = signer.generateSignature(digest.value().toArray());
        var r = pair[0];
        var s = pair[1].compareTo(HALF_N) > 0 ? N.subtract(pair[1]) : pair[1];
        var key = publicKey(secret);
        for (int v = 0; v < 2; v++) {
            var signature = Bytes.concat(word(r), word(s), Bytes.of(v));
            if (recover(digest, signature).filter(key::equals).isPresent()) return signature;
        }
        throw new IllegalStateException("signature: expected recoverable with v 0 or 1");
    }

    /// The public key that made a signature, 64 octets, or none if no key made it: r or s outside `[1, n)`, v other
    /// than 0 and 1, or r not the abscissa of a point. A high `s` is accepted: chains accept it, so signers are
    /// told apart by key, never by octets.
    ///
    /// @param signature 65 octets
    public static Optional<Bytes> recover(Bytes32 digest, Bytes signature) {
        if (signature.size() != 65) return Optional.empty();
        var r = new BigInteger(1, signature.slice(0, 32).toArray());
        var s = new BigInteger(1, signature.slice(32, 64).toArray());
        int v = signature.at(64);
        if (v > 1 || r.signum() == 0 || s.signum() == 0 || r.compareTo(N) >= 0 || s.compareTo(N) >= 0)
            return Optional.empty();
        var point = lift(r, v);
        if (point.isEmpty()) return Optional.empty();
        var e = new BigInteger(1, digest.value().toArray());
        var inverse = r.modInverse(N);
        var key = ECAlgorithms.sumOfTwoMultiplies(
                        DOMAIN.getG(),
                        inverse.multiply(e.negate()).mod(N),
                        point.get(),
                        inverse.multiply(s).mod(N))
                .normalize();
        return key.isInfinity() ? Optional.empty() : Optional.of(encode(key));
    }

    /// The last 20 octets of Keccak-256 over a 64-octet public key.
    public static Address address(Bytes publicKey) {
        return new Address(Digests.keccak256(publicKey).value().slice(12, 32));
    }

    private static Optional<ECPoint> lift(BigInteger x, int v) {
        if (x.compareTo(P) >= 0) return Optional.empty();
        var compressed = Bytes.concat(Bytes.of(2 + v), word(x)).toArray();
        try {
            return Optional.of(CURVE.getCurve().decodePoint(compressed));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static BigInteger scalar(Bytes32 secret) {
        var d = new BigInteger(1, secret.value().toArray());
        if (d.signum() == 0 || d.compareTo(N) >= 0) throw new IllegalArgumentException("secret: expected 1 to n - 1");
        return d;
    }

    private static Bytes encode(ECPoint point) {
        return Bytes.of(point.normalize().getEncoded(false)).slice(1, 65);
    }

    private static Bytes word(BigInteger value) {
        var octets = new byte[32];
        var raw = value.toByteArray();
        int from = Math.max(0, raw.length - 32);
        System.arraycopy(raw, from, octets, 32 - (raw.length - from), raw.length - from);
        return Bytes.of(octets);
    }
}
