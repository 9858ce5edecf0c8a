package io.waybill.core.port;

import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.lane.LogRole;
import java.util.List;
import java.util.Optional;

/// A chain seen from the side that something is proven *from*: its lane logs, its checkpoints, its headers. Every
/// answer is a claim of a node until a light client has judged the proof built from it.
public interface Source {
    /// The newest final height.
    long head();

    /// What the contract says of one of its logs, at the newest final height.
    LogView log(LogRole role, LaneId lane);

    /// The leaves `[from, to)` of a log in index order, with where each was written.
    ///
    /// @throws ChainException.Unavailable if a leaf could not be found
    List<LogEntry> entries(LogRole role, LaneId lane, long from, long to);

    /// The acknowledgements the Outbox recorded from index `from` on, in order.
    List<Acknowledgement> acknowledgements(LaneId lane, long from);

    /// The newest checkpoint of a log whose event can be proven on this chain, if there is one.
    Optional<Sighting> checkpoint(LogRole role, LaneId lane);

    /// Makes the contract emit a checkpoint of the log's present size in a way that can be proven, waits until it
    /// is final, and says where it is.
    Sighting publishCheckpoint(LogRole role, LaneId lane);

    /// The event proof of a checkpoint, in the wire form of this chain's light client, built here from the block's
    /// receipts.
    Bytes eventProof(LaneId lane, LogRole role, Sighting sighting);

    /// Header updates in the wire form of this chain's light client that lead from `trusted` to a height ≥ `target`
    /// with `target` known on the way, in the order they must be submitted; empty when `trusted ≥ target` and
    /// `target` is known.
    ///
    /// @param verifier the client the updates are for: corroborating signatures are bound to it
    List<Bytes> headerUpdates(ClientRef verifier, long trusted, long target);
}
