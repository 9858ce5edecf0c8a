package io.waybill.core;

/// Refusals of the Conflux rules: ledger infos, committees, the chain of headers, blame votes and two-level tries.
public sealed interface ConfluxRejection extends Rejection {
    record MalformedLedgerInfo(String part) implements ConfluxRejection {
        @Override
        public String explain() {
            return "ledger info: malformed " + part;
        }
    }

    record EpochMismatch(long committee, long signed) implements ConfluxRejection {
        @Override
        public String explain() {
            return "ledger info: expected epoch %d of the committee, got %d".formatted(committee, signed);
        }
    }

    record NextEpochMismatch(long expected, long found) implements ConfluxRejection {
        @Override
        public String explain() {
            return "next committee: expected epoch %d, got %d".formatted(expected, found);
        }
    }

    record EpochOutOfRange(long epoch) implements ConfluxRejection {
        @Override
        public String explain() {
            return "epoch: expected < 2^31, got " + epoch;
        }
    }

    record UncrossableEpoch(long epoch) implements ConfluxRejection {
        @Override
        public String explain() {
            return "epoch %d: no ledger info names the keys that sign in it".formatted(epoch);
        }
    }

    record NoNextCommittee(long epoch) implements ConfluxRejection {
        @Override
        public String explain() {
            return "anchor: expected the last ledger info of epoch %d, which names the next committee".formatted(epoch);
        }
    }

    record CommitteeNotVouchedFor(long epoch) implements ConfluxRejection {
        @Override
        public String explain() {
            return "committee of epoch %d: no ledger info before it names it".formatted(epoch);
        }
    }

    record CommitteePowerMismatch(long quorum, long total, long counted) implements ConfluxRejection {
        @Override
        public String explain() {
            return "committee: states quorum %d of %d, its members have %d".formatted(quorum, total, counted);
        }
    }

    record AccountMismatch(Bytes32 account, Bytes32 computed) implements ConfluxRejection {
        @Override
        public String explain() {
            return "committee: account %s, its keys make %s".formatted(account, computed);
        }
    }

    record PivotMissing() implements ConfluxRejection {
        @Override
        public String explain() {
            return "ledger info: expected a pivot block after the first";
        }
    }

    record PivotNotAligned(long height) implements ConfluxRejection {
        @Override
        public String explain() {
            return "pivot: expected a height that 60 divides, got " + height;
        }
    }

    record PivotBelowTrusted(long trusted, long offered) implements ConfluxRejection {
        @Override
        public String explain() {
            return "pivot: expected height ≥ %d, got %d".formatted(trusted, offered);
        }
    }

    record SignersNotAscending(int index) implements ConfluxRejection {
        @Override
        public String explain() {
            return "signers: expected strictly ascending accounts, broken at " + index;
        }
    }

    record SignerNotInCommittee(Bytes32 account) implements ConfluxRejection {
        @Override
        public String explain() {
            return "signer: expected a member of the committee, got " + account;
        }
    }

    record TooLittleVotingPower(long counted, long needed) implements ConfluxRejection {
        @Override
        public String explain() {
            return "voting power: expected ≥ %d, got %d".formatted(needed, counted);
        }
    }

    record CommitteeKeyInvalid(Bytes32 account) implements ConfluxRejection {
        @Override
        public String explain() {
            return "committee: the key of %s is no key".formatted(account);
        }
    }

    record LedgerInfoSignatureInvalid() implements ConfluxRejection {
        @Override
        public String explain() {
            return "ledger info: the signers did not make this signature";
        }
    }

    record MalformedPowHeader(String part) implements ConfluxRejection {
        @Override
        public String explain() {
            return "pow header: malformed " + part;
        }
    }

    record PowHeaderHashMismatch(long height, Bytes32 expected, Bytes32 computed) implements ConfluxRejection {
        @Override
        public String explain() {
            return "pow header %d: expected hash %s, got %s".formatted(height, expected, computed);
        }
    }

    record PowHeaderHeightMismatch(long expected, long found) implements ConfluxRejection {
        @Override
        public String explain() {
            return "pow header: expected height %d, got %d".formatted(expected, found);
        }
    }

    record RootsBlamed(long height, int against) implements ConfluxRejection {
        @Override
        public String explain() {
            return "pow header %d: %d later headers blame its roots".formatted(height, against);
        }
    }

    record TooFewBlameVotes(int counted, int needed) implements ConfluxRejection {
        @Override
        public String explain() {
            return "pow headers that vouch: expected ≥ %d, got %d".formatted(needed, counted);
        }
    }

    record BlamedRootsCount(long blame, int offset, int roots) implements ConfluxRejection {
        @Override
        public String explain() {
            return "blamed roots: header blames %d, got %d roots and offset %d".formatted(blame, roots, offset);
        }
    }

    record BlamedRootsMismatch(Bytes32 expected, Bytes32 computed) implements ConfluxRejection {
        @Override
        public String explain() {
            return "blamed roots: expected to hash to %s, got %s".formatted(expected, computed);
        }
    }

    record MalformedTrieProof(String part) implements ConfluxRejection {
        @Override
        public String explain() {
            return "trie proof: malformed " + part;
        }
    }

    record WrongSpace(String expected, String found) implements ConfluxRejection {
        @Override
        public String explain() {
            return "log: expected in %s, got in %s".formatted(expected, found);
        }
    }
}
