package io.waybill.gateway.store;

import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One attestation as the store knows it.
///
/// @param seq       order of acceptance, unique
/// @param origin    who told of it
/// @param octets    the canonical attestation, or whatever a chain carries in its place
/// @param timeoutMs milliseconds since 1970
/// @param outcome   DELIVERED, EXPIRED or REFUSED once the destination said which
/// @param reason    why it is parked
/// @param index     its index in the lane log, once it is on the source chain
/// @param logBase   size of the lane log before its batch was handed to the chain
/// @param stages    in the order of the way
public record StoredAttestation(
        UUID id,
        long seq,
        LaneId lane,
        Origin origin,
        Bytes octets,
        long timeoutMs,
        State state,
        @Nullable State outcome,
        @Nullable String reason,
        @Nullable Long index,
        @Nullable Long logBase,
        @Nullable Instant submittedAt,
        Instant acceptedAt,
        Change change,
        List<Stage> stages) {
    public StoredAttestation {
        stages = List.copyOf(stages);
    }

    /// Who told of an attestation: a caller of this API, or the chain itself.
    public enum Origin {
        API,
        CHAIN
    }

    public @Nullable Stage stage(State state) {
        for (var stage : stages) {
            if (stage.state() == state) return stage;
        }
        return null;
    }
}
