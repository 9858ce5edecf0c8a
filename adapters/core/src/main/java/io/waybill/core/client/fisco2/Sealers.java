package io.waybill.core.client.fisco2;

import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.SealerSet;
import java.util.Collections;
import java.util.List;

/// The sealers of a 2.x chain: a set in which each weighs one, for 2.x knows no weights.
public final class Sealers {
    private Sealers() {}

    /// The set of these ids, or the reason why there is none.
    ///
    /// @param ids 1 to 128 public keys of 64 octets, strictly ascending
    public static Verdict<SealerSet> of(List<Bytes> ids) {
        return SealerSet.of(ids, Collections.nCopies(ids.size(), 1L));
    }
}
