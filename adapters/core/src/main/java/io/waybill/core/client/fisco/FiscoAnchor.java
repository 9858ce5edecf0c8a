package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.Verdict;
import io.waybill.core.proof.Rlp;

/// The first trusted header of a client, which operators pin: `RLP [ number, parentHash, set, header ]`, the header
/// as in an update, with `which` 0.
public record FiscoAnchor(FiscoHeader header) {
    /// One more than the largest height of an anchor, so that no height after it leaves a `long`.
    static final long HEIGHT_LIMIT = 1L << 62;

    public FiscoAnchor {
        if (header.number() >= HEIGHT_LIMIT)
            throw new IllegalArgumentException("anchor: expected a height below 2^62, got " + header.number());
        if (header.check() instanceof Verdict.Rejected<FiscoHeader>(var reason))
            throw new IllegalArgumentException("anchor: " + reason.explain());
    }

    /// What the constructor of the client's contract takes.
    public Bytes encode() {
        return Rlp.list(
                        Rlp.of(header.number()),
                        Rlp.of(header.parentHash().value()),
                        FiscoUpdate.item(header.sealers()),
                        FiscoUpdate.Link.of(header, false).item())
                .encode();
    }

    /// Reads the wire form, and holds the header to its grammar; total.
    public static Verdict<FiscoAnchor> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedUpdate::new, FiscoAnchor::of);
    }

    private static Verdict<FiscoAnchor> of(Rlp item) {
        var parts = item.items();
        if (parts.size() != 4) return reject(new MalformedUpdate("anchor"));
        long number = parts.get(0).number();
        if (number < 1 || number >= HEIGHT_LIMIT) return reject(new MalformedUpdate("number"));
        if (parts.get(1).octets().size() != 32) return reject(new MalformedUpdate("parentHash"));
        var parent = new Bytes32(parts.get(1).octets());
        return FiscoUpdate.set(parts.get(2))
                .then(sealers -> FiscoUpdate.Link.of(parts.get(3))
                        .then(link -> link.changed() ? reject(new MalformedUpdate("which")) : accept(link))
                        .then(link -> link.at(number, parent, sealers).check())
                        .map(FiscoAnchor::new));
    }
}
