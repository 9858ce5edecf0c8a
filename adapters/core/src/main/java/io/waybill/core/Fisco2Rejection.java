package io.waybill.core;

/// Refusals of the FISCO BCOS 2.x rules: RLP headers and receipts, 16-ary proofs. What 2.x shares with 3.x is refused
/// by [FiscoRejection].
public sealed interface Fisco2Rejection extends Rejection {
    record MalformedFisco2Header(String field) implements Fisco2Rejection {
        @Override
        public String explain() {
            return "header: malformed " + field;
        }
    }

    record TreeIndexOutOfRange(long index, int rows) implements Fisco2Rejection {
        @Override
        public String explain() {
            return "receipts tree: a proof of %d rows has no index %s".formatted(rows, Long.toUnsignedString(index));
        }
    }

    record TooFewSealers(long counted, long needed) implements Fisco2Rejection {
        @Override
        public String explain() {
            return "seals: expected ≥ %d sealers, got %d".formatted(needed, counted);
        }
    }

    record TooFewTrustedSealers(long counted, long needed) implements Fisco2Rejection {
        @Override
        public String explain() {
            return "seals by the trusted list: expected ≥ %d sealers, got %d".formatted(needed, counted);
        }
    }
}
