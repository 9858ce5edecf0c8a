package io.waybill.core.digest;

import io.waybill.core.Bytes;
import java.util.List;
import java.util.Optional;

/// Aggregate signatures over BLS12-381 with keys in G1 and signatures in G2, hashed to the curve by
/// `XMD:SHA-256_SSWU_RO`. By native code where it loads, which [SelfTest] holds to the same answers.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9380">RFC 9380: hashing to elliptic curves</a>
public final class Bls {
    static final Optional<BlsLibrary> NATIVE = NativeCode.load(BlsNative::new);
    static final BlsLibrary JAVA = new BlsJava();
    private static final BlsLibrary LIBRARY = NATIVE.orElse(JAVA);

    private static final int KEY_SIZE = 48;

    private Bls() {}

    /// Whose signatures: the tag that keeps one use of the curve from being taken for another.
    public enum Scheme {
        /// Ethereum's beacon chain: signers proved possession of their keys.
        ETHEREUM("BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_"),
        /// Conflux's PoS chain.
        CONFLUX("BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_");

        private final String tag;

        Scheme(String tag) {
            this.tag = tag;
        }

        /// The domain separation tag, ASCII.
        public String tag() {
            return tag;
        }
    }

    /// A public key that lies in G1's subgroup of prime order and is not its identity. Costly to make, cheap to use.
    public static final class Key {
        private final Bytes compressed;
        private final BlsLibrary.Point point;

        private Key(Bytes compressed, BlsLibrary.Point point) {
            this.compressed = compressed;
            this.point = point;
        }

        /// 48 octets.
        public Bytes compressed() {
            return compressed;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && compressed.equals(that.compressed);
        }

        @Override
        public int hashCode() {
            return compressed.hashCode();
        }

        @Override
        public String toString() {
            return "Key[" + compressed + "]";
        }
    }

    /// The sum of keys: the one key under which a signature verifies that all of them made. A key that is in it twice
    /// signed twice. Immutable; no keys sum to the identity, under which nothing verifies.
    public static final class Sum {
        private final BlsLibrary.Point point;

        private Sum(BlsLibrary.Point point) {
            this.point = point;
        }

        public static Sum of(List<Key> keys) {
            return new Sum(total(keys));
        }

        /// This sum less keys that are in it: the same as the sum of the others, at the cost of the fewer.
        public Sum without(List<Key> keys) {
            return new Sum(LIBRARY.difference(point, total(keys)));
        }

        private static BlsLibrary.Point total(List<Key> keys) {
            return LIBRARY.sum(keys.stream().map(key -> key.point).toList());
        }
    }

    /// Reads a key; none if the octets are no point of the curve, a point outside the subgroup, or the identity.
    ///
    /// @param compressed 48 octets
    public static Optional<Key> key(Bytes compressed) {
        return point(LIBRARY, compressed).map(point -> new Key(compressed, point));
    }

    static Optional<BlsLibrary.Point> point(BlsLibrary library, Bytes compressed) {
        if (compressed.size() != KEY_SIZE || (compressed.at(0) & 0x80) == 0) return Optional.empty();
        return library.key(compressed);
    }

    /// Whether all these keys together signed one message; total. A key that is given twice must have signed twice. No
    /// keys have signed nothing.
    ///
    /// @param signature 96 octets compressed or 192 uncompressed, a point of G2's subgroup that is not its identity
    public static boolean verify(Scheme scheme, List<Key> signers, Bytes message, Bytes signature) {
        return verify(scheme, Sum.of(signers), message, signature);
    }

    /// Whether all the keys of a sum together signed one message; total.
    ///
    /// @param signature 96 octets compressed or 192 uncompressed, a point of G2's subgroup that is not its identity
    public static boolean verify(Scheme scheme, Sum signers, Bytes message, Bytes signature) {
        return verify(LIBRARY, scheme, signers.point, message, signature);
    }

    static boolean verify(BlsLibrary library, Scheme scheme, BlsLibrary.Point key, Bytes message, Bytes signature) {
        if (signature.size() != 96 && signature.size() != 192) return false;
        if ((signature.at(0) & 0x80) != 0 ^ signature.size() == 96) return false;
        return library.verify(key, scheme.tag(), message, signature);
    }
}
