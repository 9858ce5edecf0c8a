package io.waybill.core;

import io.waybill.core.client.ClientKind;
import io.waybill.core.digest.Digests;

/// The name of a light client: bound to the chain it follows, its rules and its anchor, because chain names and
/// contract addresses repeat.
public record ClientId(Bytes32 value) {
    /// Rule R1.1: `sha256("waybill/client/1" || chainId || clientKind(u8) || anchorHeight(u64) || anchorHash(32))`.
    ///
    /// @param anchorHeight the height of the first trusted header, ≥ 1
    public static ClientId of(ChainId chain, ClientKind kind, long anchorHeight, Bytes32 anchorHash) {
        if (anchorHeight < 1) throw new IllegalArgumentException("anchor height: expected ≥ 1, got " + anchorHeight);
        return new ClientId(Digests.sha256(Bytes.concat(
                Bytes.utf8("waybill/client/1"),
                chain.hash().value(),
                Bytes.of(kind.code()),
                Bytes.u64(anchorHeight),
                anchorHash.value())));
    }

    @Override
    public String toString() {
        return value.toHex();
    }
}
