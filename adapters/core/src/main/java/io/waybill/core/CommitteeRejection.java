package io.waybill.core;

/// Refusals of the rules for a committee of verifiers, see `docs/rules-committee.md`.
public sealed interface CommitteeRejection extends Rejection {
    record NothingAttested(String field) implements CommitteeRejection {
        @Override
        public String explain() {
            return field + ": expected something other than zero";
        }
    }

    record VerifierSignatureInvalid(int index) implements CommitteeRejection {
        @Override
        public String explain() {
            return "verifier signature %d: no key made it".formatted(index);
        }
    }

    record VerifiersNotAscending(int index) implements CommitteeRejection {
        @Override
        public String explain() {
            return "verifier signatures: expected strictly ascending signers, broken at " + index;
        }
    }

    record VerifierUnknown(Address signer) implements CommitteeRejection {
        @Override
        public String explain() {
            return "verifier signature: expected a member of the committee, got " + signer;
        }
    }

    record TooFewVerifiers(int counted, int needed) implements CommitteeRejection {
        @Override
        public String explain() {
            return "verifiers: expected ≥ %d, got %d".formatted(needed, counted);
        }
    }
}
