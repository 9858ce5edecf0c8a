package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.FiscoRejection.OperatorSignatureInvalid;
import io.waybill.core.FiscoRejection.OperatorUnknown;
import io.waybill.core.FiscoRejection.OperatorsNotAscending;
import io.waybill.core.FiscoRejection.TooFewOperators;
import io.waybill.core.Verdict;
import io.waybill.core.client.Signatures;
import java.util.List;

/// Those who decide together, two at least, what mode CHALLENGED leaves to people: whether a held header is
/// released, and whether a list of sealers changes (rule R4.7).
///
/// @param all 2 to 255, strictly ascending, none zero
public record Operators(List<Address> all) {
    /// How many must agree.
    public static final int NEEDED = 2;
    /// The most operators a client may have.
    public static final int MOST = 255;

    public Operators {
        all = List.copyOf(all);
        if (all.size() < NEEDED || all.size() > MOST)
            throw new IllegalArgumentException("operators: expected 2 to 255, got " + all.size());
        Signatures.requireAscending("operators", all);
    }

    /// Counts the operators that signed a digest.
    ///
    /// @param signatures 65 octets `r || s || v`, low `s`, ascending by signer
    Verdict<Integer> agree(Bytes32 digest, List<Bytes> signatures) {
        var rules =
                new Signatures(all, OperatorSignatureInvalid::new, OperatorsNotAscending::new, OperatorUnknown::new);
        return rules.signers(digest, signatures)
                .then(signers -> signers.size() < NEEDED
                        ? reject(new TooFewOperators(signers.size(), NEEDED))
                        : accept(signers.size()));
    }
}
