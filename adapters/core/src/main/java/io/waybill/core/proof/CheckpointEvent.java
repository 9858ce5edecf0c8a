package io.waybill.core.proof;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import java.util.List;
import java.util.function.Predicate;

/// A checkpoint event as chains of the EVM log it (rule R2.4), read out of a receipt that is proven already.
public final class CheckpointEvent {
    private CheckpointEvent() {}

    /// The log at an index of a receipt. The receipt as a whole must be of a transaction that succeeded and moved
    /// no token.
    ///
    /// @param logIndex of the log in its receipt, not in the block
    public static Verdict<EvmLog> in(EvmReceipt receipt, long logIndex) {
        return receipt.success() ? at(receipt.logs(), logIndex) : reject(new EventRejection.TransactionFailed());
    }

    /// The log at an index among the logs of one transaction that succeeded; none of them may move a token.
    public static Verdict<EvmLog> at(List<EvmLog> logs, long logIndex) {
        return at(logs, logIndex, log -> false);
    }

    /// The log at an index among the logs of one transaction that succeeded; none of them may move a token.
    ///
    /// @param harmless what is known to have moved nothing, whatever its topic
    public static Verdict<EvmLog> at(List<EvmLog> logs, long logIndex, Predicate<EvmLog> harmless) {
        for (var log : logs) {
            if (!log.topics().isEmpty() && TokenPolicy.forbids(log.topics().getFirst()) && !harmless.test(log)) {
                return reject(new EventRejection.TokenEvent(log.topics().getFirst()));
            }
        }
        return logIndex >= 0 && logIndex < logs.size()
                ? accept(logs.get((int) logIndex))
                : reject(new EventRejection.LogIndexOutOfRange((int) logIndex, logs.size()));
    }

    /// The checkpoint that a log states.
    ///
    /// @param emitter the contract that must have emitted it
    /// @param role    which of the two events it must be
    public static Verdict<Checkpoint> read(EvmLog log, Address emitter, LogRole role, LaneId lane) {
        if (!log.address().equals(emitter)) return reject(new EventRejection.WrongEmitter());
        var topics = log.topics();
        if (topics.size() != 2 || !topics.get(0).equals(role.topic())) return reject(new EventRejection.WrongTopic());
        if (!topics.get(1).equals(lane.value())) return reject(new EventRejection.WrongLane(topics.get(1)));
        var data = log.data();
        if (data.size() != 64) return reject(new EventRejection.MalformedReceipt("data"));
        long size = data.number(24, 32);
        if (!data.slice(0, 24).isZero() || size < 1 || size >= Checkpoint.SIZE_LIMIT) {
            return reject(new EventRejection.CheckpointSizeOutOfRange());
        }
        var root = new Bytes32(data.slice(32, 64));
        return root.isZero()
                ? reject(new EventRejection.CheckpointRootZero())
                : accept(new Checkpoint(lane, size, root));
    }
}
