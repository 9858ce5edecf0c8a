package io.waybill.core.client.fisco;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.Sm2;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// NT-62: SM2 signatures that are nearly a seal.
class Sm2SealsTest {
    private static final BigInteger ORDER =
            new BigInteger("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123", 16);
    private static final Bytes32 SECRET = Digests.sha256(Bytes.utf8("sm sealer"));

    private final Bytes id = Sm2.publicKey(SECRET);
    private final Bytes preimage = FiscoVectors.chain("sm").getFirst().header().preimage();
    private final Bytes32 hash = FiscoSuite.SM.hash(preimage);

    private boolean seals(Bytes signature) {
        return FiscoSuite.SM.signed(id, hash, signature);
    }

    private static Bytes word(BigInteger value) {
        return Bytes.hex("%064x".formatted(value));
    }

    private static Bytes sign(String identity, Bytes message) throws CryptoException {
        var curve = GMNamedCurves.getByName("sm2p256v1");
        var domain = new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
        var signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        var key = new ECPrivateKeyParameters(new BigInteger(1, SECRET.value().toArray()), domain);
        signer.init(true, new ParametersWithID(key, identity.getBytes(StandardCharsets.US_ASCII)));
        signer.update(message.toArray(), 0, message.size());
        return Bytes.of(signer.generateSignature());
    }

    @Test
    void isOverTheHashUnderTheUsualIdentity() throws CryptoException {
        assertThat(seals(sign("1234567812345678", hash.value()))).isTrue();
        assertThat(seals(sign("1234567812345679", hash.value()))).isFalse();
        assertThat(seals(sign("", hash.value()))).isFalse();
        assertThat(seals(sign("1234567812345678", preimage))).isFalse();
    }

    @Test
    void hasPartsFromOneToBelowTheOrder() throws CryptoException {
        var good = sign("1234567812345678", hash.value());
        var r = good.slice(0, 32);
        var s = good.slice(32, 64);
        for (var part : new Bytes[] {Bytes.of(new byte[32]), word(ORDER), word(ORDER.add(BigInteger.ONE))}) {
            assertThat(seals(Bytes.concat(part, s))).isFalse();
            assertThat(seals(Bytes.concat(r, part))).isFalse();
        }
    }

    /// The sum of both parts multiplies the key; where it is zero the key would not matter.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 12345})
    void hasPartsThatDoNotCancel(int r) {
        var first = BigInteger.valueOf(r);
        assertThat(seals(Bytes.concat(word(first), word(ORDER.subtract(first)))))
                .isFalse();
    }

    @Test
    void isByAKeyOnTheCurve() throws CryptoException {
        var good = sign("1234567812345678", hash.value());
        assertThat(FiscoSuite.SM.signed(id, hash, good)).isTrue();
        for (var key : new Bytes[] {id.with(63, id.at(63) ^ 1), Bytes.of(new byte[64]), id.slice(0, 63), Bytes.EMPTY}) {
            assertThat(FiscoSuite.SM.signed(key, hash, good)).isFalse();
        }
    }
}
