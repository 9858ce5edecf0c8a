package io.waybill.core.client.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.ClientKind;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.digest.Sm2;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;

/// The key of a sealer, of either suite, derived from a name; it signs a message the same way every time.
public interface SealerKey {
    /// 64 octets.
    Bytes id();

    /// A seal over a header's hash, as the key's suite makes it.
    Bytes sign(Bytes32 hash);

    static SealerKey named(ClientKind kind, String name) {
        boolean sm = kind == ClientKind.FISCO_SM || kind == ClientKind.FISCO2_SM;
        return sm ? new Sm(Digests.sm3(Bytes.utf8(name))) : new Standard(KeyPair.named(name));
    }

    /// ECDSA over secp256k1.
    record Standard(KeyPair key) implements SealerKey {
        @Override
        public Bytes id() {
            return key.publicKey();
        }

        @Override
        public Bytes sign(Bytes32 hash) {
            return key.sign(hash);
        }
    }

    /// SM2, its random numbers derived from what is signed.
    record Sm(Bytes32 secret) implements SealerKey {
        private static final byte[] IDENTITY = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

        @Override
        public Bytes id() {
            return Sm2.publicKey(secret);
        }

        @Override
        public Bytes sign(Bytes32 hash) {
            var curve = CustomNamedCurves.getByName("sm2p256v1");
            var domain = new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
            var key =
                    new ECPrivateKeyParameters(new BigInteger(1, secret.value().toArray()), domain);
            var signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
            signer.init(true, new ParametersWithID(new ParametersWithRandom(key, new Derived(hash)), IDENTITY));
            signer.update(hash.value().toArray(), 0, hash.value().size());
            try {
                return Bytes.of(signer.generateSignature());
            } catch (CryptoException e) {
                throw new AssertionError(e);
            }
        }
    }

    /// Octets that anyone can derive: for tests only.
    final class Derived extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient Bytes32 seed;
        private long count;

        private Derived(Bytes32 seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] octets) {
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) Digests.sm3(Bytes.concat(seed.value(), Bytes.u64(count++)))
                        .value()
                        .at(0);
            }
        }
    }
}
