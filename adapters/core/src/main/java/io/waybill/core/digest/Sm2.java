package io.waybill.core.digest;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.math.BigInteger;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;

/// SM2 signatures with SM3 and the usual identity `1234567812345678`, plain `r || s` without the public key.
///
/// Bouncy Castle's arithmetic, with what is worth keeping of a key kept, is faster than the native code that
/// published libraries bring, so there is none.
///
/// @see <a href="https://www.oscca.gov.cn">GB/T 32918.2-2016</a>
public final class Sm2 {
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(
            Sm2Key.CURVE.getCurve(), Sm2Key.CURVE.getG(), Sm2Key.CURVE.getN(), Sm2Key.CURVE.getH());

    private Sm2() {}

    /// Whether a key signed a message; total: octets that are no point or no signature answer false.
    ///
    /// @param publicKey 64 octets without the leading 4
    /// @param signature 64 octets `r || s`
    public static boolean verify(Bytes publicKey, Bytes message, Bytes signature) {
        return signature.size() == 64
                && Sm2Key.of(publicKey)
                        .filter(key -> key.signed(message, signature))
                        .isPresent();
    }

    /// The public key of a secret, 64 octets without the leading 4.
    ///
    /// @param secret 1 to n - 2
    public static Bytes publicKey(Bytes32 secret) {
        return Octets.ofPoint(DOMAIN.getG().multiply(scalar(secret)));
    }

    /// Signs a message, `r || s`; two signatures of one message differ.
    ///
    /// @param secret 1 to n - 2
    public static Bytes sign(Bytes32 secret, Bytes message) {
        var signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        var key = new ECPrivateKeyParameters(scalar(secret), DOMAIN);
        signer.init(true, new ParametersWithID(key, Sm2Key.IDENTITY.toArray()));
        signer.update(message.toArray(), 0, message.size());
        try {
            return Bytes.of(signer.generateSignature());
        } catch (CryptoException e) {
            throw new IllegalStateException("sm2: expected a signature", e);
        }
    }

    /// `n - 1` is no secret: it has no inverse of itself and one.
    private static BigInteger scalar(Bytes32 secret) {
        var d = Octets.unsigned(secret.value());
        if (d.signum() == 0 || d.compareTo(DOMAIN.getN().subtract(BigInteger.ONE)) >= 0) {
            throw new IllegalArgumentException("secret: expected 1 to n - 2");
        }
        return d;
    }
}
