package io.waybill.evm;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.digest.Secp256k1;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/// Finds header updates from a trusted height to a target. One is enough while the trusted set vouches for the
/// target; where it does not, the way is halved until each step satisfies rule R6.4.
final class ValidatorWalk {
    private final LongFunction<QbftHeader> headers;

    ValidatorWalk(LongFunction<QbftHeader> headers) {
        this.headers = headers;
    }

    /// Updates in the client's wire form, in order; none when both heights are one.
    ///
    /// @throws ChainException.Dishonest if two neighbouring headers do not vouch for each other
    List<Bytes> updates(long trusted, long target) {
        if (trusted == target) return List.of();
        if (trusted > target) {
            throw new ChainException.Refused(
                    "header updates: expected a trusted height ≤ %d, got %d".formatted(target, trusted));
        }
        var updates = new ArrayList<Bytes>();
        var from = headers.apply(trusted);
        while (from.number() < target) {
            var to = furthest(from, target);
            updates.add(update(from, to));
            from = to;
        }
        return List.copyOf(updates);
    }

    private QbftHeader furthest(QbftHeader from, long target) {
        for (long height = target; height > from.number(); height = from.number() + (height - from.number()) / 2) {
            var candidate = headers.apply(height);
            if (vouches(from, candidate)) return candidate;
        }
        throw new ChainException.Dishonest(
                "header %d: not vouched for by the set of header %d".formatted(from.number() + 1, from.number()));
    }

    /// Rule R6.4, on the candidate's own seals; whether they are good is the light client's to judge.
    static boolean vouches(QbftHeader trusted, QbftHeader candidate) {
        var before = new HashSet<>(trusted.validators());
        var after = new HashSet<>(candidate.validators());
        if (before.equals(after)) return true;
        var signers = signers(candidate);
        signers.retainAll(before);
        if (signers.size() >= quorum(before.size())) return true;
        var joined = new HashSet<>(after);
        joined.removeAll(before);
        var left = new HashSet<>(before);
        left.removeAll(after);
        boolean adjacent = candidate.number() == trusted.number() + 1
                && candidate.parentHash().equals(trusted.hash())
                && joined.size() + left.size() == 1;
        int needed = Math.max(before.size() / 3 + 1, quorum(after.size()) - joined.size());
        return adjacent && signers.size() >= needed;
    }

    private static int quorum(int members) {
        return (2 * members + 2) / 3;
    }

    private static Set<Address> signers(QbftHeader header) {
        var digest = header.sealDigest();
        var signers = new HashSet<Address>();
        for (var seal : header.extra().seals()) {
            Secp256k1.recover(digest, seal).map(Secp256k1::address).ifPresent(signers::add);
        }
        return signers;
    }

    private static Bytes update(QbftHeader trusted, QbftHeader header) {
        boolean same = trusted.setHash().equals(header.setHash());
        var set = same ? List.<Address>of() : trusted.validators();
        return Rlp.list(Rlp.of(trusted.number()), Rlp.list(set, member -> Rlp.of(member.value())), header.item())
                .encode();
    }
}
