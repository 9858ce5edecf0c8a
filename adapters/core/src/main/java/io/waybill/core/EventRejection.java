package io.waybill.core;

/// Refusals of event and state proofs: tries, receipts and their logs, accounts and their storage, and rule R5 for
/// FISCO BCOS.
public sealed interface EventRejection extends Rejection {
    record NodeHashMismatch(int depth) implements EventRejection {
        @Override
        public String explain() {
            return "trie node %d: its hash is not the one its parent names".formatted(depth);
        }
    }

    record MalformedNode(int depth) implements EventRejection {
        @Override
        public String explain() {
            return "trie node %d: malformed".formatted(depth);
        }
    }

    record ProofEndsEarly(int depth) implements EventRejection {
        @Override
        public String explain() {
            return "trie proof: ends at node %d before the key does".formatted(depth);
        }
    }

    record ProofNotConsumed(int left) implements EventRejection {
        @Override
        public String explain() {
            return "trie proof: %d nodes too many".formatted(left);
        }
    }

    record KeyNotFound(int depth) implements EventRejection {
        @Override
        public String explain() {
            return "trie proof: the key is absent at node " + depth;
        }
    }

    record MalformedAccount(String part) implements EventRejection {
        @Override
        public String explain() {
            return "account: malformed " + part;
        }
    }

    record AccountAbsent(Address address) implements EventRejection {
        @Override
        public String explain() {
            return "account: expected %s to exist, proven absent".formatted(address);
        }
    }

    record MalformedSlot(Bytes32 slot) implements EventRejection {
        @Override
        public String explain() {
            return "storage: expected a minimal word in slot " + slot;
        }
    }

    record ReceiptTypeUnknown(int type) implements EventRejection {
        @Override
        public String explain() {
            return "receipt: expected type 0 to 4, got " + type;
        }
    }

    record MalformedReceipt(String part) implements EventRejection {
        @Override
        public String explain() {
            return "receipt: malformed " + part;
        }
    }

    record TransactionFailed() implements EventRejection {
        @Override
        public String explain() {
            return "receipt: expected a transaction that succeeded";
        }
    }

    record TokenEvent(Bytes32 topic) implements EventRejection {
        @Override
        public String explain() {
            return "receipt: a token moved in this transaction, topic " + topic;
        }
    }

    record LogIndexOutOfRange(int index, int count) implements EventRejection {
        @Override
        public String explain() {
            return "log: expected index < %d, got %d".formatted(count, index);
        }
    }

    record WrongEmitter() implements EventRejection {
        @Override
        public String explain() {
            return "log: emitted by another contract";
        }
    }

    record WrongTopic() implements EventRejection {
        @Override
        public String explain() {
            return "log: another event";
        }
    }

    record WrongLane(Bytes32 lane) implements EventRejection {
        @Override
        public String explain() {
            return "log: of another lane, " + lane;
        }
    }

    record CheckpointSizeOutOfRange() implements EventRejection {
        @Override
        public String explain() {
            return "checkpoint: expected 1 ≤ size < 2^48";
        }
    }

    record CheckpointRootZero() implements EventRejection {
        @Override
        public String explain() {
            return "checkpoint: expected a root that is not zero";
        }
    }

    record ReceiptLength(int length) implements EventRejection {
        @Override
        public String explain() {
            return "receipt: expected 225 to 234 octets, got " + length;
        }
    }

    record ReceiptVersion() implements EventRejection {
        @Override
        public String explain() {
            return "receipt: expected version 0";
        }
    }

    record ReceiptGasUsed() implements EventRejection {
        @Override
        public String explain() {
            return "receipt: expected gasUsed in decimal without leading zero";
        }
    }

    record ReceiptContract() implements EventRejection {
        @Override
        public String explain() {
            return "receipt: expected the receipt of a contract creation";
        }
    }

    record ReceiptStatus() implements EventRejection {
        @Override
        public String explain() {
            return "receipt: expected status 0";
        }
    }

    record ReceiptBlock(long expected, long found) implements EventRejection {
        @Override
        public String explain() {
            return "receipt: expected block %d, got %d".formatted(expected, found);
        }
    }

    record TooManyGroups(int count) implements EventRejection {
        @Override
        public String explain() {
            return "receipts tree: expected ≤ 16 groups, got " + count;
        }
    }

    record MalformedGroup(int index) implements EventRejection {
        @Override
        public String explain() {
            return "receipts tree: malformed group " + index;
        }
    }

    record GroupPosition(int index) implements EventRejection {
        @Override
        public String explain() {
            return "receipts tree: impossible position in group " + index;
        }
    }

    record GroupPrefix(int index) implements EventRejection {
        @Override
        public String explain() {
            return "receipts tree: group %d reads as a receipt; publish the checkpoint again".formatted(index);
        }
    }

    record ReceiptsRootMismatch(Bytes32 expected, Bytes32 computed) implements EventRejection {
        @Override
        public String explain() {
            return "receipts root: expected %s, computed %s".formatted(expected, computed);
        }
    }
}
