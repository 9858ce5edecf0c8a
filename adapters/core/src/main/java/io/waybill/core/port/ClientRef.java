package io.waybill.core.port;

import io.waybill.core.Address;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;

/// A light-client contract: where it lives and which client it is. Signatures made for it are bound to all three,
/// rule R1.6.
///
/// @param chain the chain the contract lives on, not the one it follows
public record ClientRef(ChainId chain, Address contract, ClientId id) {}
