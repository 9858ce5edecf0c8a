package io.waybill.core.client.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.CommitteeKeyInvalid;
import io.waybill.core.ConfluxRejection.EpochMismatch;
import io.waybill.core.ConfluxRejection.LedgerInfoSignatureInvalid;
import io.waybill.core.ConfluxRejection.NextEpochMismatch;
import io.waybill.core.ConfluxRejection.PivotMissing;
import io.waybill.core.ConfluxRejection.PivotNotAligned;
import io.waybill.core.ConfluxRejection.SignerNotInCommittee;
import io.waybill.core.ConfluxRejection.SignersNotAscending;
import io.waybill.core.ConfluxRejection.TooLittleVotingPower;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Bls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Whether a committee that is trusted made a ledger info final. Sound while less than a third of the committee's
/// voting power is faulty: two quorums then share an honest member, who signs no two ledger infos that conflict.
///
/// Adding up keys is safe because each was registered with a proof that its owner knows the secret.
public final class LedgerInfoRules {
    /// Pivot decisions fall on multiples of this height (`POS_TERM_EPOCHS`).
    public static final long PIVOT_STEP = 60;

    private static final int AGGREGATE = 192;

    private LedgerInfoRules() {}

    /// Judges in this order: the epoch, the committee itself, what the ledger info says of pivot and next
    /// committee, the signers and their power, their keys, the signature.
    ///
    /// @param committee trusted, of the epoch that must have signed
    public static Verdict<LedgerInfo> judge(EpochState committee, SignedLedgerInfo signed) {
        var info = signed.info();
        if (info.epoch() != committee.epoch()) return reject(new EpochMismatch(committee.epoch(), info.epoch()));
        return committee
                .wellFormed()
                .then(_ -> wellFormed(info))
                .then(_ -> signers(committee, signed.signers()))
                .then(LedgerInfoRules::keys)
                .then(keys -> signed(signed, keys));
    }

    /// What a ledger info must be whoever signed it.
    static Verdict<LedgerInfo> wellFormed(LedgerInfo info) {
        var pivot = info.commitInfo().pivot();
        if (pivot == null) return reject(new PivotMissing());
        if (pivot.height() % PIVOT_STEP != 0) return reject(new PivotNotAligned(pivot.height()));
        var next = info.commitInfo().nextEpochState();
        if (next == null) return accept(info);
        if (next.epoch() != info.epoch() + 1) return reject(new NextEpochMismatch(info.epoch() + 1, next.epoch()));
        return next.wellFormed().map(_ -> info);
    }

    private static Verdict<List<Validator>> signers(EpochState committee, List<Bytes32> accounts) {
        var members = new HashMap<Bytes32, Validator>();
        committee.validators().forEach(validator -> members.put(validator.account(), validator));
        var signers = new ArrayList<Validator>();
        long power = 0;
        for (int i = 0; i < accounts.size(); i++) {
            var account = accounts.get(i);
            if (i > 0 && accounts.get(i - 1).compareTo(account) >= 0) return reject(new SignersNotAscending(i));
            var member = members.get(account);
            if (member == null) return reject(new SignerNotInCommittee(account));
            signers.add(member);
            power += member.votingPower();
        }
        long quorum = committee.quorum();
        return power < quorum ? reject(new TooLittleVotingPower(power, quorum)) : accept(signers);
    }

    private static Verdict<List<Bls.Key>> keys(List<Validator> signers) {
        var keys = new ArrayList<Bls.Key>();
        for (var signer : signers) {
            var key = Bls.key(signer.publicKey());
            if (key.isEmpty()) return reject(new CommitteeKeyInvalid(signer.account()));
            keys.add(key.get());
        }
        return accept(keys);
    }

    private static Verdict<LedgerInfo> signed(SignedLedgerInfo signed, List<Bls.Key> keys) {
        var message = signed.info().signedMessage();
        boolean made = signed.aggregate().size() == AGGREGATE
                && Bls.verify(Bls.Scheme.CONFLUX, keys, message, signed.aggregate());
        return made ? accept(signed.info()) : reject(new LedgerInfoSignatureInvalid());
    }
}
