package io.waybill.core.proof;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.List;

/// One event in a receipt of an EVM.
///
/// @param address the contract that emitted it
/// @param topics  0 to 4 words
public record EvmLog(Address address, List<Bytes32> topics, Bytes data) {
    public EvmLog {
        topics = List.copyOf(topics);
    }

    Rlp item() {
        return Rlp.list(Rlp.of(address.value()), Rlp.list(topics, topic -> Rlp.of(topic.value())), Rlp.of(data));
    }
}
