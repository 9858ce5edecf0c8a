package io.waybill.core.proof.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.PowHeaderHashMismatch;
import io.waybill.core.ConfluxRejection.PowHeaderHeightMismatch;
import io.waybill.core.ConfluxRejection.RootsBlamed;
import io.waybill.core.ConfluxRejection.TooFewBlameVotes;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Headers linked by parent hashes from a pivot that a committee signed back to one whose roots are asked for.
///
/// @param headers from the pivot down, at least one
record PivotHeaders(List<PowHeader> headers) {
    /// The most headers that are looked at: ten decisions of the PoS chain, and more.
    static final int MOST = 1024;

    PivotHeaders {
        headers = List.copyOf(headers);
    }

    /// Links headers to a pivot: each must have the hash that the one before names as its parent's, and the height
    /// below. Proof of work is not asked for: the signed pivot stands in its place.
    static Verdict<PivotHeaders> from(long height, Bytes32 hash, List<Bytes> encoded) {
        if (encoded.isEmpty() || encoded.size() > MOST) return reject(new MalformedEventProof("headers"));
        var headers = new ArrayList<PowHeader>();
        var expected = hash;
        for (int i = 0; i < encoded.size(); i++) {
            switch (PowHeader.decode(encoded.get(i)).then(below(height - i, expected))) {
                case Verdict.Rejected<PowHeader>(var reason) -> {
                    return reject(reason);
                }
                case Verdict.Accepted<PowHeader>(var header) -> {
                    headers.add(header);
                    expected = header.parentHash();
                }
            }
        }
        return accept(new PivotHeaders(headers));
    }

    private static Function<PowHeader, Verdict<PowHeader>> below(long height, Bytes32 hash) {
        return header -> {
            var computed = header.hash();
            if (!computed.equals(hash)) return reject(new PowHeaderHashMismatch(height, hash, computed));
            return header.height() == height
                    ? accept(header)
                    : reject(new PowHeaderHeightMismatch(height, header.height()));
        };
    }

    /// The lowest header, if the headers above vouch for what it says of roots.
    ///
    /// A wrong root does not keep a block off the pivot chain; later miners blame it instead, and committees sign
    /// the chain as it is. Each header above therefore votes: from it one goes down to the header it holds right,
    /// `blame + 1` lower, from there likewise, and the vote is for the lowest header if that is met, against if it
    /// is passed over. None may be against.
    ///
    /// @param minVotes headers that must vote for, ≥ 1
    Verdict<PowHeader> vouched(int minVotes) {
        int lowest = headers.size() - 1;
        var votesFor = new boolean[headers.size()];
        votesFor[lowest] = true;
        int against = 0;
        for (int i = lowest - 1; i >= 0; i--) {
            long held = i + headers.get(i).blame() + 1;
            votesFor[i] = held <= lowest && votesFor[(int) held];
            if (!votesFor[i]) against++;
        }
        var header = headers.getLast();
        if (against > 0) return reject(new RootsBlamed(header.height(), against));
        return lowest < minVotes ? reject(new TooFewBlameVotes(lowest, minVotes)) : accept(header);
    }
}
