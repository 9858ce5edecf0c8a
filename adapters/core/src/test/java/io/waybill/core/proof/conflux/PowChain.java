package io.waybill.core.proof.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Pivot headers of consecutive heights, made for a test.
public final class PowChain {
    private final TreeMap<Long, PowHeader> headers = new TreeMap<>();

    private PowChain() {}

    /// Links headers of consecutive heights.
    ///
    /// @param roots  what headers state as their deferred receipts root; others state one that nobody knows
    /// @param blames blame by height; 0 for others
    public static PowChain between(long lowest, long pivot, Map<Long, Bytes32> roots, Map<Long, Long> blames) {
        var chain = new PowChain();
        var parent = Digests.sha256(Bytes.utf8("below"));
        for (long height = lowest; height <= pivot; height++) {
            var root = roots.getOrDefault(height, Digests.sha256(Bytes.u64(height)));
            var header = PowHeader.decode(encoded(parent, height, root, blames.getOrDefault(height, 0L)))
                    .orElseThrow();
            chain.headers.put(height, header);
            parent = header.hash();
        }
        return chain;
    }

    public static Bytes encoded(Bytes32 parent, long height, Bytes32 root, long blame) {
        return Rlp.list(items(parent, height, root, blame)).encode();
    }

    static List<Rlp> items(Bytes32 parent, long height, Bytes32 root, long blame) {
        var none = Rlp.of(Digests.keccak256(Bytes.EMPTY).value());
        return new ArrayList<>(List.of(
                Rlp.of(parent.value()),
                Rlp.of(height),
                Rlp.of(1_800_000_000 + height),
                Rlp.of(Bytes.of(new byte[20]).with(0, 0x10)),
                none,
                none,
                Rlp.of(root.value()),
                none,
                Rlp.of(blame),
                Rlp.of(4),
                Rlp.of(Bytes.EMPTY),
                Rlp.of(60_000_000),
                Rlp.list(List.of()),
                Rlp.of(Bytes.hex("59c1479621f3667d")),
                Rlp.list(Rlp.of(Digests.sha256(Bytes.utf8("pos")).value())),
                Rlp.list(Rlp.list(Rlp.of(1), Rlp.of(1))),
                Rlp.of(Bytes.of(4))));
    }

    public Bytes32 hash(long height) {
        return at(height).hash();
    }

    PowHeader at(long height) {
        var header = headers.get(height);
        if (header == null) throw new IllegalArgumentException("no header " + height);
        return header;
    }

    /// The headers' octets from a pivot down to a height.
    public List<Bytes> down(long pivot, long lowest) {
        return headers.subMap(lowest, true, pivot, true).descendingMap().values().stream()
                .map(PowHeader::encode)
                .toList();
    }
}
