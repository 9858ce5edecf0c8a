package io.waybill.core;

/// Refusals of the FISCO BCOS 3.x header rules, R4.
public sealed interface FiscoRejection extends Rejection {
    record NoHeaders() implements FiscoRejection {
        @Override
        public String explain() {
            return "headers: expected ≥ 1, got none";
        }
    }

    record TooManyHeaders(int count, int limit) implements FiscoRejection {
        @Override
        public String explain() {
            return "headers: expected ≤ %d, got %d".formatted(limit, count);
        }
    }

    record VersionBelowFloor(int found, int floor) implements FiscoRejection {
        @Override
        public String explain() {
            return "version: expected ≥ 0x%08x, got 0x%08x".formatted(floor, found);
        }
    }

    record VersionBelowParent(int found, int parent) implements FiscoRejection {
        @Override
        public String explain() {
            return "version: expected ≥ its parent's 0x%08x, got 0x%08x".formatted(parent, found);
        }
    }

    record ZeroRoot(String field) implements FiscoRejection {
        @Override
        public String explain() {
            return field + ": expected a root that is not zero";
        }
    }

    record MalformedGasUsed() implements FiscoRejection {
        @Override
        public String explain() {
            return "gasUsed: expected a decimal number without leading zero";
        }
    }

    record TimeOutOfRange(long ms) implements FiscoRejection {
        @Override
        public String explain() {
            return "timestamp: expected 0 < ms < 2^48, got " + ms;
        }
    }

    record SealerOutOfRange(long sealer, int count) implements FiscoRejection {
        @Override
        public String explain() {
            return "sealer: expected < %d, got %d".formatted(count, sealer);
        }
    }

    record SetSizeOutOfRange(int count) implements FiscoRejection {
        @Override
        public String explain() {
            return "sealers: expected 1 to 128, got " + count;
        }
    }

    record WeightOutOfRange(int index) implements FiscoRejection {
        @Override
        public String explain() {
            return "weight %d: expected 1 ≤ weight < 2^32".formatted(index);
        }
    }

    record SealersNotAscending(int index) implements FiscoRejection {
        @Override
        public String explain() {
            return "sealers: expected strictly ascending ids, broken at " + index;
        }
    }

    record SetChangedTwice() implements FiscoRejection {
        @Override
        public String explain() {
            return "sealers: expected at most one change of the list in an update";
        }
    }

    record NewSetUnused() implements FiscoRejection {
        @Override
        public String explain() {
            return "sealers: a new list is given that no header names";
        }
    }

    record SealIndexOutOfRange(long index) implements FiscoRejection {
        @Override
        public String explain() {
            return "seal: no sealer has index " + index;
        }
    }

    record SealsNotAscending(long index) implements FiscoRejection {
        @Override
        public String explain() {
            return "seals: expected strictly ascending indices, broken at " + index;
        }
    }

    record SealerSignatureInvalid(long index) implements FiscoRejection {
        @Override
        public String explain() {
            return "seal: not a signature by sealer " + index;
        }
    }

    record TooLittleWeight(long counted, long needed) implements FiscoRejection {
        @Override
        public String explain() {
            return "seals: expected weight ≥ %d, got %d".formatted(needed, counted);
        }
    }

    record TooLittleTrustedWeight(long counted, long needed) implements FiscoRejection {
        @Override
        public String explain() {
            return "seals by the trusted set: expected weight ≥ %d, got %d".formatted(needed, counted);
        }
    }

    record WatcherSignatureInvalid(int index) implements FiscoRejection {
        @Override
        public String explain() {
            return "watcher signature %d: no key made it".formatted(index);
        }
    }

    record WatchersNotAscending(int index) implements FiscoRejection {
        @Override
        public String explain() {
            return "watcher signatures: expected strictly ascending signers, broken at " + index;
        }
    }

