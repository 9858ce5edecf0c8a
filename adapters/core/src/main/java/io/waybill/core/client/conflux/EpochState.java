package io.waybill.core.client.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.AccountMismatch;
import io.waybill.core.ConfluxRejection.CommitteePowerMismatch;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import java.util.List;
import java.util.Optional;

/// The committee of one PoS epoch.
///
/// @param epoch             number of the epoch, ≥ 0
/// @param validators        strictly ascending by account, at most [#MOST_VALIDATORS]
/// @param quorumVotingPower as stated; what counts is [#quorum()]
/// @param totalVotingPower  as stated
/// @param vrfSeed           at most 128 octets
public record EpochState(
        long epoch, List<Validator> validators, long quorumVotingPower, long totalVotingPower, Bytes vrfSeed) {
    /// More than the 300 seats that a committee of mainnet has.
    public static final int MOST_VALIDATORS = 1000;

    private static final int MOST_SEED = 128;

    public EpochState {
        validators = List.copyOf(validators);
        if (validators.size() > MOST_VALIDATORS)
            throw new IllegalArgumentException("validators: expected ≤ 1000, got " + validators.size());
        if (!ascending(validators)) throw new IllegalArgumentException("validators: expected strictly ascending");
        if (vrfSeed.size() > MOST_SEED)
            throw new IllegalArgumentException("vrf seed: expected ≤ 128 octets, got " + vrfSeed.size());
    }

    /// The committee with the totals that its members' power makes.
    ///
    /// @param validators in any order, no account twice
    public static EpochState of(long epoch, List<Validator> validators, Bytes vrfSeed) {
        long total = validators.stream().mapToLong(Validator::votingPower).sum();
        return new EpochState(epoch, validators.stream().sorted().toList(), quorum(total), total, vrfSeed);
    }

    private static boolean ascending(List<Validator> validators) {
        for (int i = 1; i < validators.size(); i++) {
            if (validators.get(i - 1).compareTo(validators.get(i)) >= 0) return false;
        }
        return true;
    }

    /// `⌊2·total/3⌋ + 1`.
    private static long quorum(long total) {
        return total * 2 / 3 + 1;
    }

    /// The power of all members together, counted.
    long total() {
        return validators.stream().mapToLong(Validator::votingPower).sum();
    }

    /// The power that makes a ledger info final, counted from the members.
    public long quorum() {
        return quorum(total());
    }

    /// The member with an account, if there is one.
    public Optional<Validator> member(Bytes32 account) {
        return validators.stream()
                .filter(validator -> validator.account().equals(account))
                .findFirst();
    }

    /// What a consensus state keeps of the committee: SHA-256 over its encoding.
    public Bytes32 setHash() {
        return Digests.sha256(encode());
    }

    /// Whether the stated totals are the members' and each account is the hash of its keys.
    Verdict<EpochState> wellFormed() {
        long total = total();
        if (total < 1 || total != totalVotingPower || quorum(total) != quorumVotingPower)
            return reject(new CommitteePowerMismatch(quorumVotingPower, totalVotingPower, total));
        for (var validator : validators) {
            var derived = validator.derivedAccount();
            if (!derived.equals(validator.account())) return reject(new AccountMismatch(validator.account(), derived));
        }
        return accept(this);
    }

    public Bytes encode() {
        return Bytes.concat(
                Bcs.u64(epoch),
                Bcs.length(validators.size()),
                Bytes.concat(validators.stream().map(Validator::encode).toList()),
                Bcs.u64(quorumVotingPower),
                Bcs.u64(totalVotingPower),
                Bcs.octets(vrfSeed));
    }

    /// Reads the BCS encoding, strictly: what is accepted re-encodes to itself; total.
    public static Verdict<EpochState> decode(Bytes octets) {
        return Bcs.parse(octets, EpochState::read);
    }

    static EpochState read(Bcs.Reader in) {
        long epoch = in.u64("epoch");
        var validators = in.list(MOST_VALIDATORS, Validator::read, "validators");
        if (!ascending(validators)) throw in.malformed("validators");
        long quorum = in.u64("quorumVotingPower");
        long total = in.u64("totalVotingPower");
        return new EpochState(epoch, validators, quorum, total, in.octets(0, MOST_SEED, "vrfSeed"));
    }

    @Override
    public String toString() {
        return "EpochState[epoch=%d, validators=%d, quorum=%d]".formatted(epoch, validators.size(), quorumVotingPower);
    }
}
