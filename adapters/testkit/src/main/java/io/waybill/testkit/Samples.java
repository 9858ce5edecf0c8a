package io.waybill.testkit;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.digest.Digests;

/// Attestations made from a number, the same ones in every run.
public final class Samples {
    private Samples() {}

    /// A canonical attestation that the policy `token-free/1` accepts.
    public static Attestation attestation(long number) {
        var claims = Bytes.utf8("{\"claims\":{\"number\":" + number + "},\"schema\":\"sample/1\"}");
        return new Attestation(
                Attestation.Kind.ATTEST,
                Digests.sha256(Bytes.utf8("sample/1")),
                Digests.sha256(Bytes.utf8("did:example:issuer")),
                Digests.sha256(Bytes.utf8("subject " + number)),
                Bytes32.ZERO,
                Digests.sha256(claims),
                0,
                0,
                claims);
    }
}
