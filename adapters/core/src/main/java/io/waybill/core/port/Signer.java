package io.waybill.core.port;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;

/// A key that lives elsewhere: in memory for a devnet, in a keystore or a device otherwise. Of secp256k1, or of
/// SM2 for accounts of chains of national crypto.
public interface Signer {
    Address address();

    /// Signs a 32-octet digest as it is.
    ///
    /// @return of secp256k1 65 octets `r || s || v`, low `s`, `v` 0 or 1; of SM2 128 octets `r || s || public key`
    Bytes sign(Bytes32 digest);

    /// Signs the Keccak-256 of a message: what a service can do that hashes for itself and signs no digest it did
    /// not compute.
    ///
    /// @return as of [#sign]
    default Bytes signHashed(Bytes message) {
        return sign(Digests.keccak256(message));
    }
}
