package io.waybill.devnet.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.ParametersWithIV;
import supranational.blst.P1;
import supranational.blst.SecretKey;

/// A validator of the devnet's PoS chain, whose keys anyone can derive from its name: they guard nothing.
///
/// @see <a href="https://github.com/Conflux-Chain/conflux-rust">conflux-rust, pos-genesis-tool</a>
final class PosValidator {
    private static final BigInteger ORDER =
            new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);
    private static final int ITERATIONS = 2048;

    private final String name;
    private final BigInteger secret;
    private final Bytes32 vrfSecret;
    private final KeyPair pow;

    PosValidator(String name) {
        this.name = name;
        this.secret = scalar("bls");
        this.vrfSecret = word("vrf");
        this.pow = KeyPair.named(name + "/pow");
    }

    private Bytes32 word(String use) {
        return Digests.sha256(Bytes.utf8("waybill/devnet-key/%s/%s".formatted(name, use)));
    }

    private BigInteger scalar(String use) {
        return new BigInteger(1, word(use).value().toArray()).mod(ORDER);
    }

    /// 48 octets.
    Bytes blsKey() {
        return point(secret);
    }

    /// 33 octets.
    Bytes vrfKey() {
        var key = KeyPair.of(vrfSecret).publicKey();
        return Bytes.concat(Bytes.of(2 + (key.at(63) & 1)), key.slice(0, 32));
    }

    /// `keccak256(BLS key || VRF key)`.
    Bytes32 account() {
        return Digests.keccak256(Bytes.concat(blsKey(), vrfKey()));
    }

    /// The account that registered it, with the first nibble of a Conflux user.
    Bytes address() {
        var address = pow.address().value();
        return address.with(0, (address.at(0) & 0x0f) | 0x10);
    }

    private static Bytes point(BigInteger scalar) {
        var key = new SecretKey();
        key.from_bendian(big(scalar).toArray());
        return Bytes.of(new P1(key).compress());
    }

    private static Bytes big(BigInteger number) {
        return Bytes.hex("%064x".formatted(number));
    }

    private static Bytes little(BigInteger number) {
        var octets = big(number).toArray();
        for (int i = 0; i < octets.length / 2; i++) {
            byte other = octets[octets.length - 1 - i];
            octets[octets.length - 1 - i] = octets[i];
            octets[i] = other;
        }
        return Bytes.of(octets);
    }

    /// That the key's owner has its secret: a commitment, and the answer to the challenge that both make.
    Bytes[] possession() {
        var nonce = scalar("nonce");
        var commitment = point(nonce);
        var challenge = Digests.sha256(Bytes.concat(blsKey(), commitment)).value();
        var number = new BigInteger(1, challenge.with(0, challenge.at(0) & 0x3f).toArray());
        return new Bytes[] {
            commitment, little(secret.multiply(number).add(nonce).mod(ORDER))
        };
    }

    /// The key file: PKCS#8, encrypted by PBES2 under an empty password.
    Bytes keyFile() {
        var keys = Bytes.concat(Bytes.of(32), little(secret), Bytes.of(32), vrfSecret.value());
        var info = sequence(
                new ASN1Integer(0), sequence(new ASN1ObjectIdentifier("1.0.0")), new DEROctetString(keys.toArray()));
        var salt = word("salt").value().slice(0, 16).toArray();
        var iv = word("iv").value().slice(0, 16).toArray();
        var derivation = sequence(
                PKCSObjectIdentifiers.id_PBKDF2,
                sequence(
                        new DEROctetString(salt),
                        new ASN1Integer(ITERATIONS),
                        sequence(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE)));
        var cipher = sequence(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv));
        try {
            return Bytes.of(sequence(
                            sequence(PKCSObjectIdentifiers.id_PBES2, sequence(derivation, cipher)),
                            new DEROctetString(encrypted(info.getEncoded(), salt, iv)))
                    .getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encrypted(byte[] plain, byte[] salt, byte[] iv) {
        var generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
        generator.init(new byte[0], salt, ITERATIONS);
        var cipher = new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(AESEngine.newInstance()));
        cipher.init(true, new ParametersWithIV(generator.generateDerivedParameters(256), iv));
        var out = new byte[cipher.getOutputSize(plain.length)];
        int written = cipher.processBytes(plain, 0, plain.length, out, 0);
        try {
            written += cipher.doFinal(out, written);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException(e);
        }
        return Arrays.copyOf(out, written);
    }

    private static DERSequence sequence(ASN1Encodable... parts) {
        var vector = new ASN1EncodableVector();
        for (var part : parts) vector.add(part);
        return new DERSequence(vector);
    }
}