    record WatcherUnknown(Address signer) implements FiscoRejection {
        @Override
        public String explain() {
            return "watcher signature: expected a configured watcher, got " + signer;
        }
    }

    record TooFewWatchers(int counted, int needed) implements FiscoRejection {
        @Override
        public String explain() {
            return "watchers: expected ≥ %d, got %d".formatted(needed, counted);
        }
    }

    record NoDestinationWatcher() implements FiscoRejection {
        @Override
        public String explain() {
            return "watchers: expected one that the destination's operators named";
        }
    }

    record OperatorSignatureInvalid(int index) implements FiscoRejection {
        @Override
        public String explain() {
            return "operator signature %d: no key made it".formatted(index);
        }
    }

    record OperatorsNotAscending(int index) implements FiscoRejection {
        @Override
        public String explain() {
            return "operator signatures: expected strictly ascending signers, broken at " + index;
        }
    }

    record OperatorUnknown(Address signer) implements FiscoRejection {
        @Override
        public String explain() {
            return "operator signature: expected a configured operator, got " + signer;
        }
    }

    record TooFewOperators(int counted, int needed) implements FiscoRejection {
        @Override
        public String explain() {
            return "operators: expected ≥ %d, got %d".formatted(needed, counted);
        }
    }

    record TooManyPending(int count, int limit) implements FiscoRejection {
        @Override
        public String explain() {
            return "pending headers: expected ≤ %d, got %d".formatted(limit, count);
        }
    }

    record NotPending(long height) implements FiscoRejection {
        @Override
        public String explain() {
            return "pending: the client has no such header waiting at " + height;
        }
    }

    record PendingHeld() implements FiscoRejection {
        @Override
        public String explain() {
            return "pending: a watcher holds it, and only operators release it";
        }
    }

    record PendingNotHeld() implements FiscoRejection {
        @Override
        public String explain() {
            return "pending: nobody holds it";
        }
    }

    record ChallengePeriodOpen(long endsMs, long nowMs) implements FiscoRejection {
        @Override
        public String explain() {
            return "pending: can be challenged until %d ms, now %d ms".formatted(endsMs, nowMs);
        }
    }

    record NoConflict(long height) implements FiscoRejection {
        @Override
        public String explain() {
            return "conflict: nothing contradicts what is known of height " + height;
        }
    }

    /// Of a genesis text only.
    record MalformedGenesis(String key) implements FiscoRejection {
        @Override
        public String explain() {
            return "genesis: expected exactly one readable " + key;
        }
    }

    /// Of a genesis text only.
    record WasmChain() implements FiscoRejection {
        @Override
        public String explain() {
            return "genesis: expected iswasm 0, a chain whose contracts run on an EVM";
        }
    }

    /// Of a genesis text only: the suite is configured, never detected.
    record WrongCryptoSuite(boolean sm) implements FiscoRejection {
        @Override
        public String explain() {
            return "genesis: expected sm_crypto " + (sm ? 1 : 0);
        }
    }

    /// Of a replay only: an update never sends parent hashes, it implies them.
    record ParentMismatch(Bytes32 expected, Bytes32 found) implements FiscoRejection {
        @Override
        public String explain() {
            return "parent: expected %s, got %s".formatted(expected, found);
        }
    }

    /// Of a replay only: an update never sends numbers, it implies them.
    record NumberNotNext(long expected, long found) implements FiscoRejection {
        @Override
        public String explain() {
            return "number: expected %d, got %d".formatted(expected, found);
        }
    }

    /// Of a node's answer only: what an update carries has no such shape.
    record MalformedBlock(String what) implements FiscoRejection {
        @Override
        public String explain() {
            return "block: " + what;
        }
    }

    /// Of a node's answer only: an update never states a hash.
    record HashMismatch(Bytes32 stated, Bytes32 computed) implements FiscoRejection {
        @Override
        public String explain() {
            return "hash: node says %s, computed %s".formatted(stated, computed);
        }
    }
}
