package io.waybill.core.client.beacon.ssz;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;

/// A sync committee as the state holds it. A key may be in it more than once.
///
/// @param octets the public keys one after another and their aggregate at the end, 48 octets each
public record SyncCommittee(Bytes octets) {
    /// Octets of a public key.
    public static final int KEY = 48;

    public SyncCommittee {
        if (octets.size() % KEY != 0 || octets.size() < 2 * KEY) {
            throw new IllegalArgumentException("sync committee: expected keys of 48 octets, got " + octets.size());
        }
    }

    /// How many octets a committee of so many members has.
    public static int octets(int members) {
        return (members + 1) * KEY;
    }

    /// How many members it has.
    public int size() {
        return octets.size() / KEY - 1;
    }

    /// The public key of a member, compressed.
    public Bytes key(int index) {
        return octets.slice(index * KEY, (index + 1) * KEY);
    }

    /// The hash tree root, over the aggregate key too.
    public Bytes32 root() {
        int end = size() * KEY;
        return Ssz.node(Ssz.vectorOfPairs(octets.slice(0, end), KEY), Ssz.vector(octets.slice(end, octets.size())));
    }
}
