package io.waybill.core.client.beacon.ssz;

import io.waybill.core.Bytes;

/// Who of a sync committee signed, and what they signed together.
///
/// @param bits      one for each member, the lowest bit of the first octet first
/// @param signature 96 octets, a compressed point of G2
public record SyncAggregate(Bytes bits, Bytes signature) {
    /// Octets of a signature.
    public static final int SIGNATURE = 96;

    public boolean has(int member) {
        return (bits.at(member / 8) >> (member % 8) & 1) == 1;
    }

    public int participants() {
        int count = 0;
        for (int i = 0; i < bits.size(); i++) count += Integer.bitCount(bits.at(i));
        return count;
    }
}
