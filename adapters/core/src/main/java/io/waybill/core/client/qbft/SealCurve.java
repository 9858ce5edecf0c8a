package io.waybill.core.client.qbft;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Secp256k1;
import io.waybill.core.digest.Secp256r1;
import java.util.Optional;

/// The curve of a chain's seals: `ecCurve` of its genesis. Configured, never detected.
public enum SealCurve {
    SECP256K1,
    SECP256R1;

    /// Whose seal this is, or none where no key made it.
    ///
    /// @param seal 65 octets, `r || s || v`
    public Optional<Address> signer(Bytes32 digest, Bytes seal) {
        var key = switch (this) {
            case SECP256K1 -> Secp256k1.recover(digest, seal);
            case SECP256R1 -> Secp256r1.recover(digest, seal);
        };
        return key.map(Secp256k1::address);
    }
}
