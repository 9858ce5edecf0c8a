package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.lane.LogRole;
import java.util.List;
import java.util.Optional;

/// The events of lane contracts, picked out of a block.
///
/// @param contract the Outbox or Inbox whose events count
record LaneEvents(Address contract, LaneId lane) {
    static final String SENT = "AttestationSent(bytes32,uint64,uint64,bytes)";
    static final String ASSIGNED = "StatusAssigned(bytes32,uint64,uint64,bytes)";
    static final String ACKNOWLEDGED = "Acknowledged(bytes32,uint64,uint64,uint64)";

    /// A leaf that a block appended.
    ///
    /// @param previous height of the block that changed the log before
    record Appended(long index, long previous, Bytes leaf, BlockLog log) {}

    /// Packets `[from, to)` that a block acknowledged.
    ///
    /// @param previous height of the block that acknowledged before
    record Acknowledged(long from, long to, long previous, BlockLog log) {}

    List<Appended> appended(LogRole role, List<BlockLog> block) {
        var topic = Abi.topic(
                switch (role) {
                    case PACKETS -> SENT;
                    case STATUSES -> ASSIGNED;
                });
        return ours(topic, 3, block).stream()
                .map(log -> {
                    var data = new AbiWords(log.data());
                    long index = new AbiWords(log.topics().get(2).value()).number(0);
                    return new Appended(index, data.number(0), data.bytes(1), log);
                })
                .toList();
    }

    List<Acknowledged> acknowledged(List<BlockLog> block) {
        return ours(Abi.topic(ACKNOWLEDGED), 2, block).stream()
                .map(log -> {
                    var data = new AbiWords(log.data());
                    return new Acknowledged(data.number(0), data.number(1), data.number(2), log);
                })
                .toList();
    }

    /// The checkpoint events of a block, in their order.
    List<BlockLog> checkpoints(LogRole role, List<BlockLog> block) {
        return ours(role.topic(), 2, block);
    }

    /// The last checkpoint of a given size in a block.
    Optional<BlockLog> checkpoint(LogRole role, long size, List<BlockLog> block) {
        return checkpoints(role, block).stream()
                .filter(log -> new AbiWords(log.data()).number(0) == size)
                .reduce((_, later) -> later);
    }

    static Bytes32 rootOf(BlockLog checkpoint) {
        return new AbiWords(checkpoint.data()).word(1);
    }

    private List<BlockLog> ours(Bytes32 topic, int topics, List<BlockLog> block) {
        return block.stream()
                .filter(log -> log.address().equals(contract))
                .filter(log -> log.topics().size() == topics)
                .filter(log -> log.topics().get(0).equals(topic))
                .filter(log -> log.topics().get(1).equals(lane.value()))
                .toList();
    }
}
