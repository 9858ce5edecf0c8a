package io.waybill.core.digest;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.Optional;

/// The sums of secp256k1, by one library. All that do them answer alike, octet for octet.
interface Secp256k1Library {
    /// The public key that made a signature, 64 octets without the leading 4; none if `r` or `s` is outside `[1, n)`,
    /// `r` is not the abscissa of a point, or the key is the point at infinity. A high `s` is as good as a low one.
    ///
    /// @param signature `r || s`, 64 octets
    /// @param v         0 or 1: whether the ordinate of the nonce's point is odd
    Optional<Bytes> recover(Bytes32 digest, Bytes signature, int v);

    /// `r || s` with a low `s`, the nonce by RFC 6979 with SHA-256.
    ///
    /// @param secret 1 to n - 1
    /// @param digest below n
    Bytes sign(Bytes32 secret, Bytes32 digest);

    /// 64 octets without the leading 4.
    ///
    /// @param secret 1 to n - 1
    Bytes publicKey(Bytes32 secret);
}
