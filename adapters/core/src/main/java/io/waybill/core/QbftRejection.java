package io.waybill.core;

/// Refusals of the QBFT and IBFT 2.0 rules, R6.
public sealed interface QbftRejection extends Rejection {
    record MalformedHeader(String field) implements QbftRejection {
        @Override
        public String explain() {
            return "header: malformed " + field;
        }
    }

    record HeaderHashMismatch(Bytes32 stated, Bytes32 computed) implements QbftRejection {
        @Override
        public String explain() {
            return "header hash: stated as %s, computed as %s".formatted(stated, computed);
        }
    }

    record NoValidators() implements QbftRejection {
        @Override
        public String explain() {
            return "validators: expected ≥ 1, got none";
        }
    }

    record ValidatorsNotAscending(int index) implements QbftRejection {
        @Override
        public String explain() {
            return "validators: expected strictly ascending addresses, broken at " + index;
        }
    }

    record ProposerNotValidator(Address proposer) implements QbftRejection {
        @Override
        public String explain() {
            return "proposer: expected a validator of the block, got " + proposer;
        }
    }

    record SealInvalid(int index) implements QbftRejection {
        @Override
        public String explain() {
            return "seal %d: no key made it".formatted(index);
        }
    }

    record SealByStranger(Address signer) implements QbftRejection {
        @Override
        public String explain() {
            return "seal: expected a validator, got " + signer;
        }
    }

    record SealRepeated(Address signer) implements QbftRejection {
        @Override
        public String explain() {
            return "seal: counted already for " + signer;
        }
    }

    record TooFewSeals(int counted, int needed) implements QbftRejection {
        @Override
        public String explain() {
            return "seals: expected ≥ %d, got %d".formatted(needed, counted);
        }
    }

    record TooFewTrustedSeals(int counted, int needed) implements QbftRejection {
        @Override
        public String explain() {
            return "seals by the trusted set: expected ≥ %d, got %d".formatted(needed, counted);
        }
    }
}
