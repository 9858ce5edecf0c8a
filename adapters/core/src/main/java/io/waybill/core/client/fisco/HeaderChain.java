package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.ClientRejection.HeaderFromTheFuture;
import io.waybill.core.ClientRejection.TrustedSetMismatch;
import io.waybill.core.ClientRejection.UnknownTrustedHeight;
import io.waybill.core.FiscoRejection.NewSetUnused;
import io.waybill.core.FiscoRejection.SetChangedTwice;
import io.waybill.core.Verdict;
import io.waybill.core.client.ConsensusState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What both modes ask of an update, rules R4.1 to R4.5: parent-linked headers from a trusted one, and seals over
/// the last of them by its own list and, where that is new, by the trusted one.
///
/// @param maxClockDriftMs how far a header's time may be ahead, milliseconds
record HeaderChain(HeaderRules rules, long maxClockDriftMs) {
    /// A header read in its place, with what a client keeps of it.
    private record Place(FiscoHeader header, ConsensusState state) {}

    /// Judges in this order: the trusted height and list, each header in turn, the seals over the last.
    ///
    /// @param trusted what the client holds at the update's trusted height, null if nothing
    /// @return what to keep of each header, the tip last
    Verdict<List<ConsensusState>> judge(@Nullable ConsensusState trusted, FiscoUpdate update, long nowMs) {
        if (trusted == null) return reject(new UnknownTrustedHeight(update.trustedHeight()));
        var computed = update.trustedSet().setHash();
        if (!computed.equals(trusted.setHash())) return reject(new TrustedSetMismatch(trusted.setHash(), computed));
        return linked(trusted, update, nowMs).then(places -> sealed(places, update));
    }

    private Verdict<List<Place>> linked(ConsensusState trusted, FiscoUpdate update, long nowMs) {
        var places = new ArrayList<Place>();
        var parent = trusted;
        boolean changed = false;
        for (var link : update.headers()) {
            if (changed && !link.changed()) return reject(new SetChangedTwice());
            changed = link.changed();
            var other = update.newSet();
            var sealers = changed && other != null ? other : update.trustedSet();
            var header = link.at(parent.height() + 1, parent.hash(), sealers);
            if (timely(parent, header, nowMs) instanceof Verdict.Rejected<FiscoHeader>(var reason))
                return reject(reason);
            parent = header.state(rules.suite());
            places.add(new Place(header, parent));
        }
        return update.newSet() != null && !changed ? reject(new NewSetUnused()) : accept(places);
    }

    private Verdict<FiscoHeader> timely(ConsensusState parent, FiscoHeader header, long nowMs) {
        long latestMs = nowMs + maxClockDriftMs;
        return rules.follows(parent, header)
                .then(follows -> follows.timeMs() > latestMs
                        ? reject(new HeaderFromTheFuture(follows.timeMs(), latestMs))
                        : accept(follows));
    }

    private Verdict<List<ConsensusState>> sealed(List<Place> places, FiscoUpdate update) {
        var tip = places.getLast();
        var own = tip.header().sealers();
        return rules.sealed(tip.state().hash(), own, update.trustedSet(), update.seals())
                .map(_ -> places.stream().map(Place::state).toList());
    }
}
