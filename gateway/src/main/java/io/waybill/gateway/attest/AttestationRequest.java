package io.waybill.gateway.attest;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.digest.Digests;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A statement that someone wants made on another chain; every part was judged by the door.
///
/// @param schema            the schema's name, such as `inspection/1`
/// @param issuer            the issuer's DID
/// @param subject           the subject in words; absent when only a commitment crosses
/// @param subjectCommitment what stands for the subject on the chains
/// @param claims            a JSON object with a canonical form
/// @param validFrom         seconds since 1970, 0 for none
/// @param validUntil        seconds since 1970, 0 for none
/// @param timeoutMs         milliseconds since 1970
public record AttestationRequest(
        Lane lane,
        String schema,
        String issuer,
        @Nullable String subject,
        Bytes32 subjectCommitment,
        JsonNode claims,
        long validFrom,
        long validUntil,
        long timeoutMs) {
    /// What stands for a subject given in words: SHA-256 of its UTF-8 octets. Whoever can guess the words can check
    /// the guess; for people and other secrets give a salted commitment instead.
    public static Bytes32 commit(String subject) {
        return Digests.sha256(Bytes.utf8(subject));
    }

    /// The claims as the chains carry them: canonical JSON that names the schema and the issuer as well, so that the
    /// attestation can be read without the gateway.
    public Bytes claimsOctets() {
        var whole = JsonNodeFactory.instance.objectNode();
        whole.set("claims", claims);
        whole.put("issuer", issuer);
        whole.put("schema", schema);
        if (subject != null) whole.put("subject", subject);
        return CanonicalJson.of(whole);
    }

    public Attestation attestation() {
        var octets = claimsOctets();
        return new Attestation(
                Attestation.Kind.ATTEST,
                Digests.sha256(Bytes.utf8(schema)),
                Digests.sha256(Bytes.utf8(issuer)),
                subjectCommitment,
                Bytes32.ZERO,
                Digests.sha256(octets),
                validFrom,
                validUntil,
                octets);
    }
}
