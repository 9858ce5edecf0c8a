package io.waybill.core.client.fisco2;

import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.proof.fisco.FiscoSuite;

/// What a client of a FISCO BCOS 2.x chain is made with; nothing of it changes afterwards.
///
/// @param chain            the chain that is followed
/// @param kind             FISCO2 or FISCO2_SM
/// @param trustingPeriodMs age at which a header is no longer believed, milliseconds, ≥ 1
/// @param maxClockDriftMs  how far a header's time may be ahead, milliseconds, ≥ 0
public record Fisco2Params(
        ChainId chain, ClientKind kind, long trustingPeriodMs, long maxClockDriftMs, Fisco2Anchor anchor) {
    public Fisco2Params {
        if (kind != ClientKind.FISCO2 && kind != ClientKind.FISCO2_SM)
            throw new IllegalArgumentException("kind: expected FISCO2 or FISCO2_SM, got " + kind);
        if (trustingPeriodMs < 1)
            throw new IllegalArgumentException("trusting period: expected ≥ 1 ms, got " + trustingPeriodMs);
        if (maxClockDriftMs < 0)
            throw new IllegalArgumentException("max clock drift: expected ≥ 0 ms, got " + maxClockDriftMs);
    }

    public FiscoSuite suite() {
        return kind == ClientKind.FISCO2_SM ? FiscoSuite.SM : FiscoSuite.STANDARD;
    }

    public ClientId id() {
        var header = anchor.header();
        return ClientId.of(chain, kind, header.number(), header.hash(suite()));
    }
}
