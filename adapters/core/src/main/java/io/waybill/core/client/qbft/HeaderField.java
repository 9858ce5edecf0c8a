package io.waybill.core.client.qbft;

import io.waybill.core.Bytes;
import io.waybill.core.proof.EvmHeader;
import io.waybill.core.proof.Rlp;
import java.util.List;
import java.util.function.Predicate;

/// The fifteen header fields every fork has, in their order, and what each must be.
enum HeaderField {
    PARENT_HASH("parentHash", sized(32)),
    OMMERS_HASH("ommersHash", QbftHeader.NO_OMMERS.value()::equals),
    PROPOSER("coinbase", sized(20)),
    STATE_ROOT("stateRoot", sized(32)),
    TRANSACTIONS_ROOT("transactionsRoot", sized(32)),
    RECEIPTS_ROOT("receiptsRoot", sized(32)),
    BLOOM("logsBloom", sized(256)),
    DIFFICULTY("difficulty", Bytes.of(1)::equals),
    NUMBER("number", unsigned(6)),
    GAS_LIMIT("gasLimit", unsigned(8)),
    GAS_USED("gasUsed", unsigned(8)),
    TIMESTAMP("timestamp", unsigned(6)),
    EXTRA_DATA("extraData", octets -> true),
    MIX_HASH("mixHash", QbftHeader.MIX_HASH.value()::equals),
    NONCE("nonce", sized(8).and(Bytes::isZero));

    static final int COUNT = values().length;

    private final String title;
    private final Predicate<Bytes> rule;

    HeaderField(String title, Predicate<Bytes> rule) {
        this.title = title;
        this.rule = rule;
    }

    /// The first field of a header that is not as it must be, or an empty text.
    static String firstMalformed(List<Rlp> items) {
        if (items.size() < COUNT) return "fields";
        var forkFields =
                items.subList(COUNT, items.size()).stream().map(Rlp::octets).toList();
        for (int i = 0; i < COUNT; i++) {
            if (!values()[i].rule.test(items.get(i).octets())) return values()[i].title;
        }
        return EvmHeader.firstMalformedForkField(forkFields);
    }

    private static Predicate<Bytes> sized(int size) {
        return octets -> octets.size() == size;
    }

    private static Predicate<Bytes> unsigned(int most) {
        return octets -> octets.size() <= most && (octets.isEmpty() || octets.at(0) != 0);
    }
}
