package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.FiscoRejection.MalformedGasUsed;
import io.waybill.core.FiscoRejection.NoHeaders;
import io.waybill.core.FiscoRejection.TooManyHeaders;
import io.waybill.core.Verdict;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A chain of headers that follows a trusted one, with the seals over the last of them and the signatures that the
/// client's mode asks for: `RLP [ trustedHeight, trustedSet, newSet, headers, seals, signatures ]`.
///
/// By itself this is the update of mode CORROBORATED, and the last part is of watchers over [WatcherDigest] of the
/// last header. Within [ChallengeAction.Propose] it is of operators over the new list, empty where there is none.
///
/// @param trustedHeight     a height the client holds
/// @param trustedSet        the list of the header there
/// @param newSet            the one other list that headers of this update name, null if none does
/// @param headers           of the heights after the trusted one, without gaps, 1 to 64
/// @param seals             over the hash of the last header, ascending by index
/// @param signatures        65 octets each, ascending by signer
public record FiscoUpdate(
        long trustedHeight,
        SealerSet trustedSet,
        @Nullable SealerSet newSet,
        List<Link> headers,
        List<Seal> seals,
        List<Bytes> signatures) {
    /// The most headers an update may have, rule R4.4.
    public static final int MOST_HEADERS = 64;

    private static final int PARTS = 6;

    /// What is sent of a header: `[ version, txsRoot, receiptsRoot, stateRoot, gasUsed, timeMs, sealer, which ]`.
    /// Its number and its parent's hash follow from its place.
    ///
    /// @param changed whether the header names the new list (`which` 1) or the trusted one (0)
    public record Link(
            int version,
            Bytes32 txsRoot,
            Bytes32 receiptsRoot,
            Bytes32 stateRoot,
            String gasUsed,
            long timeMs,
            long sealer,
            boolean changed) {
        private static final int FIELDS = 8;

        static Link of(FiscoHeader header, boolean changed) {
            return new Link(
                    header.version(),
                    header.txsRoot(),
                    header.receiptsRoot(),
                    header.stateRoot(),
                    header.gasUsed(),
                    header.timeMs(),
                    header.sealer(),
                    changed);
        }

        FiscoHeader at(long number, Bytes32 parentHash, SealerSet sealers) {
            return new FiscoHeader(
                    version,
                    number,
                    parentHash,
                    txsRoot,
                    receiptsRoot,
                    stateRoot,
                    gasUsed,
                    timeMs,
                    sealer,
                    sealers,
                    Bytes.EMPTY);
        }

        Rlp item() {
            return Rlp.list(
                    Rlp.of(version),
                    Rlp.of(txsRoot.value()),
                    Rlp.of(receiptsRoot.value()),
                    Rlp.of(stateRoot.value()),
                    Rlp.of(Bytes.utf8(gasUsed)),
                    Rlp.of(timeMs),
                    Rlp.of(sealer),
                    Rlp.of(changed ? 1 : 0));
        }

        static Verdict<Link> of(Rlp item) {
            var fields = item.items();
            if (fields.size() != FIELDS) return reject(new MalformedUpdate("header"));
            long version = fields.get(0).number();
            if (version != (int) version || version < 0) return reject(new MalformedUpdate("version"));
            for (int i = 1; i <= 3; i++) {
                if (fields.get(i).octets().size() != 32) return reject(new MalformedUpdate("root"));
            }
            var gasUsed = fields.get(4).octets().toUtf8();
            if (!Bytes.utf8(gasUsed).equals(fields.get(4).octets())) return reject(new MalformedGasUsed());
            long which = fields.get(7).number();
            if (which != 0 && which != 1) return reject(new MalformedUpdate("which"));
            return accept(new Link(
                    (int) version,
                    new Bytes32(fields.get(1).octets()),
                    new Bytes32(fields.get(2).octets()),
                    new Bytes32(fields.get(3).octets()),
                    gasUsed,
                    fields.get(5).number(),
                    fields.get(6).number(),
                    which == 1));
        }
    }

    public FiscoUpdate {
        headers = List.copyOf(headers);
        seals = List.copyOf(seals);
        signatures = List.copyOf(signatures);
    }

    /// The update that carries these headers.
    ///
    /// @param trusted the list of the header at the trusted height
    /// @param headers the headers after it, at most one list among them that is not the trusted one
    /// @throws IllegalArgumentException if there are none, or they name two other lists
    public static FiscoUpdate of(
            SealerSet trusted, List<FiscoHeader> headers, List<Seal> seals, List<Bytes> signatures) {
        var others = headers.stream()
                .map(FiscoHeader::sealers)
                .filter(set -> !set.equals(trusted))
                .distinct()
                .toList();
        if (headers.isEmpty() || others.size() > 1) {
            throw new IllegalArgumentException(
                    "headers: expected ≥ 1 with ≤ 1 new list, got %d with %d".formatted(headers.size(), others.size()));
        }
        var links = headers.stream()
                .map(header -> Link.of(header, !header.sealers().equals(trusted)))
                .toList();
        long height = headers.getFirst().number() - 1;
        return new FiscoUpdate(height, trusted, others.isEmpty() ? null : others.getFirst(), links, seals, signatures);
    }

    public Bytes encode() {
        return item().encode();
    }

    Rlp item() {
        return Rlp.list(
                Rlp.of(trustedHeight),
                item(trustedSet),
                newSet == null ? Rlp.list() : item(newSet),
                Rlp.list(headers, Link::item),
                item(seals),
                Rlp.list(signatures, Rlp::of));
    }

    /// A list of sealers as it is sent: `[ [id...], [weight...] ]`.
    static Rlp item(SealerSet set) {
        return Rlp.list(Rlp.list(set.ids(), Rlp::of), Rlp.list(set.weights(), Rlp::of));
    }

    /// Seals as they are sent: `[ [index, signature]... ]`.
    static Rlp item(List<Seal> seals) {
        return Rlp.list(seals, seal -> Rlp.list(Rlp.of(seal.index()), Rlp.of(seal.signature())));
    }

    /// Reads the wire form; total. Refuses in the order of the parts.
    public static Verdict<FiscoUpdate> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedUpdate::new, FiscoUpdate::of);
    }

    static Verdict<FiscoUpdate> of(Rlp item) {
        var parts = item.items();
        if (parts.size() != PARTS) return reject(new MalformedUpdate("list of " + parts.size()));
        long height = parts.get(0).number();
        return set(parts.get(1))
                .then(trusted -> newSet(parts.get(2), trusted)
                        .then(sets -> headers(parts.get(3), sets.size() > 1)
                                .then(headers -> seals(parts.get(4))
                                        .map(seals -> new FiscoUpdate(
                                                height,
                                                trusted,
                                                sets.size() > 1 ? sets.get(1) : null,
                                                headers,
                                                seals,
                                                parts.get(5).items().stream()
                                                        .map(Rlp::octets)
                                                        .toList())))));
    }

    static Verdict<SealerSet> set(Rlp item) {
        var parts = item.items();
        if (parts.size() != 2) return reject(new MalformedUpdate("set"));
        return SealerSet.of(
                parts.get(0).items().stream().map(Rlp::octets).toList(),
                parts.get(1).items().stream().map(Rlp::number).toList());
    }

    static Verdict<List<SealerSet>> newSet(Rlp item, SealerSet trusted) {
        if (item.items().isEmpty()) return accept(List.of(trusted));
        return set(item)
                .then(other -> other.equals(trusted)
                        ? reject(new MalformedUpdate("newSet"))
                        : accept(List.of(trusted, other)));
    }

    private static Verdict<List<Link>> headers(Rlp item, boolean newSet) {
        int count = item.items().size();
        if (count == 0) return reject(new NoHeaders());
        if (count > MOST_HEADERS) return reject(new TooManyHeaders(count, MOST_HEADERS));
        return each(item, Link::of)
                .then(links -> !newSet && links.stream().anyMatch(Link::changed)
                        ? reject(new MalformedUpdate("which"))
                        : accept(links));
    }

    static Verdict<List<Seal>> seals(Rlp items) {
        return each(items, FiscoUpdate::seal);
    }

    private static Verdict<Seal> seal(Rlp item) {
        var parts = item.items();
        if (parts.size() != 2) return reject(new MalformedUpdate("seal"));
        return accept(new Seal(parts.get(0).number(), parts.get(1).octets()));
    }

    private static <T> Verdict<List<T>> each(Rlp list, Function<Rlp, Verdict<T>> reader) {
        var values = new ArrayList<T>();
        for (var item : list.items()) {
            switch (reader.apply(item)) {
                case Verdict.Accepted<T>(var value) -> values.add(value);
                case Verdict.Rejected<T>(var reason) -> {
                    return reject(reason);
                }
            }
        }
        return accept(values);
    }
}
