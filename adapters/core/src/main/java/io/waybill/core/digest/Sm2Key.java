package io.waybill.core.digest;

import io.waybill.core.Bytes;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/// A public key of SM2 with what is worth keeping of it: the digest that stands for its owner, and the multiples
/// that Bouncy Castle hangs on a point as it is used again. A chain's sealers sign block after block with the same
/// few keys, so those used last are kept; what is kept changes no answer.
///
/// @see <a href="https://www.oscca.gov.cn">GB/T 32918.2-2016, 7: verification</a>
final class Sm2Key {
    /// Bouncy Castle's parameters with the field arithmetic made for this curve.
    static final X9ECParameters CURVE = CustomNamedCurves.getByName("sm2p256v1");

    /// The identity that chains sign under.
    static final Bytes IDENTITY = Bytes.utf8("1234567812345678");

    private static final int KEPT = 512;
    private static final BigInteger N = CURVE.getN();
    private static final Bytes DOMAIN = Bytes.concat(
            Bytes.of(0, 8 * IDENTITY.size()),
            IDENTITY,
            Octets.word(CURVE.getCurve().getA().toBigInteger()),
            Octets.word(CURVE.getCurve().getB().toBigInteger()),
            Octets.ofPoint(CURVE.getG()));
    private static final Map<Bytes, Sm2Key> RECENT = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Sm2Key> eldest) {
            return size() > KEPT;
        }
    };

    private final ECPoint point;
    private final Bytes owner;

    private Sm2Key(ECPoint point, Bytes owner) {
        this.point = point;
        this.owner = owner;
    }

    /// Reads a key; none if the octets are no point of the curve.
    ///
    /// @param octets 64 octets without the leading 4
    static Optional<Sm2Key> of(Bytes octets) {
        synchronized (RECENT) {
            var known = RECENT.get(octets);
            if (known != null) return Optional.of(known);
        }
        var key = read(octets);
        key.ifPresent(read -> remember(octets, read));
        return key;
    }

    private static void remember(Bytes octets, Sm2Key key) {
        synchronized (RECENT) {
            RECENT.put(octets, key);
        }
    }

    private static Optional<Sm2Key> read(Bytes octets) {
        if (octets.size() != 64) return Optional.empty();
        try {
            var point = CURVE.getCurve()
                    .decodePoint(Bytes.concat(Bytes.of(4), octets).toArray());
            var owner = Digests.sm3(Bytes.concat(DOMAIN, octets)).value();
            return Optional.of(new Sm2Key(point, owner));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Whether this key signed a message.
    ///
    /// @param signature `r || s`, 64 octets; `r`, `s` outside `[1, n)` and `r + s = n` answer false
    boolean signed(Bytes message, Bytes signature) {
        var r = Octets.unsigned(signature.slice(0, 32));
        var s = Octets.unsigned(signature.slice(32, 64));
        if (r.signum() == 0 || s.signum() == 0 || r.compareTo(N) >= 0 || s.compareTo(N) >= 0) return false;
        var t = r.add(s).mod(N);
        if (t.signum() == 0) return false;
        var sum = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), s, point, t).normalize();
        if (sum.isInfinity()) return false;
        var e = Octets.unsigned(Digests.sm3(Bytes.concat(owner, message)).value());
        return e.add(sum.getAffineXCoord().toBigInteger()).mod(N).equals(r);
    }
}
