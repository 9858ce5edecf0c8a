package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.FiscoRejection.SealersNotAscending;
import io.waybill.core.FiscoRejection.SetSizeOutOfRange;
import io.waybill.core.FiscoRejection.WeightOutOfRange;
import io.waybill.core.Verdict;
import io.waybill.core.client.Quorum;
import io.waybill.core.digest.Digests;
import java.util.ArrayList;
import java.util.List;

/// The sealers of a chain with their weights, as a header lists them, within the grammar of rule R4.2.
///
/// @param ids     1 to 128 public keys of 64 octets, strictly ascending
/// @param weights one for each id, `1 ≤ weight < 2^32`
public record SealerSet(List<Bytes> ids, List<Long> weights) {
    /// The most sealers a set may have.
    public static final int MOST = 128;

    private static final int ID_SIZE = 64;
    private static final long WEIGHT_LIMIT = 1L << 32;

    public SealerSet {
        ids = List.copyOf(ids);
        weights = List.copyOf(weights);
        if (check(ids, weights) instanceof Verdict.Rejected<Integer>(var reason))
            throw new IllegalArgumentException(reason.explain());
    }

    /// The set of these ids and weights, or the reason why there is none.
    public static Verdict<SealerSet> of(List<Bytes> ids, List<Long> weights) {
        return check(ids, weights).map(_ -> new SealerSet(ids, weights));
    }

    private static Verdict<Integer> check(List<Bytes> ids, List<Long> weights) {
        if (ids.isEmpty() || ids.size() > MOST) return reject(new SetSizeOutOfRange(ids.size()));
        if (weights.size() != ids.size()) return reject(new MalformedUpdate("weights"));
        for (int i = 0; i < ids.size(); i++) {
            if (ids.get(i).size() != ID_SIZE) return reject(new MalformedUpdate("sealer id"));
            if (i > 0 && ids.get(i - 1).compareTo(ids.get(i)) >= 0) return reject(new SealersNotAscending(i));
            if (weights.get(i) < 1 || weights.get(i) >= WEIGHT_LIMIT) return reject(new WeightOutOfRange(i));
        }
        return accept(ids.size());
    }

    public int size() {
        return ids.size();
    }

    /// `sha256` over each id and its weight as eight octets.
    public Bytes32 setHash() {
        var parts = new ArrayList<Bytes>();
        for (int i = 0; i < ids.size(); i++) {
            parts.add(ids.get(i));
            parts.add(Bytes.u64(weights.get(i)));
        }
        return Digests.sha256(Bytes.concat(parts));
    }

    /// The sum of all weights, below 2^39.
    public long total() {
        return weights.stream().mapToLong(Long::longValue).sum();
    }

    /// The weight that makes a block final, rule R4.3: `total − ⌊(total−1)/3⌋`.
    public long quorum() {
        return Quorum.pbft(total());
    }

    /// The weight of a sealer in this set, 0 if it is not in it.
    public long weightOf(Bytes id) {
        int index = ids.indexOf(id);
        return index < 0 ? 0 : weights.get(index);
    }
}
