package io.waybill.core.client.committee;

import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.Verdict;
import io.waybill.core.proof.Rlp;
import java.util.List;
import java.util.stream.Stream;

/// A block with those who attest it: `RLP [ height, hash, root, timestamp, [signature...] ]`.
///
/// @param signatures 65 octets `r || s || v` over the block's digest, ascending by signer
public record CommitteeUpdate(AttestedBlock block, List<Bytes> signatures) {
    private static final int PARTS = 5;

    public CommitteeUpdate {
        signatures = List.copyOf(signatures);
    }

    public Bytes encode() {
        return Rlp.list(Stream.concat(block.items().stream(), Stream.of(Rlp.list(signatures, Rlp::of)))
                        .toList())
                .encode();
    }

    /// Reads the wire form; total.
    public static Verdict<CommitteeUpdate> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedUpdate::new, CommitteeUpdate::of);
    }

    private static Verdict<CommitteeUpdate> of(Rlp item) {
        var parts = item.items();
        if (parts.size() != PARTS) return reject(new MalformedUpdate("list"));
        return AttestedBlock.of(parts)
                .map(block -> new CommitteeUpdate(
                        block, parts.get(4).items().stream().map(Rlp::octets).toList()));
    }
}
