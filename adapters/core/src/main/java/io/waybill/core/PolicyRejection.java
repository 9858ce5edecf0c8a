package io.waybill.core;

import java.math.BigInteger;

/// Why this software does not sign a transaction, or sounds an alarm about the account that it signs with.
public sealed interface PolicyRejection extends Rejection {
    record ValueNotZero(BigInteger value) implements PolicyRejection {
        @Override
        public String explain() {
            return "token policy: expected a value of 0, got " + value;
        }
    }

    /// The transaction carries more than a call: blobs, a delegation of code, or something of a kind not known
    /// here.
    record KindNotAllowed(String kind) implements PolicyRejection {
        @Override
        public String explain() {
            return "token policy: expected a plain transaction, got " + kind;
        }
    }

    record CreationNotAllowed() implements PolicyRejection {
        @Override
        public String explain() {
            return "token policy: expected a call, got the creation of a contract";
        }
    }

    record InternalContract(Address target) implements PolicyRejection {
        @Override
        public String explain() {
            return "token policy: expected one of our contracts as target, got %s, which moves or holds value for the chain"
                    .formatted(target);
        }
    }

    record TargetNotAllowed(Address target) implements PolicyRejection {
        @Override
        public String explain() {
            return "token policy: expected one of our contracts as target, got " + target;
        }
    }

    record FunctionNotAllowed(Bytes selector) implements PolicyRejection {
        @Override
        public String explain() {
            return "token policy: expected an allow-listed function, got " + selector;
        }
    }

    record NotSponsored() implements PolicyRejection {
        @Override
        public String explain() {
            return "token policy: expected gas and collateral to be sponsored, got a transaction that its sender pays for";
        }
    }

    record StorageLimitTooHigh(BigInteger limit, long bound) implements PolicyRejection {
        @Override
        public String explain() {
            return "token policy: expected a storage limit of at most %d octets, got %d".formatted(bound, limit);
        }
    }

    record MalformedOutgoing(String part) implements PolicyRejection {
        @Override
        public String explain() {
            return "token policy: expected a transaction, got one with a malformed " + part;
        }
    }

    /// An account that only pays for gas has more than before: somebody pays it.
    record BalanceGrew(BigInteger before, BigInteger after) implements PolicyRejection {
        @Override
        public String explain() {
            return "token policy: expected the account to have no more than %d, found %d".formatted(before, after);
        }
    }

    /// An account that only pays for gas has less than gas explains.
    record UnexplainedDebit(BigInteger expected, BigInteger found) implements PolicyRejection {
        @Override
        public String explain() {
            return "token policy: expected the account to have %d after gas, found %d".formatted(expected, found);
        }
    }
}
