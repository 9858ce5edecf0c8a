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
import io.waybill.core.client.Signatures;
import java.util.List;
import java.util.Set;

/// Those who corroborate headers of mode CORROBORATED, rule R4.6: each runs a node of its own that does not seal,
/// and signs only what that node executed and committed.
///
/// @param all         3 to 255, strictly ascending, none zero
/// @param destination those of them that the destination's operators named, one or more
public record Watchers(List<Address> all, Set<Address> destination) {
    /// The fewest watchers a client may have.
    public static final int FEWEST = 3;
    /// The most watchers a client may have.
    public static final int MOST = 255;

    public Watchers {
        all = List.copyOf(all);
        destination = Set.copyOf(destination);
        if (all.size() < FEWEST || all.size() > MOST)
            throw new IllegalArgumentException("watchers: expected 3 to 255, got " + all.size());
        Signatures.requireAscending("watchers", all);
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
        return signatures()
                .signers(digest, signatures)
                .then(signers -> signers.size() < needed()
                        ? reject(new TooFewWatchers(signers.size(), needed()))
                        : accept(signers))
                .then(signers -> signers.stream().anyMatch(destination::contains)
                        ? accept(signers.size())
                        : reject(new NoDestinationWatcher()));
    }

    /// The watcher that signed a digest.
    Verdict<Address> one(Bytes32 digest, Bytes signature) {
        return signatures().signers(digest, List.of(signature)).map(List::getFirst);
    }

    private Signatures signatures() {
        return new Signatures(all, WatcherSignatureInvalid::new, WatchersNotAscending::new, WatcherUnknown::new);
    }
}
