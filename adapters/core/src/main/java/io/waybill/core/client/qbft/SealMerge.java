package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.QbftRejection.CopyOfAnotherHeader;
import io.waybill.core.QbftRejection.CopyOfAnotherRound;
import io.waybill.core.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/// Puts together the seals that several nodes keep of one block, rule R6.2: each stores as many as it needed,
/// and not the same ones.
public final class SealMerge {
    private SealMerge() {}

    /// Merges copies of a header that lists its validators.
    ///
    /// @param copies at least one
    public static Verdict<QbftHeader> of(List<QbftHeader> copies) {
        return of(copies, copies.getFirst().validators(), SealCurve.SECP256K1);
    }

    /// The first copy with one seal of each validator that sealed any of them, ascending by signer. What is no
    /// seal of a validator is left out, so that one node's junk spoils nothing; whether the seals are enough is
    /// for the client to judge. A copy of another block or of another round is refused: its seals sign
    /// something else.
    ///
    /// @param copies     at least one
    /// @param validators who may seal the header
    public static Verdict<QbftHeader> of(List<QbftHeader> copies, List<Address> validators, SealCurve curve) {
        var first = copies.getFirst();
        var hash = first.hash();
        var digest = first.sealDigest();
        var members = new HashSet<>(validators);
        var seals = new TreeMap<Address, Bytes>();
        for (int i = 0; i < copies.size(); i++) {
            var extra = copies.get(i).extra();
            var computed = copies.get(i).hash();
            if (!computed.equals(hash)) return reject(new CopyOfAnotherHeader(i, hash, computed));
            if (extra.round() != first.extra().round()) {
                return reject(new CopyOfAnotherRound(i, first.extra().round(), extra.round()));
            }
            for (var seal : extra.seals()) {
                curve.signer(digest, seal)
                        .filter(members::contains)
                        .ifPresent(signer -> seals.putIfAbsent(signer, seal));
            }
        }
        return accept(first.withSeals(List.copyOf(seals.values())));
    }
}
