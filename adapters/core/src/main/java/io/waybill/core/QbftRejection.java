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

    record HeaderNamesValidators() implements QbftRejection {
        @Override
        public String explain() {
            return "header: expected neither validators nor a vote where a contract names them";
        }
    }

    record ParentHashMismatch(Bytes32 expected, Bytes32 computed) implements QbftRejection {
        @Override
        public String explain() {
            return "parent header: expected hash %s, computed %s".formatted(expected, computed);
        }
    }

    record SlotNotValidator(int index, Bytes32 word) implements QbftRejection {
        @Override
        public String explain() {
            return "validator %d: expected an address in its slot, got %s".formatted(index, word);
        }
    }

    record HeaderNotLinked(int index) implements QbftRejection {
        @Override
        public String explain() {
            return "headers back: header %d is not the one that the header before it names".formatted(index);
        }
    }

    record NotMisbehaviour(long height, long other) implements QbftRejection {
        @Override
        public String explain() {
            return "misbehaviour: expected two hashes of one height, got heights %d and %d".formatted(height, other);
        }
    }

    /// Of a collection of seals only: an update carries one header.
    record CopyOfAnotherHeader(int index, Bytes32 expected, Bytes32 computed) implements QbftRejection {
        @Override
        public String explain() {
            return "copy %d: expected hash %s, computed %s".formatted(index, expected, computed);
        }
    }

    /// Of a collection of seals only: an update carries one header.
    record CopyOfAnotherRound(int index, long expected, long found) implements QbftRejection {
        @Override
        public String explain() {
            return "copy %d: expected round %d, got %d".formatted(index, expected, found);
        }
    }
}
