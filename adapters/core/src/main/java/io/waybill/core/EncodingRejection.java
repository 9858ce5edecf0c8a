package io.waybill.core;

/// Octets that are not the one canonical encoding of what they should be.
public sealed interface EncodingRejection extends Rejection {
    record MalformedRlp(String what) implements EncodingRejection {
        @Override
        public String explain() {
            return "rlp: expected one canonical item, got " + what;
        }
    }

    record MalformedEvmHeader(String field) implements EncodingRejection {
        @Override
        public String explain() {
            return "execution header: malformed " + field;
        }
    }

    record MalformedUpdate(String what) implements EncodingRejection {
        @Override
        public String explain() {
            return "header update: malformed " + what;
        }
    }

    record MalformedPacket(String part) implements EncodingRejection {
        @Override
        public String explain() {
            return "packet: malformed " + part;
        }
    }

    record MalformedStatus(String part) implements EncodingRejection {
        @Override
        public String explain() {
            return "status: malformed " + part;
        }
    }

    record MalformedAttestation(String part) implements EncodingRejection {
        @Override
        public String explain() {
            return "attestation: malformed " + part;
        }
    }

    record MalformedEventProof(String what) implements EncodingRejection {
        @Override
        public String explain() {
            return "event proof: malformed " + what;
        }
    }

    record MalformedTransaction(String part) implements EncodingRejection {
        @Override
        public String explain() {
            return "transaction: malformed " + part;
        }
    }
}
