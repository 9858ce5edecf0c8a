package io.waybill.core.client.beacon.ssz;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.Locale;

/// The fields of an execution payload header, in their order, under the standard's names.
///
/// @see <a
///     href="https://github.com/ethereum/consensus-specs/blob/dev/specs/deneb/beacon-chain.md">consensus-specs,
///     ExecutionPayloadHeader</a>
public enum ExecutionField {
    PARENT_HASH(Form.HASH),
    FEE_RECIPIENT(Form.ADDRESS),
    STATE_ROOT(Form.HASH),
    RECEIPTS_ROOT(Form.HASH),
    LOGS_BLOOM(Form.BLOOM),
    PREV_RANDAO(Form.HASH),
    BLOCK_NUMBER(Form.NUMBER),
    GAS_LIMIT(Form.NUMBER),
    GAS_USED(Form.NUMBER),
    TIMESTAMP(Form.NUMBER),
    EXTRA_DATA(Form.SHORT_LIST),
    BASE_FEE_PER_GAS(Form.WIDE_NUMBER),
    BLOCK_HASH(Form.HASH),
    TRANSACTIONS_ROOT(Form.HASH),
    WITHDRAWALS_ROOT(Form.HASH),
    /// From Deneb on, and so is the next.
    BLOB_GAS_USED(Form.NUMBER),
    EXCESS_BLOB_GAS(Form.NUMBER);

    /// How many there are in Capella.
    static final int IN_CAPELLA = 15;

    /// What a field's octets may be: numbers are minimal and big-endian, as in RLP.
    public enum Form {
        HASH(32, 32),
        ADDRESS(20, 20),
        BLOOM(256, 256),
        SHORT_LIST(0, 32),
        NUMBER(0, 8),
        WIDE_NUMBER(0, 32);

        private final int least;
        private final int most;

        Form(int least, int most) {
            this.least = least;
            this.most = most;
        }

        /// Whether the octets are a minimal big-endian number, not octets of a fixed size or a list.
        public boolean isNumber() {
            return this == NUMBER || this == WIDE_NUMBER;
        }

        boolean fits(Bytes octets) {
            if (octets.size() < least || octets.size() > most) return false;
            return !isNumber() || octets.isEmpty() || octets.at(0) != 0;
        }

        Bytes32 root(Bytes octets) {
            return switch (this) {
                case HASH, ADDRESS, BLOOM -> Ssz.vector(octets);
                case SHORT_LIST -> Ssz.shortList(octets);
                case NUMBER, WIDE_NUMBER -> Ssz.number(octets);
            };
        }
    }

    private final Form form;

    ExecutionField(Form form) {
        this.form = form;
    }

    public Form form() {
        return form;
    }

    /// As the standard and its REST interface write it, such as `receipts_root`.
    public String standardName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
