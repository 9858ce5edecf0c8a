package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.QbftRejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.Quorum;
import io.waybill.core.client.qbft.QbftOptions.DistantChange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Who sealed a header, and whether that is enough: rules R6.2 and R6.4.
final class QbftSeals {
    /// Sets of more validators have no client.
    static final int LARGEST_SET = 256;

    private QbftSeals() {}

    /// Rule R6.2: every seal is a validator's, none seals twice, and they are at least `⌈2N/3⌉`. Answers who
    /// sealed. Signers are told apart by address: a seal may be written in two ways.
    static Verdict<Set<Address>> signers(SealedHeader candidate, SealCurve curve) {
        var members = new HashSet<>(candidate.validators());
        if (members.size() > LARGEST_SET) return reject(new QbftRejection.MalformedHeader("validators"));
        var digest = candidate.header().sealDigest();
        var signers = new TreeSet<Address>();
        var seals = candidate.header().extra().seals();
        for (int i = 0; i < seals.size(); i++) {
            var signer = curve.signer(digest, seals.get(i));
            if (signer.isEmpty()) return reject(new QbftRejection.SealInvalid(i));
            if (!members.contains(signer.get())) return reject(new QbftRejection.SealByStranger(signer.get()));
            if (!signers.add(signer.get())) return reject(new QbftRejection.SealRepeated(signer.get()));
        }
        int needed = Quorum.bft(members.size());
        return signers.size() < needed
                ? reject(new QbftRejection.TooFewSeals(signers.size(), needed))
                : accept(signers);
    }

    /// Rule R6.4 for a set that changed: a quorum of the trusted set signed, or, where that is configured, more
    /// than a third of it; or the header is the trusted one's child, its set differs in one member, and so many
    /// of the trusted set signed that an honest one is among them and only the newcomer is missing from a
    /// quorum.
    ///
    /// @param validators the trusted set, whose hash the state holds
    static Verdict<SealedHeader> vouched(
            ConsensusState trusted,
            List<Address> validators,
            SealedHeader candidate,
            Set<Address> signers,
            DistantChange distant) {
        var old = new HashSet<>(validators);
        int counted = (int) signers.stream().filter(old::contains).count();
        int needed = Math.min(
                switch (distant) {
                    case QUORUM -> Quorum.bft(old.size());
                    case MORE_THAN_A_THIRD -> Quorum.oneHonest(old.size());
                },
                ofAdjacent(trusted, old, candidate));
        return counted < needed ? reject(new QbftRejection.TooFewTrustedSeals(counted, needed)) : accept(candidate);
    }

    /// The seals of the trusted set that a child with one member more or less needs; a quorum of any other
    /// header.
    private static int ofAdjacent(ConsensusState trusted, Set<Address> old, SealedHeader candidate) {
        var current = new HashSet<>(candidate.validators());
        int added =
                (int) current.stream().filter(member -> !old.contains(member)).count();
        int dropped =
                (int) old.stream().filter(member -> !current.contains(member)).count();
        var header = candidate.header();
        boolean child =
                header.number() == trusted.height() + 1 && header.parentHash().equals(trusted.hash());
        return child && added + dropped == 1
                ? Quorum.adjacent(old.size(), current.size(), added)
                : Quorum.bft(old.size());
    }
}
