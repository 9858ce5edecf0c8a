package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes32;
import io.waybill.core.QbftRejection.HeaderNotLinked;
import io.waybill.core.Verdict;
import java.util.List;

/// Headers from an accepted one back to an older one, each the parent of the one before it, rule R6.6. They
/// need no seals: whoever sealed the accepted header vouched for its ancestors.
///
/// @param headers the accepted header first, the older one last
public record BackProof(List<QbftHeader> headers) {
    /// How many headers below the accepted one are looked at.
    public static final int LIMIT = 256;

    public BackProof {
        headers = List.copyOf(headers);
        if (headers.size() < 2 || headers.size() > LIMIT + 1) {
            throw new IllegalArgumentException("headers: expected 2 to 257, got " + headers.size());
        }
    }

    /// Judges the chain of hashes and answers the older header.
    ///
    /// @param accepted the on-chain hash of the header that a client accepted
    public Verdict<QbftHeader> verify(Bytes32 accepted) {
        var wanted = accepted;
        long number = headers.getFirst().number();
        for (int i = 0; i < headers.size(); i++) {
            var header = headers.get(i);
            if (header.number() != number - i || !header.hash().equals(wanted)) return reject(new HeaderNotLinked(i));
            wanted = header.parentHash();
        }
        return accept(headers.getLast());
    }
}
