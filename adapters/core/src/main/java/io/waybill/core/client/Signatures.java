package io.waybill.core.client;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Secp256k1;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/// Signatures of those a client is configured with, whatever the crypto suite of the chain it follows: secp256k1
/// over a digest, 65 octets `r || s || v`, low `s`, `v` 0 or 1, ascending by signer so that each counts once.
///
/// @param members  who may sign
/// @param invalid  the refusal of a signature that no key made, by its index
/// @param disorder the refusal of a signer that is not above the one before, by its index
/// @param unknown  the refusal of a signer who is no member
public record Signatures(
        List<Address> members,
        IntFunction<Rejection> invalid,
        IntFunction<Rejection> disorder,
        Function<Address, Rejection> unknown) {
    private static final int SIZE = 65;
    private static final BigInteger HALF_ORDER =
            new BigInteger("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", 16);

    /// Who signed a digest, in order. The first signature that does not count ends it, so that no more are looked at
    /// than there are members.
    public Verdict<List<Address>> signers(Bytes32 digest, List<Bytes> signatures) {
        var signers = new ArrayList<Address>();
        var last = Address.ZERO;
        for (int i = 0; i < signatures.size(); i++) {
            var key = low(signatures.get(i)) ? Secp256k1.recover(digest, signatures.get(i)) : Optional.<Bytes>empty();
            if (key.isEmpty()) return reject(invalid.apply(i));
            var signer = Secp256k1.address(key.get());
            if (signer.compareTo(last) <= 0) return reject(disorder.apply(i));
            if (!members.contains(signer)) return reject(unknown.apply(signer));
            signers.add(signer);
            last = signer;
        }
        return accept(signers);
    }

    private static boolean low(Bytes signature) {
        return signature.size() == SIZE
                && new BigInteger(1, signature.slice(32, 64).toArray()).compareTo(HALF_ORDER) <= 0;
    }

    /// Checks a configured list: none zero, strictly ascending.
    ///
    /// @param what what the list is called
    /// @throws IllegalArgumentException if it is not so
    public static void requireAscending(String what, List<Address> addresses) {
        if (addresses.getFirst().isZero()) throw new IllegalArgumentException(what + ": expected none to be zero");
        for (int i = 1; i < addresses.size(); i++) {
            if (addresses.get(i - 1).compareTo(addresses.get(i)) >= 0)
                throw new IllegalArgumentException(what + ": expected strictly ascending, broken at " + i);
        }
    }
}
