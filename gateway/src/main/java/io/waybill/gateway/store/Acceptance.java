package io.waybill.gateway.store;

/// What came of a request to accept an attestation.
public sealed interface Acceptance {
    /// It is stored; the promise holds from now on.
    record Stored(StoredAttestation attestation) implements Acceptance {}

    /// The idempotency key was used before with the same request: this is what came of that one.
    record Replayed(StoredAttestation attestation) implements Acceptance {}

    /// The idempotency key was used before with another request; nothing is stored.
    record KeyUsedOtherwise() implements Acceptance {}
}
