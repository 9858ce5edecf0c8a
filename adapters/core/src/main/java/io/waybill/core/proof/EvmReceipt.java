package io.waybill.core.proof;

import io.waybill.core.Bytes;
import io.waybill.core.EventRejection.MalformedReceipt;
import io.waybill.core.EventRejection.ReceiptTypeUnknown;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import java.util.List;

/// A transaction's receipt as the receipts trie holds it: `RLP([status, cumulativeGasUsed, bloom, logs])`, with the
/// type octet before it for typed transactions.
///
/// @param type              0 legacy, 1 access list, 2 dynamic fee, 3 blob, 4 set code
/// @param success           whether the transaction succeeded
/// @param cumulativeGasUsed gas used in the block up to and with this transaction, unsigned
/// @param bloom             256 octets
/// @see <a href="https://eips.ethereum.org/EIPS/eip-2718">EIP-2718: typed transactions</a>
public record EvmReceipt(int type, boolean success, long cumulativeGasUsed, Bytes bloom, List<EvmLog> logs) {
    private static final int BLOOM = 256;
    private static final int TYPES = 5;

    public EvmReceipt {
        if (type < 0 || type >= TYPES) throw new IllegalArgumentException("type: expected 0 to 4, got " + type);
        if (bloom.size() != BLOOM)
            throw new IllegalArgumentException("bloom: expected 256 octets, got " + bloom.size());
        logs = List.copyOf(logs);
    }

    /// A receipt whose bloom is computed from its logs.
    public static EvmReceipt of(int type, boolean success, long cumulativeGasUsed, List<EvmLog> logs) {
        return new EvmReceipt(type, success, cumulativeGasUsed, bloom(logs), logs);
    }

    /// The value under the receipt's key in the trie.
    public Bytes encode() {
        var payload = Rlp.list(
                        Rlp.of(success ? 1 : 0), Rlp.of(cumulativeGasUsed), Rlp.of(bloom), Rlp.list(logs, EvmLog::item))
                .encode();
        return type == 0 ? payload : Bytes.concat(Bytes.of(type), payload);
    }

    /// Reads a value of the receipts trie; total. Receipts from before status codes, with a state root, are refused.
    public static Verdict<EvmReceipt> decode(Bytes octets) {
        if (octets.isEmpty()) return malformed("octets");
        int first = octets.at(0);
        boolean typed = first < 0xc0;
        if (typed && (first == 0 || first >= TYPES)) return Verdict.reject(new ReceiptTypeUnknown(first));
        int type = typed ? first : 0;
        return Rlp.parse(octets.slice(typed ? 1 : 0, octets.size()), MalformedReceipt::new, item -> read(type, item));
    }

    private static Verdict<EvmReceipt> read(int type, Rlp item) {
        var items = item.items();
        if (items.size() != 4) return malformed("fields");
        var status = items.get(0).octets();
        if (!status.isEmpty() && !status.equals(Bytes.of(1))) return malformed("status");
        if (items.get(2).octets().size() != BLOOM) return malformed("bloom");
        return EvmLog.list(items.get(3))
                .map(logs -> new EvmReceipt(
                        type,
                        !status.isEmpty(),
                        items.get(1).number(),
                        items.get(2).octets(),
                        logs));
    }

    /// The bloom of logs: three bits of 2048 for each emitter and each topic, as the Yellow Paper numbers them.
    public static Bytes bloom(List<EvmLog> logs) {
        var bloom = new byte[BLOOM];
        for (var log : logs) {
            mark(bloom, log.address().value());
            log.topics().forEach(topic -> mark(bloom, topic.value()));
        }
        return Bytes.of(bloom);
    }

    private static void mark(byte[] bloom, Bytes entry) {
        var hash = Digests.keccak256(entry).value();
        for (int i = 0; i < 6; i += 2) {
            int bit = (int) hash.number(i, i + 2) & 0x7ff;
            bloom[BLOOM - 1 - bit / 8] |= (byte) (1 << bit % 8);
        }
    }

    private static Verdict<EvmReceipt> malformed(String part) {
        return Verdict.reject(new MalformedReceipt(part));
    }
}
