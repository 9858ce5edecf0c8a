package io.waybill.core.client.committee;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.CommitteeRejection.TooFewVerifiers;
import io.waybill.core.CommitteeRejection.VerifierSignatureInvalid;
import io.waybill.core.CommitteeRejection.VerifierUnknown;
import io.waybill.core.CommitteeRejection.VerifiersNotAscending;
import io.waybill.core.Verdict;
import io.waybill.core.client.Signatures;
import io.waybill.core.digest.Digests;
import java.util.List;
import java.util.stream.Stream;

/// The verifiers of a client. They are fixed for its life; another committee is another client.
///
/// @param verifiers 3 to 32, strictly ascending, none zero
/// @param needed    how many must sign, more than half of them
public record Committee(List<Address> verifiers, int needed) {
    /// The fewest verifiers a committee may have.
    public static final int FEWEST = 3;
    /// The most verifiers a committee may have.
    public static final int MOST = 32;

    public Committee {
        verifiers = List.copyOf(verifiers);
        int size = verifiers.size();
        if (size < FEWEST || size > MOST)
            throw new IllegalArgumentException("verifiers: expected 3 to 32, got " + size);
        if (2 * needed <= size || needed > size)
            throw new IllegalArgumentException(
                    "verifiers needed: expected more than half of %d, got %d".formatted(size, needed));
        Signatures.requireAscending("verifiers", verifiers);
    }

    /// `sha256` over each verifier and how many are needed as one octet: the set hash of every state of the client.
    public Bytes32 setHash() {
        var parts = Stream.concat(verifiers.stream().map(Address::value), Stream.of(Bytes.of(needed)));
        return Digests.sha256(Bytes.concat(parts.toList()));
    }

    /// Counts the verifiers that signed a digest.
    ///
    /// @param signatures 65 octets `r || s || v`, low `s`, strictly ascending by signer
    Verdict<Integer> agree(Bytes32 digest, List<Bytes> signatures) {
        return new Signatures(
                        verifiers, VerifierSignatureInvalid::new, VerifiersNotAscending::new, VerifierUnknown::new)
                .signers(digest, signatures)
                .then(signers -> signers.size() < needed
                        ? reject(new TooFewVerifiers(signers.size(), needed))
                        : accept(signers.size()));
    }
}
