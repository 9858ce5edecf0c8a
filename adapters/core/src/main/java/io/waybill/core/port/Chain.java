package io.waybill.core.port;

import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import java.util.List;

/// One chain, as source and destination, with the one thing that applications do on it.
public interface Chain extends Source, Destination {
    ChainId id();

    /// Appends attestations to a lane at the Outbox in one transaction and waits until it is final.
    ///
    /// @param sends attestation octets with their timeouts, in order
    /// @return the entries written, in the order of `sends`
    /// @throws ChainException.Refused if the Outbox refused the whole batch
    List<LogEntry> send(LaneId lane, List<Send> sends);

    /// One attestation to send.
    ///
    /// @param attestation canonical octets of an attestation
    /// @param timeoutMs   milliseconds since 1970
    record Send(Bytes attestation, long timeoutMs) {}
}
