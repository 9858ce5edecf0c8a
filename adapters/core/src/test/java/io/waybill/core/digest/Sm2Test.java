package io.waybill.core.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class Sm2Test {
    private static final BigInteger N =
            new BigInteger("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123", 16);
    private static final Bytes KEY = Sm2Answers.KEY;
    private static final Bytes MESSAGE = Sm2Answers.MESSAGE;
    private static final Bytes SIGNATURE = Sm2Answers.SIGNATURE;

    /// NT-62.
    @Nested
    class Verify {
        @Test
        void acceptsTheExampleOfTheStandard() {
            assertThat(Sm2.verify(KEY, MESSAGE, SIGNATURE)).isTrue();
        }

        @Test
        void acceptsTheSameAsOftenAsItIsAsked() {
            for (int i = 0; i < 200; i++) {
                assertThat(Sm2.verify(KEY, MESSAGE, SIGNATURE)).isTrue();
                assertThat(Sm2.verify(KEY, Bytes.u32(i), SIGNATURE)).isFalse();
            }
        }

        @Test
        void refusesEveryChangeOfOneOctet() {
            for (int i = 0; i < 64; i++) {
                assertThat(Sm2.verify(KEY, MESSAGE, SIGNATURE.with(i, SIGNATURE.at(i) ^ 1)))
                        .isFalse();
                assertThat(Sm2.verify(KEY.with(i, KEY.at(i) ^ 1), MESSAGE, SIGNATURE))
                        .isFalse();
            }
        }

        @Test
        void refusesScalarsOutsideTheirRange() {
            var r = SIGNATURE.slice(0, 32);
            var s = SIGNATURE.slice(32, 64);
            for (var out : new BigInteger[] {
                BigInteger.ZERO,
                N,
                N.add(BigInteger.ONE),
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE)
            }) {
                assertThat(Sm2.verify(KEY, MESSAGE, Bytes.concat(Octets.word(out), s)))
                        .isFalse();
                assertThat(Sm2.verify(KEY, MESSAGE, Bytes.concat(r, Octets.word(out))))
                        .isFalse();
            }
        }

        /// `t` would be zero, and the key would not count.
        @Test
        void refusesScalarsThatAddToTheOrder() {
            for (var r : new BigInteger[] {BigInteger.ONE, BigInteger.TWO, N.subtract(BigInteger.ONE)}) {
                var signature = Bytes.concat(Octets.word(r), Octets.word(N.subtract(r)));
                assertThat(Sm2.verify(KEY, MESSAGE, signature)).isFalse();
            }
            var digest = Octets.unsigned(Digests.sm3(MESSAGE).value()).mod(N);
            var chosen = digest.add(
                            Octets.unsigned(Octets.ofPoint(Sm2Key.CURVE.getG()).slice(0, 32)))
                    .mod(N);
            assertThat(Sm2.verify(KEY, MESSAGE, Bytes.concat(Octets.word(chosen), Octets.word(N.subtract(chosen)))))
                    .isFalse();
        }

        @Test
        void refusesKeysThatAreNoPoint() {
            assertThat(Sm2.verify(Bytes.of(new byte[64]), MESSAGE, SIGNATURE)).isFalse();
            assertThat(Sm2.verify(Bytes.hex("ff".repeat(64)), MESSAGE, SIGNATURE))
                    .isFalse();
            assertThat(Sm2.verify(KEY.slice(0, 63), MESSAGE, SIGNATURE)).isFalse();
            assertThat(Sm2.verify(Bytes.concat(Bytes.of(4), KEY), MESSAGE, SIGNATURE))
                    .isFalse();
            assertThat(Sm2.verify(Bytes.EMPTY, MESSAGE, SIGNATURE)).isFalse();
        }

        @Test
        void refusesSignaturesOfAnotherLength() {
            assertThat(Sm2.verify(KEY, MESSAGE, SIGNATURE.slice(0, 63))).isFalse();
            assertThat(Sm2.verify(KEY, MESSAGE, Bytes.concat(SIGNATURE, Bytes.of(0))))
                    .isFalse();
            assertThat(Sm2.verify(KEY, MESSAGE, Bytes.concat(SIGNATURE, KEY))).isFalse();
            assertThat(Sm2.verify(KEY, MESSAGE, Bytes.EMPTY)).isFalse();
        }

        @Test
        void refusesASignatureUnderAnotherIdentity() throws Exception {
            var secret = secret(new Random(4));
            var key = Sm2.publicKey(secret);
            assertThat(Sm2.verify(key, MESSAGE, sign(secret, "1234567812345678", MESSAGE)))
                    .isTrue();
            for (var identity : new String[] {"", "1234567812345679", "alice@example.org"}) {
                assertThat(Sm2.verify(key, MESSAGE, sign(secret, identity, MESSAGE)))
                        .isFalse();
            }
        }

        @Test
        void refusesASignatureOfTheMessageForOneOfItsHash() {
            var hash = Digests.sm3(MESSAGE).value();
            var secret = secret(new Random(5));
            assertThat(Sm2.verify(Sm2.publicKey(secret), hash, Sm2.sign(secret, hash)))
                    .isTrue();
            assertThat(Sm2.verify(Sm2.publicKey(secret), hash, Sm2.sign(secret, MESSAGE)))
                    .isFalse();
        }
    }

    /// What is kept of a key, and how sums are shortened, must change no answer: the signer of Bouncy Castle over its
    /// plain curve is the judge.
    @Test
    void judgesAsAnIndependentVerifierOnAThousandSignaturesOfSeed6() {
        var random = new Random(6);
        for (int i = 0; i < 1000; i++) {
            var secret = secret(new Random(i % 50));
            var key = Sm2.publicKey(secret);
            var message = octets(random, random.nextInt(80));
            var signature = Sm2.sign(secret, message);
            var offered = i % 2 == 0 ? signature : signature.with(random.nextInt(64), random.nextInt(256));
            assertThat(Sm2.verify(key, message, offered)).isEqualTo(judged(key, message, offered));
        }
    }

    @Test
    void refusesASecretThatIsNoScalar() {
        for (var secret : new BigInteger[] {BigInteger.ZERO, N.subtract(BigInteger.ONE), N}) {
            var octets = new Bytes32(Octets.word(secret));
            assertThatThrownBy(() -> Sm2.publicKey(octets)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Sm2.sign(octets, MESSAGE)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static ECDomainParameters plain() {
        var curve = GMNamedCurves.getByName("sm2p256v1");
        return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
    }

    private static boolean judged(Bytes key, Bytes message, Bytes signature) {
        var domain = plain();
        var point = domain.getCurve().decodePoint(Bytes.concat(Bytes.of(4), key).toArray());
        var signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        var identity = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
        signer.init(false, new ParametersWithID(new ECPublicKeyParameters(point, domain), identity));
        signer.update(message.toArray(), 0, message.size());
        return signer.verifySignature(signature.toArray());
    }

    private static Bytes sign(Bytes32 secret, String identity, Bytes message) throws Exception {
        var signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        var key = new ECPrivateKeyParameters(Octets.unsigned(secret.value()), plain());
        signer.init(true, new ParametersWithID(key, identity.getBytes(StandardCharsets.US_ASCII)));
        signer.update(message.toArray(), 0, message.size());
        return Bytes.of(signer.generateSignature());
    }

    private static Bytes32 secret(Random random) {
        return new Bytes32(octets(random, 32).with(0, 0x7f));
    }

    private static Bytes octets(Random random, int size) {
        var octets = new byte[size];
        random.nextBytes(octets);
        return Bytes.of(octets);
    }
}
