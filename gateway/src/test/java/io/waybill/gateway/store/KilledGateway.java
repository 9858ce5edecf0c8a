package io.waybill.gateway.store;

import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.digest.Digests;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/// A process that stores one attestation and dies as if killed: no hook runs, its PostgreSQL lives on.
final class KilledGateway {
    private KilledGateway() {}

    public static void main(String[] arguments) {
        var database = Database.embedded(Path.of(arguments[0]));
        var lane = new LaneId(Digests.sha256(Bytes.utf8("lane")));
        new AttestationStore(database)
                .accept(
                        new NewAttestation(
                                UUID.fromString(arguments[1]), lane, Bytes.utf8("{}"), Bytes.of(1), 1, Instant.EPOCH),
                        null);
        Runtime.getRuntime().halt(137);
    }
}
