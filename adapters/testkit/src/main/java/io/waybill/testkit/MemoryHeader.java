package io.waybill.testkit;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.digest.Digests;
import io.waybill.core.port.Signer;

/// A header of a chain in memory: sealed by one key, so that forging it is as impossible here as elsewhere.
///
/// @param receiptsRoot `sha256` over the block's events
record MemoryHeader(ChainId chain, long height, long timeMs, Bytes32 parent, Bytes32 receiptsRoot) {
    static final int SIZE = 8 + 8 + 32 + 32;

    Bytes encode() {
        return Bytes.concat(Bytes.u64(height), Bytes.u64(timeMs), parent.value(), receiptsRoot.value());
    }

    static MemoryHeader decode(ChainId chain, Bytes octets) {
        return new MemoryHeader(
                chain,
                octets.number(0, 8),
                octets.number(8, 16),
                new Bytes32(octets.slice(16, 48)),
                new Bytes32(octets.slice(48, 80)));
    }

    Bytes32 hash() {
        return Digests.sha256(
                Bytes.concat(Bytes.utf8("waybill/memory-header"), chain.hash().value(), encode()));
    }

    ConsensusState state() {
        return new ConsensusState(height, hash(), receiptsRoot, timeMs, Bytes32.ZERO, 0);
    }

    /// The update that leads a client from a trusted height here: `trusted(u64) || header || seal(65)`.
    Bytes update(long trusted, Signer sealer) {
        return Bytes.concat(Bytes.u64(trusted), encode(), sealer.sign(hash()));
    }
}
