package io.waybill.core.proof.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.MalformedReceipt;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import io.waybill.core.proof.CheckpointEvent;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.Rlp;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One event in a receipt: `[address, [topic...], data]` in Core space, and with a fourth item 2 in eSpace. A
/// receipt of one space may hold logs of the other.
public record ConfluxLog(EvmLog log, LogSpace space) {
    private static final Bytes ESPACE = Bytes.of(2);
    private static final int MOST_TOPICS = 4;

    /// The internal contract that calls from one space into the other.
    private static final Address CROSS_SPACE = Address.hex("0x0888000000000000000000000000000000000006");

    private static final Set<Bytes32> CALLS = Stream.of(
                    "Call(bytes20,bytes20,uint256,uint256,bytes)", "Create(bytes20,bytes20,uint256,uint256,bytes)")
            .map(event -> Digests.keccak256(Bytes.utf8(event)))
            .collect(Collectors.toUnmodifiableSet());

    /// Whether this says of a call or a creation from one space into the other that no value went with it: the
    /// value is the first word of its data.
    boolean carriedNothing() {
        return space == LogSpace.CORE
                && log.address().equals(CROSS_SPACE)
                && !log.topics().isEmpty()
                && CALLS.contains(log.topics().getFirst())
                && log.data().size() >= 32
                && log.data().slice(0, 32).isZero();
    }

    /// The log at an index of a receipt, if nothing in the receipt moved a token in either space.
    static Verdict<EvmLog> at(List<ConfluxLog> logs, long index) {
        var harmless = logs.stream()
                .filter(ConfluxLog::carriedNothing)
                .map(ConfluxLog::log)
                .toList();
        return CheckpointEvent.at(logs.stream().map(ConfluxLog::log).toList(), index, harmless::contains);
    }

    Rlp item() {
        var address = Rlp.of(log.address().value());
        var topics = Rlp.list(log.topics(), topic -> Rlp.of(topic.value()));
        var data = Rlp.of(log.data());
        return space == LogSpace.CORE
                ? Rlp.list(address, topics, data)
                : Rlp.list(address, topics, data, Rlp.of(ESPACE));
    }

    static Verdict<ConfluxLog> read(Rlp item) {
        var parts = item.items();
        if (parts.size() != 3 && parts.size() != 4) return malformed("log");
        if (parts.get(0).octets().size() != 20) return malformed("log");
        if (parts.size() == 4 && !parts.get(3).octets().equals(ESPACE)) return malformed("space");
        var topics = parts.get(1).items().stream().map(Rlp::octets).toList();
        if (topics.size() > MOST_TOPICS || topics.stream().anyMatch(topic -> topic.size() != 32))
            return malformed("topics");
        var log = new EvmLog(
                new Address(parts.get(0).octets()),
                topics.stream().map(Bytes32::new).toList(),
                parts.get(2).octets());
        return accept(new ConfluxLog(log, parts.size() == 3 ? LogSpace.CORE : LogSpace.ESPACE));
    }

    private static Verdict<ConfluxLog> malformed(String part) {
        return reject(new MalformedReceipt(part));
    }
}
