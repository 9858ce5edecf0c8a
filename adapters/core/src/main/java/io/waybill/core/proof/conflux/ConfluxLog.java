package io.waybill.core.proof.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.MalformedReceipt;
import io.waybill.core.Verdict;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.Rlp;

/// One event in a receipt: `[address, [topic...], data]` in Core space, and with a fourth item 2 in eSpace. A
/// receipt of one space may hold logs of the other.
public record ConfluxLog(EvmLog log, LogSpace space) {
    private static final Bytes ESPACE = Bytes.of(2);
    private static final int MOST_TOPICS = 4;

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
