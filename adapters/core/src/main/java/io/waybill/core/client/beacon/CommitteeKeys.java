package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.beacon.ssz.SyncAggregate;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import io.waybill.core.digest.Bls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of a sync committee, decompressed, which costs far more than to judge a signature by them. Those of
/// the last few committees are remembered: a committee signs for a day. What is remembered is a function of the
/// committee's octets alone, and only committees that a believed header names come to be remembered.
final class CommitteeKeys {
    /// Committees remembered: the current and the next ones of a few chains.
    private static final int KEPT = 8;

    private static final Map<SyncCommittee, CommitteeKeys> REMEMBERED = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SyncCommittee, CommitteeKeys> eldest) {
            return size() > KEPT;
        }
    };

    private final Bytes32 root;
    private final List<Bls.Key> keys;
    private final Bls.Sum all;

    private CommitteeKeys(Bytes32 root, List<Bls.Key> keys) {
        this.root = root;
        this.keys = keys;
        this.all = Bls.Sum.of(keys);
    }

    /// The keys of the committee that must have this root.
    static Verdict<CommitteeKeys> of(SyncCommittee committee, Bytes32 expected) {
        var remembered = remembered(committee);
        var root = remembered == null ? committee.root() : remembered.root;
        if (!root.equals(expected)) return reject(new ClientRejection.TrustedSetMismatch(expected, root));
        return remembered == null ? decompress(committee, root) : accept(remembered);
    }

    private static Verdict<CommitteeKeys> decompress(SyncCommittee committee, Bytes32 root) {
        var keys = new ArrayList<Bls.Key>();
        for (int i = 0; i < committee.size(); i++) {
            var key = Bls.key(committee.key(i));
            if (key.isEmpty()) return reject(new BeaconRejection.CommitteeKeyInvalid(i));
            keys.add(key.get());
        }
        var decompressed = new CommitteeKeys(root, List.copyOf(keys));
        synchronized (REMEMBERED) {
            REMEMBERED.put(committee, decompressed);
        }
        return accept(decompressed);
    }

    private static @Nullable CommitteeKeys remembered(SyncCommittee committee) {
        synchronized (REMEMBERED) {
            return REMEMBERED.get(committee);
        }
    }

    /// The sum of the participants' keys: of whichever are fewer, they are added or the absent taken away.
    Bls.Sum participants(SyncAggregate aggregate) {
        boolean most = aggregate.participants() * 2 > keys.size();
        var few = new ArrayList<Bls.Key>();
        for (int i = 0; i < keys.size(); i++) {
            if (aggregate.has(i) != most) few.add(keys.get(i));
        }
        return most ? all.without(few) : Bls.Sum.of(few);
    }
}
