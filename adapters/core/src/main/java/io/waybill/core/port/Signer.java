package io.waybill.core.port;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;

/// A secp256k1 key that lives elsewhere: in memory for a devnet, in a keystore or a device otherwise.
public interface Signer {
    Address address();

    /// Signs a 32-octet digest as it is.
    ///
    /// @return 65 octets `r || s || v`, low `s`, `v` 0 or 1
    Bytes sign(Bytes32 digest);
}
