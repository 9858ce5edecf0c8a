package io.waybill.core.eas;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.EasRejection.EasFieldMismatch;
import io.waybill.core.EasRejection.EasUidMismatch;
import io.waybill.core.EasRejection.MalformedEasClaims;
import io.waybill.core.Verdict;
import io.waybill.core.Words;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.digest.Digests;

/// An attestation of the Ethereum Attestation Service with every field of which its uid is the hash.
///
/// @param eas            the EAS contract it was made at
/// @param schema         uid of its schema
/// @param time           seconds since 1970 at which it was made, as an unsigned number
/// @param expirationTime seconds since 1970, 0 for never
/// @param refUid         another attestation it refers to, or zero
/// @param recipient      whom it is about, or zero
/// @param attester       who made it
/// @param bump           what EAS counted up until the uid was new; 0 nearly always
/// @param data           as the schema encodes it
public record EasAttestation(
        Address eas,
        Bytes32 schema,
        long time,
        long expirationTime,
        Bytes32 refUid,
        Address recipient,
        Address attester,
        boolean revocable,
        long bump,
        Bytes data) {
    /// The first octets of the claims of such an attestation.
    public static final Bytes TAG = Bytes.utf8("EAS1");

    private static final int HEAD = 11 * Words.SIZE;

    /// `keccak256(schema || recipient || attester || time u64 || expirationTime u64 || revocable u8 || refUid || data
    /// ||
    /// bump u32)`, as EAS 1.x computes it.
    public Bytes32 uid() {
        return Digests.keccak256(Bytes.concat(
                schema.value(),
                recipient.value(),
                attester.value(),
                Bytes.u64(time),
                Bytes.u64(expirationTime),
                Bytes.of(revocable ? 1 : 0),
                refUid.value(),
                data,
                Bytes.u32(bump)));
    }

    public EasAttestation withBump(long counted) {
        return new EasAttestation(
                eas, schema, time, expirationTime, refUid, recipient, attester, revocable, counted, data);
    }

    /// The claims as they are shipped: `EAS1`, then ABI words `(eas, uid, schema, time, expirationTime, refUid,
    /// recipient, attester, revocable, bump, data)`.
    public Bytes claims() {
        return Bytes.concat(
                TAG,
                Words.of(eas),
                uid().value(),
                schema.value(),
                Words.of(time),
                Words.of(expirationTime),
                refUid.value(),
                Words.of(recipient),
                Words.of(attester),
                Words.of(revocable ? 1 : 0),
                Words.of(bump),
                Words.of(HEAD),
                Words.of(data.size()),
                Words.padded(data));
    }

    /// What crosses when it was made: its issuer is the attester, its subject the recipient or, where there is
    /// none, the uid.
    ///
    /// @param chain the EAS contract's
    public Attestation attestation(ChainId chain) {
        var claims = claims();
        return new Attestation(
                Attestation.Kind.ATTEST,
                Digests.sha256(Bytes.utf8(schemaName())),
                hash(account(chain, attester)),
                subject(chain),
                Bytes32.ZERO,
                Digests.sha256(claims),
                time,
                expirationTime,
                claims);
    }

    /// What crosses when it was revoked.
    ///
    /// @param at seconds since 1970
    public Attestation revocation(ChainId chain, long at) {
        return new Attestation(
                Attestation.Kind.REVOKE,
                Digests.sha256(Bytes.utf8(schemaName())),
                hash(account(chain, attester)),
                subject(chain),
                attestation(chain).uid(),
                Digests.sha256(uid().value()),
                at,
                0,
                uid().value());
    }

    private Bytes32 subject(ChainId chain) {
        return recipient.equals(Address.ZERO) ? uid() : hash(account(chain, recipient));
    }

    /// The name of the schema as lanes know it: `eas/0x<64 lower-case digits>`.
    public String schemaName() {
        return "eas/" + schema;
    }

    /// The DID of an account: `did:pkh:<CAIP-2 name>:0x<40 lower-case digits>`.
    public static String account(ChainId chain, Address account) {
        return "did:pkh:%s:%s".formatted(chain.name(), account.toHex());
    }

    private static Bytes32 hash(String text) {
        return Digests.sha256(Bytes.utf8(text));
    }

    /// Whether an attestation says that it was made by EAS.
    public static boolean isClaimed(Attestation attestation) {
        var claims = attestation.claims();
        return claims.size() >= TAG.size() && claims.slice(0, TAG.size()).equals(TAG);
    }

    /// Judges an attestation that crossed: its claims are the fields, the uid is their hash, and all else of it
    /// follows from them.
    ///
    /// @param chain that the lane comes from
    public static Verdict<EasAttestation> of(ChainId chain, Attestation attestation) {
        return decode(attestation.claims()).then(eas -> {
            var expected = eas.attestation(chain);
            if (expected.equals(attestation)) return accept(eas);
            return reject(new EasFieldMismatch(other(expected, attestation)));
        });
    }

    private static String other(Attestation expected, Attestation found) {
        if (expected.kind() != found.kind()) return "kind";
        if (!expected.schema().equals(found.schema())) return "schema";
        if (!expected.issuer().equals(found.issuer())) return "issuer";
        if (!expected.subject().equals(found.subject())) return "subject";
        return expected.claimsHash().equals(found.claimsHash()) ? "term" : "claims hash";
    }

    /// Reads claims; total, and only what re-encodes to itself.
    public static Verdict<EasAttestation> decode(Bytes claims) {
        int begin = HEAD + Words.SIZE;
        if (claims.size() < TAG.size() + begin || !claims.slice(0, TAG.size()).equals(TAG)) return malformed("size");
        var words = claims.slice(TAG.size(), claims.size());
        if (!Words.fits(words, 0, 20) || !Words.fits(words, 6, 20) || !Words.fits(words, 7, 20))
            return malformed("address");
        if (!Words.fits(words, 3, 8)
                || !Words.fits(words, 4, 8)
                || !Words.fits(words, 8, 1)
                || !Words.fits(words, 9, 4)) return malformed("number");
        if (Words.number(words, 8) > 1) return malformed("revocable");
        if (!Words.fits(words, 11, 4)) return malformed("length");
        long size = Words.number(words, 11);
        if (words.size() != begin + Words.whole(size)) return malformed("length");
        var read = new EasAttestation(
                Words.address(words, 0),
                Words.at(words, 2),
                Words.number(words, 3),
                Words.number(words, 4),
                Words.at(words, 5),
                Words.address(words, 6),
                Words.address(words, 7),
                Words.number(words, 8) == 1,
                Words.number(words, 9),
                words.slice(begin, begin + (int) size));
        var stated = Words.at(words, 1);
        var computed = read.uid();
        if (!computed.equals(stated)) return reject(new EasUidMismatch(stated, computed));
        return read.claims().equals(claims) ? accept(read) : malformed("padding");
    }

    private static Verdict<EasAttestation> malformed(String part) {
        return reject(new MalformedEasClaims(part));
    }
}
