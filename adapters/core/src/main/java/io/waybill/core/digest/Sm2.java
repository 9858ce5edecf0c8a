package io.waybill.core.digest;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;

/// SM2 signatures with SM3 and the usual identity `1234567812345678`, plain `r || s` without the public key.
///
/// @see <a href="https://www.oscca.gov.cn">GB/T 32918.2-2016</a>
public final class Sm2 {
    private static final byte[] IDENTITY = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
    private static final ECDomainParameters DOMAIN = domain();

    private Sm2() {}

    private static ECDomainParameters domain() {
        var curve = CustomNamedCurves.getByName("sm2p256v1");
        return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
    }

    /// Whether a key signed a message; total: octets that are no point or no signature answer false.
    ///
    /// @param publicKey 64 octets without the leading 4
    /// @param signature 64 octets `r || s`
    public static boolean verify(Bytes publicKey, Bytes message, Bytes signature) {
        if (publicKey.size() != 64 || signature.size() != 64) return false;
        try {
            var point = DOMAIN.getCurve()
                    .decodePoint(Bytes.concat(Bytes.of(4), publicKey).toArray());
            var signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
            signer.init(false, new ParametersWithID(new ECPublicKeyParameters(point, DOMAIN), IDENTITY));
            signer.update(message.toArray(), 0, message.size());
            return signer.verifySignature(signature.toArray());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// The public key of a secret, 64 octets without the leading 4.
    public static Bytes publicKey(Bytes32 secret) {
        var d = new BigInteger(1, secret.value().toArray());
        return Bytes.of(DOMAIN.getG().multiply(d).normalize().getEncoded(false)).slice(1, 65);
    }

    /// Signs a message, `r || s`; two signatures of one message differ.
    public static Bytes sign(Bytes32 secret, Bytes message) {
        var signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        var key = new ECPrivateKeyParameters(new BigInteger(1, secret.value().toArray()), DOMAIN);
        signer.init(true, new ParametersWithID(key, IDENTITY));
        signer.update(message.toArray(), 0, message.size());
        try {
            return Bytes.of(signer.generateSignature());
        } catch (CryptoException e) {
            throw new IllegalStateException("sm2: expected a signature", e);
        }
    }
}
