package io.waybill.core.client.fisco2;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Fisco2Rejection.MalformedFisco2Header;
import io.waybill.core.FiscoRejection.SealerOutOfRange;
import io.waybill.core.FiscoRejection.TimeOutOfRange;
import io.waybill.core.FiscoRejection.ZeroRoot;
import io.waybill.core.Verdict;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.math.BigInteger;
import java.util.List;

/// A header of FISCO BCOS 2.x, block 1 or later, without the seals over it. It is hashed in RLP, so no two headers
/// have the same preimage.
///
/// @param dbHash    of the tables that the block wrote
/// @param logsBloom 256 octets
/// @param number    ≥ 1
/// @param gasLimit  below 2^256
/// @param gasUsed   below 2^256
/// @param timeMs    milliseconds since 1970
/// @param extraData at most [#MOST_EXTRA] strings of at most [#LONGEST_EXTRA] octets
/// @param sealer    index of the proposer in the list
/// @param sealers   this block's own list, each weighing one
/// @see <a href="https://github.com/FISCO-BCOS/FISCO-BCOS">libethcore, BlockHeader.cpp</a>
public record Fisco2Header(
        Bytes32 parentHash,
        Bytes32 stateRoot,
        Bytes32 transactionsRoot,
        Bytes32 receiptsRoot,
        Bytes32 dbHash,
        Bytes logsBloom,
        long number,
        BigInteger gasLimit,
        BigInteger gasUsed,
        long timeMs,
        List<Bytes> extraData,
        long sealer,
        SealerSet sealers) {
    /// The most strings of extra data; nodes write none after the first block.
    public static final int MOST_EXTRA = 16;
    /// The longest string of extra data, in octets.
    public static final int LONGEST_EXTRA = 1024;

    private static final int FIELDS = 13;
    private static final int ROOTS = 5;
    private static final int BLOOM = 256;
    private static final int WORD_BITS = 256;
    private static final long TIME_LIMIT = 1L << 48;

    public Fisco2Header {
        if (number < 1) throw new IllegalArgumentException("number: expected ≥ 1, got " + number);
        extraData = List.copyOf(extraData);
    }

    /// The list of thirteen that is hashed.
    Rlp item() {
        return Rlp.list(
                Rlp.of(parentHash.value()),
                Rlp.of(stateRoot.value()),
                Rlp.of(transactionsRoot.value()),
                Rlp.of(receiptsRoot.value()),
                Rlp.of(dbHash.value()),
                Rlp.of(logsBloom),
                Rlp.of(number),
                Rlp.of(gasLimit),
                Rlp.of(gasUsed),
                Rlp.of(timeMs),
                Rlp.list(extraData, Rlp::of),
                Rlp.of(sealer),
                Rlp.list(sealers.ids(), Rlp::of));
    }

    /// The octets that are hashed.
    public Bytes encode() {
        return item().encode();
    }

    public Bytes32 hash(FiscoSuite suite) {
        return suite.hash(encode());
    }

    /// Reads a header and holds it to its grammar; total.
    public static Verdict<Fisco2Header> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedFisco2Header::new, Fisco2Header::of);
    }

    /// Reads a header inside a parse, and holds it to its grammar.
    static Verdict<Fisco2Header> of(Rlp item) {
        var fields = item.items();
        if (fields.size() != FIELDS) return malformed("list of " + fields.size());
        for (var root : fields.subList(0, ROOTS)) {
            if (root.octets().size() != 32) return malformed("root");
        }
        long number = fields.get(6).number();
        if (number < 1) return malformed("number");
        return Sealers.of(fields.get(12).items().stream().map(Rlp::octets).toList())
                .then(sealers -> new Fisco2Header(
                                new Bytes32(fields.get(0).octets()),
                                new Bytes32(fields.get(1).octets()),
                                new Bytes32(fields.get(2).octets()),
                                new Bytes32(fields.get(3).octets()),
                                new Bytes32(fields.get(4).octets()),
                                fields.get(5).octets(),
                                number,
                                fields.get(7).bigNumber(),
                                fields.get(8).bigNumber(),
                                fields.get(9).number(),
                                fields.get(10).items().stream().map(Rlp::octets).toList(),
                                fields.get(11).number(),
                                sealers)
                        .check());
    }

    /// The bounds of the fields, as far as one header alone can be held to them.
    public Verdict<Fisco2Header> check() {
        if (receiptsRoot.isZero()) return reject(new ZeroRoot("receiptsRoot"));
        if (logsBloom.size() != BLOOM) return malformed("logsBloom");
        if (!word(gasLimit)) return malformed("gasLimit");
        if (!word(gasUsed)) return malformed("gasUsed");
        if (timeMs <= 0 || timeMs >= TIME_LIMIT) return reject(new TimeOutOfRange(timeMs));
        boolean modest =
                extraData.size() <= MOST_EXTRA && extraData.stream().allMatch(extra -> extra.size() <= LONGEST_EXTRA);
        if (!modest) return malformed("extraData");
        if (sealer < 0 || sealer >= sealers.size()) return reject(new SealerOutOfRange(sealer, sealers.size()));
        return accept(this);
    }

    private static boolean word(BigInteger value) {
        return value.signum() >= 0 && value.bitLength() <= WORD_BITS;
    }

    private static Verdict<Fisco2Header> malformed(String field) {
        return reject(new MalformedFisco2Header(field));
    }

    /// What a client keeps of this header; 2.x headers have no version.
    public ConsensusState state(FiscoSuite suite) {
        return new ConsensusState(number, hash(suite), receiptsRoot, timeMs, sealers.setHash(), 0);
    }
}
