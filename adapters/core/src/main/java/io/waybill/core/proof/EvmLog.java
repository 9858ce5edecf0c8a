package io.waybill.core.proof;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.MalformedReceipt;
import io.waybill.core.Verdict;
import java.util.List;

/// One event in a receipt of an EVM.
///
/// @param address the contract that emitted it
/// @param topics  0 to 4 words
public record EvmLog(Address address, List<Bytes32> topics, Bytes data) {
    private static final int MOST_TOPICS = 4;

    public EvmLog {
        topics = List.copyOf(topics);
    }

    /// `[ address, [topic...], data ]`.
    public Rlp item() {
        return Rlp.list(Rlp.of(address.value()), Rlp.list(topics, topic -> Rlp.of(topic.value())), Rlp.of(data));
    }

    /// Reads a list of logs inside a parse, each strictly `[ address 20, [topic 32...], data ]` with at most 4 topics.
    public static Verdict<List<EvmLog>> list(Rlp list) {
        return Verdict.each(list.items(), EvmLog::of);
    }

    private static Verdict<EvmLog> of(Rlp item) {
        var parts = item.items();
        if (parts.size() != 3 || parts.get(0).octets().size() != 20) return reject(new MalformedReceipt("log"));
        var topics = parts.get(1).items().stream().map(Rlp::octets).toList();
        if (topics.size() > MOST_TOPICS || topics.stream().anyMatch(topic -> topic.size() != 32))
            return reject(new MalformedReceipt("topics"));
        return accept(new EvmLog(
                new Address(parts.get(0).octets()),
                topics.stream().map(Bytes32::new).toList(),
                parts.get(2).octets()));
    }
}
