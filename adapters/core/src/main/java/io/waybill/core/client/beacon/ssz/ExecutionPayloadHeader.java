package io.waybill.core.client.beacon.ssz;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.List;

/// What a beacon block says of the execution block in it.
///
/// @param fields one for each of [ExecutionField], in that order; a header of Capella has empty octets, zero,
///     for the last two
public record ExecutionPayloadHeader(List<Bytes> fields) {
    private static final List<ExecutionField> FIELDS = List.of(ExecutionField.values());

    public ExecutionPayloadHeader {
        fields = List.copyOf(fields);
        if (!wellFormed(fields)) throw new IllegalArgumentException("execution header: malformed");
    }

    /// Whether these are the fields of an execution payload header.
    public static boolean wellFormed(List<Bytes> fields) {
        if (fields.size() != FIELDS.size()) return false;
        return FIELDS.stream().allMatch(field -> field.form().fits(fields.get(FIELDS.indexOf(field))));
    }

    /// The hash tree root of the container that a fork has for it.
    public Bytes32 root(Fork fork) {
        int count = fork.before(Fork.DENEB) ? ExecutionField.IN_CAPELLA : FIELDS.size();
        return Ssz.container(FIELDS.subList(0, count).stream()
                .map(field -> field.form().root(of(field)))
                .toList());
    }

    public Bytes of(ExecutionField field) {
        return fields.get(FIELDS.indexOf(field));
    }

    /// Keccak-256 of the execution block's RLP header.
    public Bytes32 blockHash() {
        return new Bytes32(of(ExecutionField.BLOCK_HASH));
    }

    public Bytes32 receiptsRoot() {
        return new Bytes32(of(ExecutionField.RECEIPTS_ROOT));
    }

    /// Seconds since 1970, 64 bits unsigned.
    public long timestamp() {
        var octets = of(ExecutionField.TIMESTAMP);
        return octets.number(0, octets.size());
    }

    boolean hasBlobGas() {
        return !of(ExecutionField.BLOB_GAS_USED).isEmpty()
                || !of(ExecutionField.EXCESS_BLOB_GAS).isEmpty();
    }
}
