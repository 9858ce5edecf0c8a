package io.waybill.core.proof;

import io.waybill.core.Bytes;
import java.util.List;

/// The fields of an execution-layer header in their order: fifteen that every fork has, then what London, Shanghai,
/// Cancun (three at once) and Prague added. A header has all or none of one fork's.
enum EvmField {
    PARENT_HASH("parentHash", 32, 32),
    OMMERS_HASH("ommersHash", 32, 32),
    COINBASE("coinbase", 20, 20),
    STATE_ROOT("stateRoot", 32, 32),
    TRANSACTIONS_ROOT("transactionsRoot", 32, 32),
    RECEIPTS_ROOT("receiptsRoot", 32, 32),
    BLOOM("logsBloom", 256, 256),
    DIFFICULTY("difficulty", 0, 32),
    NUMBER("number", 0, 6),
    GAS_LIMIT("gasLimit", 0, 8),
    GAS_USED("gasUsed", 0, 8),
    TIMESTAMP("timestamp", 0, 6),
    EXTRA_DATA("extraData", -1, -1),
    MIX_HASH("mixHash", 32, 32),
    NONCE("nonce", 8, 8),
    BASE_FEE_PER_GAS("baseFeePerGas", 0, 32),
    WITHDRAWALS_ROOT("withdrawalsRoot", 32, 32),
    BLOB_GAS_USED("blobGasUsed", 0, 8),
    EXCESS_BLOB_GAS("excessBlobGas", 0, 8),
    PARENT_BEACON_BLOCK_ROOT("parentBeaconBlockRoot", 32, 32),
    REQUESTS_HASH("requestsHash", 32, 32);

    /// How many fields there are in every fork.
    static final int COMMON = 15;

    private static final List<EvmField> ORDER = List.of(values());
    /// Berlin and before, London and Paris, Shanghai, Cancun, Prague and Osaka.
    private static final List<Integer> COUNTS = List.of(15, 16, 17, 20, 21);

    private final String title;
    private final int least;
    private final int most;

    EvmField(String title, int least, int most) {
        this.title = title;
        this.least = least;
        this.most = most;
    }

    /// This field's octets among all of a header's.
    Bytes of(List<Bytes> fields) {
        return fields.get(ORDER.indexOf(this));
    }

    /// The first field of a header that is not as its fork wants it, or an empty text.
    static String firstMalformed(List<Bytes> fields) {
        return COUNTS.contains(fields.size()) ? firstMalformed(fields, 0) : "fields";
    }

    /// The same of the fields after the common ones, alone.
    static String firstMalformedFork(List<Bytes> fields) {
        return COUNTS.contains(COMMON + fields.size()) ? firstMalformed(fields, COMMON) : "fields";
    }

    private static String firstMalformed(List<Bytes> fields, int from) {
        for (int i = 0; i < fields.size(); i++) {
            var field = ORDER.get(from + i);
            if (!field.admits(fields.get(i))) return field.title;
        }
        return "";
    }

    /// Of a fixed size, or a minimal number, or anything.
    private boolean admits(Bytes octets) {
        if (most < 0) return true;
        if (octets.size() < least || octets.size() > most) return false;
        return least > 0 || octets.isEmpty() || octets.at(0) != 0;
    }
}
