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

    record TooLittleVotingPower(long counted, long needed) implements ConfluxRejection {
        @Override
        public String explain() {
            return "voting power: expected ≥ %d, got %d".formatted(needed, counted);
        }
    }
}
