package io.waybill.core.lane;

import io.waybill.core.Bytes32;
import io.waybill.core.LaneRejection;
import io.waybill.core.Verdict;
import java.util.List;

/// The proof that a later checkpoint only appended to an earlier one.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4.2">RFC 9162, 2.1.4.2: verifying
/// consistency</a>
public final class ConsistencyProof {
    private ConsistencyProof() {}

    /// Judges the proof and answers the later checkpoint. Two checkpoints of one size need no hashes and must have
    /// one root.
    public static Verdict<Checkpoint> verify(Checkpoint earlier, Checkpoint later, List<Bytes32> proof) {
        boolean holds = earlier.lane().equals(later.lane())
                && earlier.size() <= later.size()
                && (earlier.size() == later.size()
                        ? proof.isEmpty() && earlier.root().equals(later.root())
                        : climb(earlier, later, proof));
        return holds ? Verdict.accept(later) : Verdict.reject(new LaneRejection.InconsistentLog());
    }

    private static boolean climb(Checkpoint earlier, Checkpoint later, List<Bytes32> proof) {
        boolean power = Long.bitCount(earlier.size()) == 1;
        int next = power ? 0 : 1;
        if (proof.size() < next) return false;
        var start = power ? earlier.root() : proof.getFirst();
        int skipped = Long.numberOfTrailingZeros(earlier.size());
        long fn = (earlier.size() - 1) >> skipped;
        long sn = (later.size() - 1) >> skipped;
        var fr = start;
        var sr = start;
        for (; next < proof.size(); next++) {
            if (sn == 0) return false;
            var hash = proof.get(next);
            if (fn % 2 == 1 || fn == sn) {
                fr = LaneLog.node(hash, fr);
                sr = LaneLog.node(hash, sr);
                // A lone last node climbs unhashed until it is a right child, or the root.
                int lone = fn == 0 ? 0 : Long.numberOfTrailingZeros(fn);
                fn >>= lone;
                sn >>= lone;
            } else {
                sr = LaneLog.node(sr, hash);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr.equals(earlier.root()) && sr.equals(later.root());
    }
}
