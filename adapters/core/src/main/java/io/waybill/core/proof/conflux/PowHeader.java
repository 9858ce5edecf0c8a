package io.waybill.core.proof.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.MalformedPowHeader;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import io.waybill.core.proof.Rlp;
import java.util.List;
import java.util.function.Predicate;

/// A header of the PoW chain. Its hash is computed from its octets, so that whatever else they say is bound by it.
///
/// What follows the first fourteen items differs by fork (PoS reference, base fees, custom octets) and is not
/// looked at.
public final class PowHeader {
    /// The longest header that is looked at, in octets: 200 referees and all else fit well.
    public static final int SIZE_LIMIT = 1 << 14;

    private static final List<Field> FIELDS = List.of(
            new Field("parentHash", sized(32)),
            new Field("height", number(8)),
            new Field("timestamp", number(8)),
            new Field("author", sized(20)),
            new Field("transactionsRoot", sized(32)),
            new Field("deferredStateRoot", sized(32)),
            new Field("deferredReceiptsRoot", sized(32)),
            new Field("deferredLogsBloomHash", sized(32)),
            new Field("blame", number(4)),
            new Field("difficulty", number(32)),
            new Field(
                    "adaptive", item -> item.octets().isEmpty() || item.octets().equals(Bytes.of(1))),
            new Field("gasLimit", number(32)),
            new Field(
                    "refereeHashes",
                    item -> item.items().stream().allMatch(hash -> hash.octets().size() == 32)),
            new Field("nonce", number(32)));

    private final Bytes octets;
    private final List<Rlp> items;

    private PowHeader(Bytes octets, List<Rlp> items) {
        this.octets = octets;
        this.items = items;
    }

    private record Field(String title, Predicate<Rlp> rule) {}

    private static Predicate<Rlp> sized(int size) {
        return item -> item.octets().size() == size;
    }

    private static Predicate<Rlp> number(int most) {
        return item -> Unsigned.fits(item.octets(), most);
    }

    /// Reads a header's RLP; total.
    public static Verdict<PowHeader> decode(Bytes octets) {
        if (octets.size() > SIZE_LIMIT) return reject(new MalformedPowHeader("size"));
        return Rlp.parse(octets, MalformedPowHeader::new, item -> {
            var items = item.items();
            if (items.size() < FIELDS.size()) return reject(new MalformedPowHeader("fields"));
            for (int i = 0; i < FIELDS.size(); i++) {
                if (!FIELDS.get(i).rule.test(items.get(i))) return reject(new MalformedPowHeader(FIELDS.get(i).title));
            }
            return items.get(1).number() < 0
                    ? reject(new MalformedPowHeader("height"))
                    : accept(new PowHeader(octets, items));
        });
    }

    /// Keccak-256 over the octets.
    public Bytes32 hash() {
        return Digests.keccak256(octets);
    }

    public Bytes32 parentHash() {
        return new Bytes32(items.get(0).octets());
    }

    public long height() {
        return items.get(1).number();
    }

    /// Seconds since 1970, as its miner says.
    public long timestamp() {
        return items.get(2).number();
    }

    /// How many headers right before this one state wrong roots, as its miner saw it; unsigned, of 32 bits.
    public long blame() {
        return items.get(8).number();
    }

    /// Of the epoch five below this height where [#blame()] is 0; else a hash over that root and the right ones of
    /// the blamed headers.
    public Bytes32 deferredReceiptsRoot() {
        return new Bytes32(items.get(6).octets());
    }

    public Bytes encode() {
        return octets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PowHeader that && octets.equals(that.octets);
    }

    @Override
    public int hashCode() {
        return octets.hashCode();
    }

    @Override
    public String toString() {
        return "PowHeader[%d %s]".formatted(height(), hash());
    }
}
