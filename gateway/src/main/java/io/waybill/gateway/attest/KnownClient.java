package io.waybill.gateway.attest;

import io.waybill.core.client.ClientKind;
import io.waybill.core.port.Chain;
import io.waybill.core.port.ClientRef;

/// A light-client contract that a lane depends on.
///
/// @param home             the chain it lives on
/// @param followed         the chain it follows
/// @param trustingPeriodMs age of its latest header at which it is no longer believed, milliseconds
public record KnownClient(
        ClientRef ref, Chain home, Chain followed, ClientKind kind, long trustingPeriodMs, TrustMode trust) {}
