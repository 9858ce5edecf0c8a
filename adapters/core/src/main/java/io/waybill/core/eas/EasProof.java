package io.waybill.core.eas;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.EventClient;

/// The proof that EAS attested or revoked, for whoever has no lane: its event under a header that a light client
/// believes, and the fields that somebody ships, bound to the event by the uid.
///
/// @param eas        the EAS contract
/// @param height     that the client holds
/// @param eventProof of the log, in the client's wire form
/// @param shipped    the fields; the event itself has none of them but three
public record EasProof(Address eas, long height, Bytes eventProof, EasAttestation shipped) {
    /// What is proven: that it was made, or that it was revoked, and all that it says.
    public record Proven(EasEvent.Kind kind, EasAttestation attestation) {}

    /// Judges the event, then the fields. Whether the client may be believed at all is its status' to say.
    public Verdict<Proven> judge(EventClient client, ClientState state) {
        return client.verifyLog(state, height, eventProof)
                .then(log -> EasEvent.read(log, eas))
                .then(event -> event.judge(shipped).map(made -> new Proven(event.kind(), made)));
    }
}
