package io.waybill.core.proof.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.EventRejection.MalformedReceipt;
import io.waybill.core.Verdict;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.Rlp;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A transaction's receipt as a block's receipts trie holds it, of either space. It names neither the transaction
/// nor its sender.
///
/// @param accumulatedGasUsed gas used in the block up to and with this transaction
/// @param gasFee             in drip
/// @param gasSponsored       whether a sponsor paid it
/// @param bloom              256 octets
/// @param storageSponsored   whether a sponsor put up the storage collateral
/// @param collateralized     storage newly occupied, by owner
/// @param released           storage given back, by owner
/// @param burntGasFee        in drip; null before fees were burnt
public record ConfluxReceipt(
        BigInteger accumulatedGasUsed,
        BigInteger gasFee,
        boolean gasSponsored,
        Bytes bloom,
        List<ConfluxLog> logs,
        Outcome outcome,
        boolean storageSponsored,
        List<StorageChange> collateralized,
        List<StorageChange> released,
        @Nullable BigInteger burntGasFee) {
    private static final int BLOOM = 256;
    private static final int WORD = 32;

    public ConfluxReceipt {
        if (bloom.size() != BLOOM)
            throw new IllegalArgumentException("bloom: expected 256 octets, got " + bloom.size());
        logs = List.copyOf(logs);
        collateralized = List.copyOf(collateralized);
        released = List.copyOf(released);
    }

    /// How a transaction ended.
    public enum Outcome {
        SUCCESS(0),
        FAILURE(1),
        /// Not executed: a transaction that is skipped in one block may be executed in another.
        SKIPPED(2);

        private final int code;

        Outcome(int code) {
            this.code = code;
        }

        private static Optional<Outcome> of(long code) {
            return Arrays.stream(values())
                    .filter(outcome -> outcome.code == code)
                    .findFirst();
        }
    }

    /// Storage that an owner pays or gets back collateral for.
    ///
    /// @param collaterals units of it, unsigned
    public record StorageChange(Address owner, long collaterals) {
        private Rlp item() {
            return Rlp.list(Rlp.of(owner.value()), Rlp.of(collaterals));
        }
    }

    /// The value under the receipt's key in the trie. What it emitted in one space, if it is of a transaction
    /// that succeeded and moved no token in either; else nothing.
    public List<EvmLog> believed(LogSpace space) {
        if (outcome != Outcome.SUCCESS
                || logs.isEmpty()
                || !ConfluxLog.at(logs, 0).isAccepted()) return List.of();
        return logs.stream()
                .filter(log -> log.space() == space)
                .map(ConfluxLog::log)
                .toList();
    }

    public Bytes encode() {
        var items = new ArrayList<>(List.of(
                Unsigned.item(accumulatedGasUsed),
                Unsigned.item(gasFee),
                strict(gasSponsored),
                Rlp.of(bloom),
                Rlp.list(logs, ConfluxLog::item),
                Rlp.of(outcome.code),
                strict(storageSponsored),
                Rlp.list(collateralized, StorageChange::item),
                Rlp.list(released, StorageChange::item)));
        if (burntGasFee != null) items.add(Unsigned.item(burntGasFee));
        return Rlp.list(items).encode();
    }

    /// One octet 0 or 1; false is not the empty string.
    private static Rlp strict(boolean value) {
        return Rlp.of(Bytes.of(value ? 1 : 0));
    }

    /// Reads a value of a receipts trie, strictly: what is accepted re-encodes to itself; total.
    public static Verdict<ConfluxReceipt> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedReceipt::new, ConfluxReceipt::read);
    }

    private static Verdict<ConfluxReceipt> read(Rlp item) {
        var items = item.items();
        if (items.size() != 9 && items.size() != 10) return malformed("fields");
        if (!Unsigned.fits(items.get(0).octets(), WORD)) return malformed("accumulatedGasUsed");
        if (!Unsigned.fits(items.get(1).octets(), WORD)) return malformed("gasFee");
        if (!isBool(items.get(2))) return malformed("gasSponsored");
        if (items.get(3).octets().size() != BLOOM) return malformed("bloom");
        var outcome = Outcome.of(items.get(5).number());
        if (outcome.isEmpty()) return malformed("outcome");
        if (!isBool(items.get(6))) return malformed("storageSponsored");
        if (items.size() == 10 && !Unsigned.fits(items.get(9).octets(), WORD)) return malformed("burntGasFee");
        return logs(items.get(4).items())
                .then(logs -> storage(items.get(7).items())
                        .then(collateralized -> storage(items.get(8).items())
                                .map(released -> of(items, logs, collateralized, released))));
    }

    private static ConfluxReceipt of(
            List<Rlp> items, List<ConfluxLog> logs, List<StorageChange> collateralized, List<StorageChange> released) {
        return new ConfluxReceipt(
                Unsigned.of(items.get(0).octets()),
                Unsigned.of(items.get(1).octets()),
                items.get(2).octets().at(0) == 1,
                items.get(3).octets(),
                logs,
                Outcome.of(items.get(5).number()).orElseThrow(),
                items.get(6).octets().at(0) == 1,
                collateralized,
                released,
                items.size() == 10 ? Unsigned.of(items.get(9).octets()) : null);
    }

    private static boolean isBool(Rlp item) {
        return item.octets().size() == 1 && item.octets().at(0) <= 1;
    }

    private static Verdict<List<ConfluxLog>> logs(List<Rlp> items) {
        var logs = new ArrayList<ConfluxLog>();
        for (var item : items) {
            switch (ConfluxLog.read(item)) {
                case Verdict.Rejected<ConfluxLog>(var reason) -> {
                    return reject(reason);
                }
                case Verdict.Accepted<ConfluxLog>(var log) -> logs.add(log);
            }
        }
        return accept(logs);
    }

    private static Verdict<List<StorageChange>> storage(List<Rlp> items) {
        var changes = new ArrayList<StorageChange>();
        for (var item : items) {
            var parts = item.items();
            if (parts.size() != 2 || parts.get(0).octets().size() != 20) return malformed("storage");
            changes.add(new StorageChange(
                    new Address(parts.get(0).octets()), parts.get(1).number()));
        }
        return accept(changes);
    }

    private static <T> Verdict<T> malformed(String part) {
        return reject(new MalformedReceipt(part));
    }
}
