package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.FiscoRejection.NoDestinationWatcher;
import io.waybill.core.FiscoRejection.TooFewWatchers;
import io.waybill.core.FiscoRejection.WatcherSignatureInvalid;
import io.waybill.core.FiscoRejection.WatcherUnknown;
import io.waybill.core.FiscoRejection.WatchersNotAscending;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Secp256k1;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Those who corroborate headers of mode CORROBORATED, rule R4.6: each runs a node of its own that does not seal, and
/// signs only what that node executed and committed.
///
/// @param all         3 to 255, strictly ascending, none zero
/// @param destination those of them that the destination's operators named, one or more
public record Watchers(List<Address> all, Set<Address> destination) {
    /// The fewest watchers a client may have.
    public static final int FEWEST = 3;
    /// The most watchers a client may have.
    public static final int MOST = 255;

    private static final int SIGNATURE_SIZE = 65;
    private static final BigInteger HALF_ORDER =
            new BigInteger("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", 16);

    public Watchers {
        all = List.copyOf(all);
        destination = Set.copyOf(destination);
        if (all.size() < FEWEST || all.size() > MOST)
            throw new IllegalArgumentException("watchers: expected 3 to 255, got " + all.size());
        if (all.getFirst().isZero()) throw new IllegalArgumentException("watchers: expected none to be zero");
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i - 1).compareTo(all.get(i)) >= 0)
                throw new IllegalArgumentException("watchers: expected strictly ascending, broken at " + i);
        }
        if (destination.isEmpty() || !all.containsAll(destination))
            throw new IllegalArgumentException("destination watchers: expected ≥ 1 of the watchers");
    }

    /// How many must sign: `⌊n/2⌋ + 1`.
    public int needed() {
        return all.size() / 2 + 1;
    }

    /// Counts the watchers that signed a digest.
    ///
    /// @param signatures 65 octets `r || s || v`, low `s`, ascending by signer
    public Verdict<Integer> corroborate(Bytes32 digest, List<Bytes> signatures) {
        var signers = new HashSet<Address>();
        var last = Address.ZERO;
        for (int i = 0; i < signatures.size(); i++) {
            var key = low(signatures.get(i)) ? Secp256k1.recover(digest, signatures.get(i)) : Optional.<Bytes>empty();
            if (key.isEmpty()) return reject(new WatcherSignatureInvalid(i));
            var signer = Secp256k1.address(key.get());
            if (signer.compareTo(last) <= 0) return reject(new WatchersNotAscending(i));
            if (!all.contains(signer)) return reject(new WatcherUnknown(signer));
            signers.add(signer);
            last = signer;
        }
        if (signers.size() < needed()) return reject(new TooFewWatchers(signers.size(), needed()));
        return signers.stream().anyMatch(destination::contains)
                ? accept(signers.size())
                : reject(new NoDestinationWatcher());
    }

    private static boolean low(Bytes signature) {
        return signature.size() == SIGNATURE_SIZE
                && new BigInteger(1, signature.slice(32, 64).toArray()).compareTo(HALF_ORDER) <= 0;
    }
}
