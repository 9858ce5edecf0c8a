package io.waybill.core.client.fisco2;

import io.waybill.core.Bytes;
import io.waybill.core.Verdict;

/// The first trusted header of a client, which operators pin: the RLP of the header as it is hashed.
public record Fisco2Anchor(Fisco2Header header) {
    public Fisco2Anchor {
        if (header.check() instanceof Verdict.Rejected<Fisco2Header>(var reason))
            throw new IllegalArgumentException("anchor: " + reason.explain());
    }

    public Bytes encode() {
        return header.encode();
    }

    /// Reads the wire form, and holds the header to its grammar; total.
    public static Verdict<Fisco2Anchor> decode(Bytes octets) {
        return Fisco2Header.decode(octets).map(Fisco2Anchor::new);
    }
}
