package io.waybill.core.client.committee;

import io.waybill.core.Address;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.port.ClientRef;

/// What a committee's client is made with; nothing of it changes afterwards.
///
/// @param chain            the chain that is followed
/// @param verifyingChain   the chain the client's contract lives on
/// @param contract         the client's contract there; signatures are bound to both
/// @param trustingPeriodMs age of the latest block at which the client expires, milliseconds, ≥ 1
/// @param maxClockDriftMs  how far a block's time may be ahead, milliseconds, ≥ 0
/// @param anchor           the block that operators pin; nothing can be proven from it
public record CommitteeParams(
        ChainId chain,
        ChainId verifyingChain,
        Address contract,
        Committee committee,
        long trustingPeriodMs,
        long maxClockDriftMs,
        CommitteeAnchor anchor) {
    public CommitteeParams {
        if (trustingPeriodMs < 1)
            throw new IllegalArgumentException("trusting period: expected ≥ 1 ms, got " + trustingPeriodMs);
        if (maxClockDriftMs < 0)
            throw new IllegalArgumentException("max clock drift: expected ≥ 0 ms, got " + maxClockDriftMs);
    }

    public ClientId id() {
        return ClientId.of(chain, ClientKind.COMMITTEE, anchor.height(), anchor.hash());
    }

    /// The client as verifiers' signatures name it.
    public ClientRef verifier() {
        return new ClientRef(verifyingChain, contract, id());
    }
}
