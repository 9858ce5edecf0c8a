package io.waybill.core.proof.conflux;

/// The two worlds of contracts on a Conflux chain. The same 20 octets name another account in each.
public enum LogSpace {
    /// The native one, with addresses in base32.
    CORE,
    /// The one that is an EVM to its users.
    ESPACE
}
