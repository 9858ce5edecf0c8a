package io.waybill.core.client.fisco2;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.FiscoRejection.NoHeaders;
import io.waybill.core.FiscoRejection.TooManyHeaders;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.proof.Rlp;
import java.util.List;

/// A chain of headers that is shown to a client, with the seals over the last of them: `RLP [ trustedHeight,
/// [trusted id...], [header...], [[index, signature]...] ]`, each header the list that is hashed.
///
/// @param trustedHeight a height the client holds
/// @param trusted       the list of the header there
/// @param headers       each the parent of the next, 1 to 64
/// @param seals         over the hash of the last header, ascending by index
public record Fisco2Update(long trustedHeight, SealerSet trusted, List<Fisco2Header> headers, List<Seal> seals) {
    /// The most headers an update may have.
    public static final int MOST_HEADERS = 64;

    private static final int PARTS = 4;

    public Fisco2Update {
        headers = List.copyOf(headers);
        seals = List.copyOf(seals);
    }

    public Bytes encode() {
        return Rlp.list(
                        Rlp.of(trustedHeight),
                        Rlp.list(trusted.ids(), Rlp::of),
                        Rlp.list(headers, Fisco2Header::item),
                        Rlp.list(seals, seal -> Rlp.list(Rlp.of(seal.index()), Rlp.of(seal.signature()))))
                .encode();
    }

    /// Reads the wire form, and holds each header to its grammar; total. Refuses in the order of the parts.
    public static Verdict<Fisco2Update> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedUpdate::new, Fisco2Update::of);
    }

    private static Verdict<Fisco2Update> of(Rlp item) {
        var parts = item.items();
        if (parts.size() != PARTS) return reject(new MalformedUpdate("list of " + parts.size()));
        long height = parts.get(0).number();
        return Sealers.of(parts.get(1).items().stream().map(Rlp::octets).toList())
                .then(trusted -> headers(parts.get(2).items())
                        .then(headers -> Verdict.each(parts.get(3).items(), Fisco2Update::seal)
                                .map(seals -> new Fisco2Update(height, trusted, headers, seals))));
    }

    private static Verdict<List<Fisco2Header>> headers(List<Rlp> items) {
        if (items.isEmpty()) return reject(new NoHeaders());
        if (items.size() > MOST_HEADERS) return reject(new TooManyHeaders(items.size(), MOST_HEADERS));
        return Verdict.each(items, Fisco2Header::of);
    }

    private static Verdict<Seal> seal(Rlp item) {
        var parts = item.items();
        if (parts.size() != 2) return reject(new MalformedUpdate("seal"));
        return accept(new Seal(parts.get(0).number(), parts.get(1).octets()));
    }
}
