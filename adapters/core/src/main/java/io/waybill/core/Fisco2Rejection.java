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
}
