package io.waybill.contracts;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.lane.LaneLog;
import java.util.List;

/// What shows an Inbox how one of its packets ended.
///
/// @param packet octets of the packet, rule R2.2
/// @param status octets of its status, rule R2.3; they say which leaf they are
/// @param path   the hashes beside the way from that leaf up to its peak, bottom-up
public record DeliveryProof(Bytes packet, Bytes status, List<Bytes32> path) {
    public DeliveryProof {
        path = List.copyOf(path);
    }

    /// The proof for a leaf of a status log: the part of its RFC 9162 inclusion path that lies below the peak, which
    /// the
    /// contract keeps. So it stays good while the log grows, until that peak is joined with its neighbour.
    ///
    /// @param statuses the Inbox's log as it is now
    /// @param index    of the packet, less than the log's size
    /// @param status   leaf `index` of that log
    public static DeliveryProof of(LaneLog statuses, long index, Bytes packet, Bytes status) {
        var path = statuses.rangeProof(index, index + 1, statuses.size());
        return new DeliveryProof(packet, status, path.subList(0, height(index, statuses.size())));
    }

    /// The leaf lies under the peak of the highest bit in which its index differs from the size.
    private static int height(long index, long size) {
        return 63 - Long.numberOfLeadingZeros(index ^ size);
    }
}
