package io.waybill.gateway.attest;

import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.digest.Digests;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What attestation octets say in words, as far as they say it: a chain may carry octets that no gateway made.
///
/// @param attestation absent when the octets are not a canonical attestation
/// @param schema      the schema's name, when the claims name it and its hash agrees; likewise the rest
public record Statement(
        @Nullable Attestation attestation,
        @Nullable String schema,
        @Nullable String issuer,
        @Nullable String subject,
        @Nullable JsonNode claims) {
    private static final Statement UNREADABLE = new Statement(null, null, null, null, null);

    public static Statement read(Bytes octets) {
        return switch (Attestation.decode(octets)) {
            case Verdict.Rejected<Attestation>(var _) -> UNREADABLE;
            case Verdict.Accepted<Attestation>(var attestation) -> read(attestation);
        };
    }

    private static Statement read(Attestation attestation) {
        var hashed = Digests.sha256(attestation.claims()).equals(attestation.claimsHash());
        if (attestation.claims().isEmpty() || !hashed) return new Statement(attestation, null, null, null, null);
        try {
            var said = StrictJson.read(attestation.claims());
            return new Statement(
                    attestation,
                    named(said, "schema", attestation.schema()),
                    named(said, "issuer", attestation.issuer()),
                    named(said, "subject", attestation.subject()),
                    said.get("claims"));
        } catch (StrictJson.Malformed e) {
            return new Statement(attestation, null, null, null, null);
        }
    }

    private static @Nullable String named(JsonNode said, String key, io.waybill.core.Bytes32 hash) {
        var name = said.get(key);
        if (name == null || !name.isString()) return null;
        return Digests.sha256(Bytes.utf8(name.stringValue())).equals(hash) ? name.stringValue() : null;
    }
}
