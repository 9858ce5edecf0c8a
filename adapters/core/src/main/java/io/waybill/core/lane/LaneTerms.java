package io.waybill.core.lane;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.LaneId;
import io.waybill.core.digest.Digests;

/// What a lane is, for ever: its two ends, its salt and its terms. Its id is their hash, so a change of any of them
/// is another lane.
///
/// @param sourceClient      the client of the source, held at the destination
/// @param destinationClient the client of the destination, held at the source
/// @param salt              32 random octets, so that a lane opened again is another lane
public record LaneTerms(
        ChainId source,
        ClientId sourceClient,
        Address outbox,
        ChainId destination,
        ClientId destinationClient,
        Address inbox,
        Bytes32 salt,
        Terms terms) {

    /// The limits of a lane, rule R1.2.
    ///
    /// @param maxPacket    largest encoded packet in octets (default 8192)
    /// @param window       how many packets may await acknowledgement
    /// @param maxTimeoutMs how far ahead a timeout may lie, milliseconds
    /// @param sendersRoot  RFC 9162 root over the ascending 20-octet addresses that may send
    /// @param policyHash   names the policy that decides Refused
    public record Terms(long maxPacket, long window, long maxTimeoutMs, Bytes32 sendersRoot, Bytes32 policyHash) {
        public Bytes encode() {
            return Bytes.concat(
                    Bytes.u32(maxPacket),
                    Bytes.u64(window),
                    Bytes.u64(maxTimeoutMs),
                    sendersRoot.value(),
                    policyHash.value());
        }
    }

    /// Rule R1.2.
    public LaneId id() {
        return new LaneId(Digests.sha256(Bytes.concat(
                Bytes.utf8("waybill/lane/1"),
                source.hash().value(),
                sourceClient.value().value(),
                outbox.value(),
                destination.hash().value(),
                destinationClient.value().value(),
                inbox.value(),
                salt.value(),
                Digests.sha256(terms.encode()).value())));
    }
}
