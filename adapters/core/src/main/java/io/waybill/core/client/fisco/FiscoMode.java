package io.waybill.core.client.fisco;

/// What a client of a FISCO BCOS 3.x chain asks of a header beside its seals (rules R4.6 and R4.7). A client is
/// made in one mode and stays in it: neither is ever a fallback for the other.
public enum FiscoMode {
    /// More than half of the watchers signed it.
    CORROBORATED,
    /// Nobody contradicted it for a while. Weaker: it is safe only while an honest watcher can reach the client in
    /// time.
    CHALLENGED
}
