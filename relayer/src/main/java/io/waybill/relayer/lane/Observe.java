package io.waybill.relayer.lane;

import io.waybill.core.port.ChainException;
import io.waybill.core.port.Sighting;
import java.util.Optional;

/// The first stage: where the log and the cursor stand, and the checkpoint to prove. Both numbers are read from the
/// contracts on every turn, so nothing is lost with this process and nothing depends on an event that was heard.
final class Observe {
    private final Route route;

    Observe(Route route) {
        this.route = route;
    }

    Seen look() {
        long size = route.from().log(route.role(), route.id()).size();
        long cursor = route.cursor();
        if (cursor > size) {
            throw new ChainException.Unavailable("node of %s: behind, shows %d leaves where %d have arrived"
                    .formatted(route.from().id(), size, cursor));
        }
        return new Seen(size, cursor);
    }

    /// The checkpoint to prove: the newest there is, or one published now when the newest does not cover the next
    /// full batch. None when nothing is open and none was ever emitted.
    ///
    /// @param most leaves in a full batch
    Optional<Sighting> sighting(Seen seen, int most) {
        var newest = route.from().checkpoint(route.role(), route.id());
        long covered = newest.map(found -> found.checkpoint().size()).orElse(0L);
        if (seen.open() == 0 || covered >= Math.min(seen.size(), seen.cursor() + most)) return newest;
        var published = publish();
        if (published.checkpoint().size() < seen.size()) {
            throw new ChainException.Dishonest("log: the node said %d leaves, the contract published %d"
                    .formatted(seen.size(), published.checkpoint().size()));
        }
        return Optional.of(published);
    }

    Sighting publish() {
        return route.from().publishCheckpoint(route.role(), route.id());
    }
}
