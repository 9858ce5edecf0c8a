package io.waybill.gateway.attest;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.digest.Digests;
import io.waybill.core.eas.EasAttestation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

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

    /// Reads octets that came from a chain, or will go there.
    ///
    /// @param source that chain; null where it is not known
    public static Statement read(Bytes octets, @Nullable ChainId source) {
        return switch (Attestation.decode(octets)) {
            case Verdict.Rejected<Attestation>(var _) -> UNREADABLE;
            case Verdict.Accepted<Attestation>(var attestation)
            when source != null && EasAttestation.isClaimed(attestation) -> read(attestation, source);
            case Verdict.Accepted<Attestation>(var attestation) -> read(attestation);
        };
    }

    /// What EAS made, if every part of it follows from the fields that it carries.
    private static Statement read(Attestation attestation, ChainId source) {
        return switch (EasAttestation.of(source, attestation)) {
            case Verdict.Rejected<EasAttestation>(var _) -> new Statement(attestation, null, null, null, null);
            case Verdict.Accepted<EasAttestation>(var eas) ->
                new Statement(
                        attestation,
                        eas.schemaName(),
                        EasAttestation.account(source, eas.attester()),
                        eas.recipient().equals(Address.ZERO) ? null : EasAttestation.account(source, eas.recipient()),
                        fields(eas));
        };
    }

    private static JsonNode fields(EasAttestation eas) {
        var fields = JsonNodeFactory.instance.objectNode();
        fields.put("eas", eas.eas().toHex())
                .put("uid", eas.uid().toHex())
                .put("data", eas.data().toHex());
        fields.put("revocable", eas.revocable());
        if (!eas.refUid().isZero()) fields.put("refUid", eas.refUid().toHex());
        return fields;
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
