package io.waybill.core.digest;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.math.BigInteger;
import java.util.Optional;

/// ECDSA over secp256k1 with recoverable signatures, `r || s || v` with `v` 0 or 1, over 32-octet digests. By native
/// code where it loads, which [SelfTest] holds to the same answers.
///
/// @see <a href="https://www.secg.org/sec1-v2.pdf">SEC 1, 4.1.6: public key recovery</a>
public final class Secp256k1 {
    private static final BigInteger N =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    static final Optional<Secp256k1Library> NATIVE = NativeCode.load(Secp256k1Native::new);
    static final Secp256k1Library JAVA = new Secp256k1Java();
    private static final Secp256k1Library LIBRARY = NATIVE.orElse(JAVA);

    private Secp256k1() {}

    /// The uncompressed public key of a secret, 64 octets without the leading 4.
    ///
    /// @param secret 1 to n - 1
    public static Bytes publicKey(Bytes32 secret) {
        return LIBRARY.publicKey(valid(secret));
    }

    /// Signs deterministically (RFC 6979), low `s`.
    ///
    /// @param secret 1 to n - 1
    public static Bytes sign(Bytes32 secret, Bytes32 digest) {
        return sign(LIBRARY, valid(secret), digest);
    }

    static Bytes sign(Secp256k1Library library, Bytes32 secret, Bytes32 digest) {
        var reduced = reduced(digest);
        var pair = library.sign(secret, reduced);
        var key = library.publicKey(secret);
        for (int v = 0; v < 2; v++) {
            if (library.recover(reduced, pair, v).filter(key::equals).isPresent())
                return Bytes.concat(pair, Bytes.of(v));
        }
        throw new IllegalStateException("signature: expected recoverable with v 0 or 1");
    }

    /// The public key that made a signature, 64 octets, or none if no key made it: r or s outside `[1, n)`, v other
    /// than 0 and 1, or r not the abscissa of a point. A high `s` is accepted: chains accept it, so signers are
    /// told apart by key, never by octets.
    ///
    /// @param signature 65 octets
    public static Optional<Bytes> recover(Bytes32 digest, Bytes signature) {
        return recover(LIBRARY, digest, signature);
    }

    static Optional<Bytes> recover(Secp256k1Library library, Bytes32 digest, Bytes signature) {
        if (signature.size() != 65 || signature.at(64) > 1) return Optional.empty();
        return library.recover(digest, signature.slice(0, 64), signature.at(64));
    }

    /// The last 20 octets of Keccak-256 over a 64-octet public key.
    public static Address address(Bytes publicKey) {
        return new Address(Digests.keccak256(publicKey).value().slice(12, 32));
    }

    private static Bytes32 valid(Bytes32 secret) {
        var d = Octets.unsigned(secret.value());
        if (d.signum() == 0 || d.compareTo(N) >= 0) throw new IllegalArgumentException("secret: expected 1 to n - 1");
        return secret;
    }

    /// RFC 6979, 2.3.4, takes a nonce from the digest modulo n; libraries differ in who must see to it.
    private static Bytes32 reduced(Bytes32 digest) {
        var e = Octets.unsigned(digest.value());
        return e.compareTo(N) < 0 ? digest : new Bytes32(Octets.word(e.subtract(N)));
    }
}
