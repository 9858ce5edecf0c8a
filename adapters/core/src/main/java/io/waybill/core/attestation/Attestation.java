package io.waybill.core.attestation;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedAttestation;
import io.waybill.core.Verdict;
import io.waybill.core.Words;
import io.waybill.core.digest.Digests;
import java.util.Arrays;
import java.util.Optional;

/// A statement by an issuer about a subject, under a schema. It moves no value.
///
/// Its octets are nine ABI words (kind, schema, issuer, subject, reference, claimsHash, validFrom, validUntil,
/// the offset 0x120), then the length of the claims and the claims padded with zeros to whole words; in exactly
/// one way.
///
/// @param schema     `sha256(utf8(schema name))`
/// @param issuer     `sha256(utf8(DID))`
/// @param subject    a commitment to the subject
/// @param reference  the uid of the attestation revoked or superseded; zero for a new one
/// @param claimsHash `sha256(claims)`, also where the claims themselves are kept back
/// @param validFrom  seconds since 1970 as an unsigned number, 0 for none
/// @param validUntil seconds since 1970 as an unsigned number, 0 for none
/// @param claims     the claims' octets, or none when they are kept back
public record Attestation(
        Kind kind,
        Bytes32 schema,
        Bytes32 issuer,
        Bytes32 subject,
        Bytes32 reference,
        Bytes32 claimsHash,
        long validFrom,
        long validUntil,
        Bytes claims) {
    private static final int HEAD = 9 * Words.SIZE;

    /// What an attestation does to what was stated before.
    public enum Kind {
        ATTEST(1),
        REVOKE(2),
        SUPERSEDE(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        static Optional<Kind> of(int code) {
            return Arrays.stream(values()).filter(kind -> kind.code == code).findAny();
        }
    }

    public Bytes encode() {
        return Bytes.concat(
                Words.of(kind.code),
                schema.value(),
                issuer.value(),
                subject.value(),
                reference.value(),
                claimsHash.value(),
                Words.of(validFrom),
                Words.of(validUntil),
                Words.of(HEAD),
                Words.of(claims.size()),
                Words.padded(claims));
    }

    /// The name of this attestation: `sha256` of its octets.
    public Bytes32 uid() {
        return Digests.sha256(encode());
    }

    /// Reads attestation octets; total, and only what re-encodes to itself.
    public static Verdict<Attestation> decode(Bytes octets) {
        if (octets.size() < HEAD + Words.SIZE) return malformed("size");
        if (!Words.fits(octets, 0, 1)) return malformed("kind");
        var kind = Kind.of(octets.at(Words.SIZE - 1));
        if (kind.isEmpty()) return malformed("kind");
        if (!Words.fits(octets, 6, 8)) return malformed("validFrom");
        if (!Words.fits(octets, 7, 8)) return malformed("validUntil");
        if (!octets.slice(8 * Words.SIZE, HEAD).equals(Words.of(HEAD))) return malformed("offset");
        if (!Words.fits(octets, 9, 4)) return malformed("length");
        long size = Words.number(octets, 9);
        int begin = HEAD + Words.SIZE;
        if (octets.size() != begin + Words.whole(size)) return malformed("length");
        int end = begin + (int) size;
        if (!octets.slice(end, octets.size()).isZero()) return malformed("padding");
        return Verdict.accept(new Attestation(
                kind.get(),
                Words.at(octets, 1),
                Words.at(octets, 2),
                Words.at(octets, 3),
                Words.at(octets, 4),
                Words.at(octets, 5),
                Words.number(octets, 6),
                Words.number(octets, 7),
                octets.slice(begin, end)));
    }

    private static Verdict<Attestation> malformed(String part) {
        return Verdict.reject(new MalformedAttestation(part));
    }
}
