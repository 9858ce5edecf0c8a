package io.waybill.core.client.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.List;

/// A ledger info with those who signed it.
///
/// @param signers   accounts, which must be strictly ascending: so none counts twice
/// @param aggregate the sum of their signatures, a point of G2 in 192 octets, not compressed
public record SignedLedgerInfo(LedgerInfo info, List<Bytes32> signers, Bytes aggregate) {
    public SignedLedgerInfo {
        signers = List.copyOf(signers);
    }
}
