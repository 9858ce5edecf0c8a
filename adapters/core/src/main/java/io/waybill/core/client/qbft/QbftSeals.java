package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.QbftRejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.Quorum;
import io.waybill.core.digest.Secp256k1;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Who may seal a header, who did, and whether that is enough: rules R6.1, R6.2 and R6.4.
final class QbftSeals {
    private QbftSeals() {}

    /// Rule R6.1: the set is not empty and strictly ascending, and the proposer is in it.
    static Verdict<QbftHeader> wellFormed(QbftHeader header) {
        var validators = header.validators();
        if (validators.isEmpty()) return reject(new QbftRejection.NoValidators());
        for (int i = 1; i < validators.size(); i++) {
            if (validators.get(i - 1).compareTo(validators.get(i)) >= 0) {
                return reject(new QbftRejection.ValidatorsNotAscending(i));
            }
        }
        return validators.contains(header.proposer())
                ? accept(header)
                : reject(new QbftRejection.ProposerNotValidator(header.proposer()));
    }

    /// Rule R6.2: every seal is a validator's, none seals twice, and they are at least `⌈2N/3⌉`. Answers who sealed.
    /// Signers are told apart by address: a seal may be written in two ways.
    static Verdict<Set<Address>> signers(QbftHeader header) {
        var members = new HashSet<>(header.validators());
        var digest = header.sealDigest();
        var signers = new TreeSet<Address>();
        var seals = header.extra().seals();
        for (int i = 0; i < seals.size(); i++) {
            var key = Secp256k1.recover(digest, seals.get(i));
            if (key.isEmpty()) return reject(new QbftRejection.SealInvalid(i));
            var signer = Secp256k1.address(key.get());
            if (!members.contains(signer)) return reject(new QbftRejection.SealByStranger(signer));
            if (!signers.add(signer)) return reject(new QbftRejection.SealRepeated(signer));
        }
        int needed = Quorum.bft(members.size());
        return signers.size() < needed
                ? reject(new QbftRejection.TooFewSeals(signers.size(), needed))
                : accept(signers);
    }

    /// Rule R6.4 for a set that changed: a quorum of the trusted set signed; or the header is the trusted one's
    /// child, its set differs in one member, and so many of the trusted set signed that an honest one is among them
    /// and only
    /// the newcomer is missing from a quorum.
    ///
    /// @param validators the trusted set, whose hash the state holds
    static Verdict<QbftHeader> vouched(
            ConsensusState trusted, List<Address> validators, QbftHeader header, Set<Address> signers) {
        var old = new HashSet<>(validators);
        int counted = (int) signers.stream().filter(old::contains).count();
        var current = new HashSet<>(header.validators());
        int added =
                (int) current.stream().filter(member -> !old.contains(member)).count();
        int dropped =
                (int) old.stream().filter(member -> !current.contains(member)).count();
        boolean child =
                header.number() == trusted.height() + 1 && header.parentHash().equals(trusted.hash());
        int needed = child && added + dropped == 1
                ? Math.min(Quorum.bft(old.size()), Quorum.adjacent(old.size(), current.size(), added))
                : Quorum.bft(old.size());
        return counted < needed ? reject(new QbftRejection.TooFewTrustedSeals(counted, needed)) : accept(header);
    }
}
