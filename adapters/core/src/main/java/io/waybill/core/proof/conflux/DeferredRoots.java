package io.waybill.core.proof.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.BlamedRootsCount;
import io.waybill.core.ConfluxRejection.BlamedRootsMismatch;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import java.util.List;

/// Which receipts root a header commits to. A header without blame states one. A header that blames `b` others
/// states a hash over `b + 1` roots: its own and the right ones of those it blames, each of the height one lower.
///
/// @param offset how far below the header the wanted root's height is: 0 for the header's own
/// @param roots  all `b + 1`, from the header's own down; none for a header without blame
public record DeferredRoots(int offset, List<Bytes32> roots) {
    /// A header at a height commits to the receipts of the epoch so much lower.
    public static final int DEFERRED = 5;

    static final int MOST = 1024;

    public DeferredRoots {
        roots = List.copyOf(roots);
    }

    /// The root that a header without blame states.
    public static DeferredRoots stated() {
        return new DeferredRoots(0, List.of());
    }

    /// Judges the roots against a header that is vouched for.
    public Verdict<Bytes32> under(PowHeader header) {
        long blame = header.blame();
        long count = blame == 0 ? 0 : blame + 1;
        if (roots.size() != count || offset < 0 || offset > blame)
            return reject(new BlamedRootsCount(blame, offset, roots.size()));
        var stated = header.deferredReceiptsRoot();
        if (blame == 0) return accept(stated);
        var computed = hash(roots);
        return computed.equals(stated) ? accept(roots.get(offset)) : reject(new BlamedRootsMismatch(stated, computed));
    }

    /// `keccak(r₀ || keccak(r₁ || … keccak(rₙ₋₁ || rₙ)))`.
    ///
    /// @param roots at least one
    public static Bytes32 hash(List<Bytes32> roots) {
        var hash = roots.getLast();
        for (int i = roots.size() - 2; i >= 0; i--) {
            hash = Digests.keccak256(Bytes.concat(roots.get(i).value(), hash.value()));
        }
        return hash;
    }
}
