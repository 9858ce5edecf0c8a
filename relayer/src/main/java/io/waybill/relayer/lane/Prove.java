package io.waybill.relayer.lane;

import io.waybill.core.Bytes;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientView;
import io.waybill.core.port.Delivery;
import io.waybill.core.port.LogEntry;
import io.waybill.core.port.Sighting;
import java.util.ArrayList;
import java.util.List;

/// The second stage: header updates from what the contract's client holds, the event proof, and the range proof out
/// of our own copy of the log.
final class Prove {
    private final Route route;
    private final LogMirror mirror;
    private final Pace pace;

    Prove(Route route, LogMirror mirror, Pace pace) {
        this.route = route;
        this.mirror = mirror;
        this.pace = pace;
    }

    /// Header updates that make the contract's client hold the block of a checkpoint: none if it holds it already,
    /// else from the highest header it accepted at or below it.
    ///
    /// @throws ChainException.Refused if the client has forgotten every header that low
    List<Bytes> updates(ClientView view, long height) {
        if (view.accepted().containsKey(height)) return List.of();
        var trusted = view.accepted().floorKey(height);
        if (trusted == null) {
            throw new ChainException.Refused("height %d: below the history of client %s"
                    .formatted(height, route.client().ref().id()));
        }
        return route.from().headerUpdates(route.client().ref(), trusted, height);
    }

    /// The leaves from `cursor` on that fit one delivery, with their proofs.
    ///
    /// @param most leaves at most
    Batch batch(Sighting sighting, Bytes eventProof, List<Bytes> updates, long cursor, int most) {
        var checkpoint = sighting.checkpoint();
        var leaves = fitting(checkpoint, cursor, most);
        var last = updates.isEmpty() ? Bytes.EMPTY : updates.getLast();
        var leading = updates.isEmpty() ? updates : updates.subList(0, updates.size() - 1);
        return new Batch(
                leading,
                new Delivery(
                        route.id(),
                        last,
                        sighting.height(),
                        eventProof,
                        checkpoint,
                        cursor,
                        leaves,
                        mirror.rangeProof(cursor, cursor + leaves.size(), checkpoint.size())));
    }

    private List<Bytes> fitting(Checkpoint checkpoint, long cursor, int most) {
        var fitting = new ArrayList<Bytes>();
        long octets = 0;
        for (LogEntry entry : mirror.leaves(cursor, Math.min(checkpoint.size(), cursor + most))) {
            octets += entry.leaf().size();
            if (octets > pace.maxOctets() && !fitting.isEmpty()) break;
            fitting.add(entry.leaf());
        }
        return fitting;
    }
}
