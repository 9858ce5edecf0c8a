package io.waybill.gateway.setup;

import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LaneTerms;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A lane that is to be: one direction between two chains.
///
/// @param name         what people call it
/// @param maxPacket    largest packet, octets
/// @param window       packets that may await acknowledgement
/// @param maxTimeoutMs how far ahead a timeout may lie, milliseconds
/// @param senders      who may send; ascending, at least one
/// @param eas          whose attestations it takes as well; null for none
public record LaneWanted(
        String name,
        ChainId source,
        ChainId destination,
        long maxPacket,
        long window,
        long maxTimeoutMs,
        List<Address> senders,
        @Nullable EasWanted eas) {
    public LaneWanted {
        senders = senders.stream().sorted().toList();
    }

    /// A lane on which nothing comes but what is sent.
    public LaneWanted(
            String name,
            ChainId source,
            ChainId destination,
            long maxPacket,
            long window,
            long maxTimeoutMs,
            List<Address> senders) {
        this(name, source, destination, maxPacket, window, maxTimeoutMs, senders, null);
    }

    /// The same lane with one sender more.
    LaneWanted with(Address sender) {
        var all = Stream.concat(senders.stream(), Stream.of(sender)).toList();
        return new LaneWanted(name, source, destination, maxPacket, window, maxTimeoutMs, all, eas);
    }

    LaneTerms.Terms terms() {
        return new LaneTerms.Terms(maxPacket, window, maxTimeoutMs, sendersRoot(), TokenPolicy.HASH);
    }

    private Bytes32 sendersRoot() {
        return LaneLog.of(senders.stream().map(Address::value).toList()).root();
    }
}
