package io.waybill.core;

/// Why a verifier refuses. Each reason is a record whose name is also the name of the contracts' custom error, so
/// that a verdict reads alike in Java, in Solidity, in a metric's tag and in a vector file.
public sealed interface Rejection {
    /// The name of the reason, as in the contracts and the vectors.
    default String code() {
        return getClass().getSimpleName();
    }

    /// What was expected and what was found, in words.
    String explain();

    // Encodings

    record MalformedRlp(String what) implements Rejection {
        @Override
        public String explain() {
            return "rlp: expected one canonical item, got " + what;
        }
    }

    record MalformedUpdate(String what) implements Rejection {
        @Override
        public String explain() {
            return "header update: " + what;
        }
    }

    record MalformedPacket(String part) implements Rejection {
        @Override
        public String explain() {
            return "packet: malformed " + part;
        }
    }

    record MalformedStatus(String part) implements Rejection {
        @Override
        public String explain() {
            return "status: malformed " + part;
        }
    }
}
