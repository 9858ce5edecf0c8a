package io.waybill.core;

/// Why something is not what the Ethereum Attestation Service made.
public sealed interface EasRejection extends Rejection {
    record MalformedEasClaims(String part) implements EasRejection {
        @Override
        public String explain() {
            return "EAS claims: malformed " + part;
        }
    }

    /// The fields are not those of the uid: one of them is another.
    record EasUidMismatch(Bytes32 expected, Bytes32 computed) implements EasRejection {
        @Override
        public String explain() {
            return "EAS uid: expected %s, computed %s from the fields".formatted(expected, computed);
        }
    }

    /// A field says something else than where it is taken from.
    record EasFieldMismatch(String field) implements EasRejection {
        @Override
        public String explain() {
            return "EAS attestation: expected the %s that follows from its fields, got another".formatted(field);
        }
    }
}
