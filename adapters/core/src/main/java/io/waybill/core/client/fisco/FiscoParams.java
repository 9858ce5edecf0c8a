package io.waybill.core.client.fisco;

import io.waybill.core.Address;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.digest.Secp256k1;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.fisco.FiscoSuite;

/// What a client of a FISCO BCOS 3.x chain is made with; nothing of it changes afterwards.
///
/// @param chain            the chain that is followed
/// @param kind             FISCO or FISCO_SM
/// @param verifyingChain   the chain the client's contract lives on
/// @param contract         the client's contract there; watchers' signatures are bound to both
/// @param watchers         their keys are none of the anchor's sealers' (rule R1.6)
/// @param versionFloor     lowest version of a header, at least `0x03060000`
/// @param trustingPeriodMs age of the latest header at which the client expires, milliseconds, ≥ 1
/// @param maxClockDriftMs  how far a header's time may be ahead, milliseconds, ≥ 0
public record FiscoParams(
        ChainId chain,
        ClientKind kind,
        ChainId verifyingChain,
        Address contract,
        Watchers watchers,
        int versionFloor,
        long trustingPeriodMs,
        long maxClockDriftMs,
        FiscoAnchor anchor) {
    public FiscoParams {
        if (kind != ClientKind.FISCO && kind != ClientKind.FISCO_SM)
            throw new IllegalArgumentException("kind: expected FISCO or FISCO_SM, got " + kind);
        if (trustingPeriodMs < 1)
            throw new IllegalArgumentException("trusting period: expected ≥ 1 ms, got " + trustingPeriodMs);
        if (maxClockDriftMs < 0)
            throw new IllegalArgumentException("max clock drift: expected ≥ 0 ms, got " + maxClockDriftMs);
        if (anchor.header().version() < versionFloor)
            throw new IllegalArgumentException("anchor version: expected ≥ 0x%08x, got 0x%08x"
                    .formatted(versionFloor, anchor.header().version()));
        for (var sealer : anchor.header().sealers().ids()) {
            if (watchers.all().contains(Secp256k1.address(sealer)))
                throw new IllegalArgumentException("watchers: expected no key of a sealer, got " + sealer);
        }
    }

    public FiscoSuite suite() {
        return kind == ClientKind.FISCO_SM ? FiscoSuite.SM : FiscoSuite.STANDARD;
    }

    /// How headers are judged before the mode has its say.
    HeaderChain headers() {
        return new HeaderChain(new HeaderRules(suite(), versionFloor), maxClockDriftMs);
    }

    public ClientId id() {
        var header = anchor.header();
        return ClientId.of(chain, kind, header.number(), header.hash(suite()));
    }

    /// The client as watchers' signatures name it.
    public ClientRef verifier() {
        return new ClientRef(verifyingChain, contract, id());
    }
}
