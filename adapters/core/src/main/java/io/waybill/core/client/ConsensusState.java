package io.waybill.core.client;

import io.waybill.core.Bytes32;

/// What a light client keeps of a header it accepted.
///
/// @param height       block number, ≥ 1
/// @param hash         the header's on-chain hash, computed from its fields
/// @param receiptsRoot the hash that event proofs are checked against: a receipts root; the pivot block's hash for
/// Conflux
/// @param timeMs       the header's time in milliseconds since 1970; seconds of an EVM chain times 1000
/// @param setHash      the hash of the validator or sealer set that this header lists, as its package defines it
/// @param version      the header's format version, 0 where a chain has none
public record ConsensusState(
        long height, Bytes32 hash, Bytes32 receiptsRoot, long timeMs, Bytes32 setHash, int version) {
    public ConsensusState {
        if (height < 1) throw new IllegalArgumentException("height: expected ≥ 1, got " + height);
    }
}
