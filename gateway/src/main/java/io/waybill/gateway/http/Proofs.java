package io.waybill.gateway.http;

import io.waybill.core.Bytes;
import io.waybill.gateway.store.StoredAttestation;

/// Makes the offline proof of an attestation.
@FunctionalInterface
public interface Proofs {
    /// Makes the proof.
    ///
    /// @throws NotYet while the source chain has not published what the proof is made of
    Proof proof(StoredAttestation attestation) throws NotYet;

    /// A proof bundle in either notation, of which a reader chooses one.
    interface Proof {
        /// A value that becomes JSON.
        Object json();

        /// The octets of `application/cbor`.
        Bytes cbor();
    }

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
