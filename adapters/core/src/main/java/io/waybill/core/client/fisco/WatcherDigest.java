package io.waybill.core.client.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import io.waybill.core.port.ClientRef;

/// What a watcher signs, rules R1.6 and R4.6: a header's hash, for one client contract and no other.
public final class WatcherDigest {
    private WatcherDigest() {}

    /// `sha256("waybill/header/1" || verifying chainId || verifying contract || clientId || height u64 || hash)`.
    public static Bytes32 of(ClientRef verifier, long height, Bytes32 headerHash) {
        return of("header", verifier, Bytes.u64(height), headerHash.value());
    }

    /// `sha256("waybill/<purpose>/1" || verifying chainId || verifying contract || clientId || fields)`.
    ///
    /// @param fields of widths that the purpose fixes
    static Bytes32 of(String purpose, ClientRef verifier, Bytes... fields) {
        return Digests.sha256(Bytes.concat(
                Bytes.utf8("waybill/" + purpose + "/1"),
                verifier.chain().hash().value(),
                verifier.contract().value(),
                verifier.id().value().value(),
                Bytes.concat(fields)));
    }
}
