package io.waybill.gateway.http;

import io.waybill.gateway.store.StoredAttestation;

/// Makes the offline proof of an attestation.
@FunctionalInterface
public interface Proofs {
    /// The proof bundle, as a value that becomes JSON.
    ///
    /// @throws NotYet while the source chain has not published what the proof is made of
    Object proof(StoredAttestation attestation) throws NotYet;

    /// The proof does not exist yet.
    final class NotYet extends Exception {
        private static final long serialVersionUID = 1L;

        /// Says why.
        ///
        /// @param found what there is so far
        public NotYet(String found) {
            super(found);
        }
    }
}
