package io.waybill.core.client.qbft;

import io.waybill.core.Bytes;
import java.util.List;

/// The header fields that forks added, in their order; a header has all or none of one fork's.
enum ForkField {
    BASE_FEE_PER_GAS("baseFeePerGas", 0, 32),
    WITHDRAWALS_ROOT("withdrawalsRoot", 32, 32),
    BLOB_GAS_USED("blobGasUsed", 0, 8),
    EXCESS_BLOB_GAS("excessBlobGas", 0, 8),
    PARENT_BEACON_BLOCK_ROOT("parentBeaconBlockRoot", 32, 32),
    REQUESTS_HASH("requestsHash", 32, 32);

    private final String title;
    private final int least;
    private final int most;

    ForkField(String title, int least, int most) {
        this.title = title;
        this.least = least;
        this.most = most;
    }

    /// The first field that is not as its fork wants it, or an empty text.
    static String firstMalformed(List<Bytes> fields) {
        int count = fields.size();
        if (count > values().length || count == 3 || count == 4) return "fields";
        for (int i = 0; i < count; i++) {
            if (!values()[i].admits(fields.get(i))) return values()[i].title;
        }
        return "";
    }

    private boolean admits(Bytes field) {
        if (field.size() < least || field.size() > most) return false;
        return least > 0 || field.isEmpty() || field.at(0) != 0;
    }
}
