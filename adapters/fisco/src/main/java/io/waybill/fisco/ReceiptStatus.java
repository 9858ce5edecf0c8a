package io.waybill.fisco;

import java.util.Map;

/// The status codes of FISCO BCOS 3.x receipts and transaction pools, in words.
final class ReceiptStatus {
    static final long SUCCESS = 0;
    /// The contract refused; the receipt's output says why.
    static final long REVERTED = 16;

    private static final Map<Long, String> WORDS = Map.ofEntries(
            Map.entry(SUCCESS, "success"),
            Map.entry(1L, "unknown error"),
            Map.entry(2L, "gas limit too small"),
            Map.entry(7L, "balance too small"),
            Map.entry(10L, "bad instruction"),
            Map.entry(11L, "bad jump destination"),
            Map.entry(12L, "out of gas"),
            Map.entry(13L, "stack overflow"),
            Map.entry(14L, "stack underflow"),
            Map.entry(15L, "precompiled contract failed"),
            Map.entry(REVERTED, "reverted"),
            Map.entry(17L, "contract address already used"),
            Map.entry(18L, "permission denied"),
            Map.entry(19L, "no contract at this address"),
            Map.entry(20L, "gas overflow"),
            Map.entry(21L, "contract frozen"),
            Map.entry(22L, "account frozen"),
            Map.entry(23L, "account abolished"),
            Map.entry(24L, "contract abolished"),
            Map.entry(10_000L, "nonce already used"),
            Map.entry(10_001L, "block limit out of range"),
            Map.entry(10_002L, "transaction pool is full"),
            Map.entry(10_003L, "malformed transaction"),
            Map.entry(10_004L, "already in the transaction pool"),
            Map.entry(10_005L, "already on the chain"),
            Map.entry(10_006L, "wrong chain id"),
            Map.entry(10_007L, "wrong group id"),
            Map.entry(10_008L, "invalid signature"),
            Map.entry(10_009L, "not of this group"),
            Map.entry(10_010L, "transaction pool timed out"));

    private ReceiptStatus() {}

    static String explain(long code) {
        return "status %d (%s)".formatted(code, WORDS.getOrDefault(code, "not documented"));
    }

    /// Whether a pool answered that it, or the chain, has this very transaction already.
    static boolean known(long code) {
        return code == 10_000 || code == 10_004 || code == 10_005;
    }

    /// Whether the same transaction may be taken later.
    static boolean passing(long code) {
        return code == 10_002 || code == 10_010;
    }
}
