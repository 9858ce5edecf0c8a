package io.waybill.relayer.event;

import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Acknowledgement;
import io.waybill.core.port.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Something that happened on a lane, as this member saw it. Facts about packets come from the chains, never from
/// what a call answered: a delivery whose answer was lost is told all the same, and so is one that another member
/// made.
public sealed interface RelayEvent {
    LaneId lane();

    /// When this member saw it, by its own clock.
    Instant at();

    /// Packets were sent at the Outbox; index order, without gaps since the last such event of this worker. The
    /// leaves are proven: they hash to a checkpoint that the source's headers vouch for.
    ///
    /// @param past whether they lay there before this worker began: true while it reads the lane's history
    record Observed(LaneId lane, List<LogEntry> packets, boolean past, Instant at) implements RelayEvent {
        public Observed {
            packets = List.copyOf(packets);
        }
    }

    /// Header updates, event proof and range proof for leaves `[from, to)` were built.
    ///
    /// @param height source block that holds the checkpoint event
    record Proven(LaneId lane, LogRole role, long from, long to, long height, Duration took, Instant at)
            implements RelayEvent {}

    /// This member's own light client judged the proofs and accepted them.
    record Verified(LaneId lane, LogRole role, long from, long to, long height, Duration took, Instant at)
            implements RelayEvent {}

    /// This member submitted leaves `[from, to)` and the transaction is final.
    ///
    /// @param moved how many of them the transaction moved; 0 when others had done it before: redundant, not failed
    record Submitted(
            LaneId lane,
            LogRole role,
            long from,
            long to,
            long moved,
            Bytes32 tx,
            long height,
            long gasUsed,
            Duration took,
            Instant at)
            implements RelayEvent {}

    /// The Inbox gave packets their final status, whoever delivered them; index order, without gaps.
    ///
    /// @param statuses status octets with the delivering transactions; proven as the packets of [Observed] are
    record Delivered(LaneId lane, List<LogEntry> statuses, boolean past, Instant at) implements RelayEvent {
        public Delivered {
            statuses = List.copyOf(statuses);
        }
    }

    /// The Outbox learnt of final statuses, by proof.
    record Acknowledged(LaneId lane, Acknowledgement acknowledgement, boolean past, Instant at) implements RelayEvent {}

    /// A light-client contract was advanced in a transaction of its own.
    ///
    /// @param role   which passage of the lane needs that client
    /// @param height block of that transaction, on the chain the client lives on
    record ClientUpdated(LaneId lane, LogRole role, long height, Bytes32 tx, Instant at) implements RelayEvent {}

    /// Our own rules refused what a node offered, before anything was submitted.
    ///
    /// @param code the name of the reason, from a closed set
    record ProofRejected(LaneId lane, LogRole role, String code, String reason, Instant at) implements RelayEvent {}

    /// A passage rests until an instant, because the world failed or refused; it tries again by itself.
    record Parked(LaneId lane, LogRole role, String reason, Instant retryAt, Instant at) implements RelayEvent {}

    /// A passage moves again after it was parked.
    record Resumed(LaneId lane, LogRole role, Instant at) implements RelayEvent {}

    /// A passage stopped and stays so until a person resumes it: the source forked, or a client was fooled or
    /// frozen.
    record Halted(LaneId lane, LogRole role, String reason, Instant at) implements RelayEvent {}
}
