package io.waybill.core.attestation;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedAttestation;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import java.util.Arrays;
import java.util.Optional;

/// A statement by an issuer about a subject, under a schema. It moves no value.
///
/// Its octets are nine ABI words (kind, schema, issuer, subject, reference, claimsHash, validFrom, validUntil, the
/// offset 0x120), then the length of the claims and the claims padded with zeros to whole words; in exactly one way.
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
    private static final int WORD = 32;
    private static final int HEAD = 9 * WORD;

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
        int padding = (WORD - claims.size() % WORD) % WORD;
        return Bytes.concat(
                word(kind.code),
                schema.value(),
                issuer.value(),
                subject.value(),
                reference.value(),
                claimsHash.value(),
                word(validFrom),
                word(validUntil),
                word(HEAD),
                word(claims.size()),
                claims,
                Bytes.of(new byte[padding]));
    }

    /// The name of this attestation: `sha256` of its octets.
    public Bytes32 uid() {
        return Digests.sha256(encode());
    }

    /// Reads attestation octets; total, and only what re-encodes to itself.
    public static Verdict<Attestation> decode(Bytes octets) {
        if (octets.size() < HEAD + WORD) return malformed("size");
        if (!small(octets, 0, 1)) return malformed("kind");
        var kind = Kind.of(octets.at(WORD - 1));
        if (kind.isEmpty()) return malformed("kind");
        if (!small(octets, 6, 8)) return malformed("validFrom");
        if (!small(octets, 7, 8)) return malformed("validUntil");
        if (!octets.slice(8 * WORD, HEAD).equals(word(HEAD))) return malformed("offset");
        if (!small(octets, 9, 4)) return malformed("length");
        long size = octets.number(HEAD + WORD - 4, HEAD + WORD);
        if (octets.size() != HEAD + WORD + (size + WORD - 1) / WORD * WORD) return malformed("length");
        int end = HEAD + WORD + (int) size;
        if (!octets.slice(end, octets.size()).isZero()) return malformed("padding");
        return Verdict.accept(new Attestation(
                kind.get(),
                wordAt(octets, 1),
                wordAt(octets, 2),
                wordAt(octets, 3),
                wordAt(octets, 4),
                wordAt(octets, 5),
                octets.number(7 * WORD - 8, 7 * WORD),
                octets.number(8 * WORD - 8, 8 * WORD),
                octets.slice(HEAD + WORD, end)));
    }

    private static Bytes word(long value) {
        return Bytes.concat(Bytes.of(new byte[WORD - 8]), Bytes.u64(value));
    }

    private static Bytes32 wordAt(Bytes octets, int index) {
        return new Bytes32(octets.slice(index * WORD, (index + 1) * WORD));
    }

    /// Whether the word at an index is a number of at most `width` octets.
    private static boolean small(Bytes octets, int index, int width) {
        return octets.slice(index * WORD, (index + 1) * WORD - width).isZero();
    }

    private static Verdict<Attestation> malformed(String part) {
        return Verdict.reject(new MalformedAttestation(part));
    }
}
