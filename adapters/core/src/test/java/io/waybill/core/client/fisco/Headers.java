package io.waybill.core.client.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Headers that differ from a given one in one field.
final class Headers {
    private Headers() {}

    static FiscoHeader version(FiscoHeader h, int version) {
        return new FiscoHeader(
                version,
                h.number(),
                h.parentHash(),
                h.txsRoot(),
                h.receiptsRoot(),
                h.stateRoot(),
                h.gasUsed(),
                h.timeMs(),
                h.sealer(),
                h.sealers(),
                h.extraData());
    }

    static FiscoHeader number(FiscoHeader h, long number) {
        return new FiscoHeader(
                h.version(),
                number,
                h.parentHash(),
                h.txsRoot(),
                h.receiptsRoot(),
                h.stateRoot(),
                h.gasUsed(),
                h.timeMs(),
                h.sealer(),
                h.sealers(),
                h.extraData());
    }

    static FiscoHeader parent(FiscoHeader h, Bytes32 parent) {
        return new FiscoHeader(
                h.version(),
                h.number(),
                parent,
                h.txsRoot(),
                h.receiptsRoot(),
                h.stateRoot(),
                h.gasUsed(),
                h.timeMs(),
                h.sealer(),
                h.sealers(),
                h.extraData());
    }

    static FiscoHeader roots(FiscoHeader h, Bytes32 txs, Bytes32 receipts, Bytes32 state) {
        return new FiscoHeader(
                h.version(),
                h.number(),
                h.parentHash(),
                txs,
                receipts,
                state,
                h.gasUsed(),
                h.timeMs(),
                h.sealer(),
                h.sealers(),
                h.extraData());
    }

    static FiscoHeader gas(FiscoHeader h, String gasUsed) {
        return new FiscoHeader(
                h.version(),
                h.number(),
                h.parentHash(),
                h.txsRoot(),
                h.receiptsRoot(),
                h.stateRoot(),
                gasUsed,
                h.timeMs(),
                h.sealer(),
                h.sealers(),
                h.extraData());
    }

    static FiscoHeader time(FiscoHeader h, long timeMs) {
        return new FiscoHeader(
                h.version(),
                h.number(),
                h.parentHash(),
                h.txsRoot(),
                h.receiptsRoot(),
                h.stateRoot(),
                h.gasUsed(),
                timeMs,
                h.sealer(),
                h.sealers(),
                h.extraData());
    }

    static FiscoHeader sealer(FiscoHeader h, long sealer) {
        return new FiscoHeader(
                h.version(),
                h.number(),
                h.parentHash(),
                h.txsRoot(),
                h.receiptsRoot(),
                h.stateRoot(),
                h.gasUsed(),
                h.timeMs(),
                sealer,
                h.sealers(),
                h.extraData());
    }

    static FiscoHeader sealers(FiscoHeader h, SealerSet sealers) {
        return new FiscoHeader(
                h.version(),
                h.number(),
                h.parentHash(),
                h.txsRoot(),
                h.receiptsRoot(),
                h.stateRoot(),
                h.gasUsed(),
                h.timeMs(),
                h.sealer(),
                sealers,
                h.extraData());
    }

    static FiscoHeader extra(FiscoHeader h, Bytes extraData) {
        return new FiscoHeader(
                h.version(),
                h.number(),
                h.parentHash(),
                h.txsRoot(),
                h.receiptsRoot(),
                h.stateRoot(),
                h.gasUsed(),
                h.timeMs(),
                h.sealer(),
                h.sealers(),
                extraData);
    }

    /// Every octet of every hash, and every other field, changed alone.
    static List<FiscoHeader> mutations(FiscoHeader h) {
        var changed = new ArrayList<FiscoHeader>();
        changed.add(version(h, h.version() + 1));
        changed.add(number(h, h.number() + 1));
        changed.addAll(each(h.parentHash(), hash -> parent(h, hash)));
        changed.addAll(each(h.txsRoot(), root -> roots(h, root, h.receiptsRoot(), h.stateRoot())));
        changed.addAll(each(h.receiptsRoot(), root -> roots(h, h.txsRoot(), root, h.stateRoot())));
        changed.addAll(each(h.stateRoot(), root -> roots(h, h.txsRoot(), h.receiptsRoot(), root)));
        changed.add(gas(h, h.gasUsed() + "0"));
        changed.add(time(h, h.timeMs() + 1));
        changed.add(sealer(h, (h.sealer() + 1) % h.sealers().size()));
        changed.add(extra(h, Bytes.of(0)));
        var weights = new ArrayList<>(h.sealers().weights());
        weights.set(0, weights.getFirst() + 1);
        changed.add(sealers(h, new SealerSet(h.sealers().ids(), weights)));
        return changed;
    }

    private static List<FiscoHeader> each(Bytes32 word, Function<Bytes32, FiscoHeader> change) {
        var changed = new ArrayList<FiscoHeader>();
        for (int i = 0; i < 32; i++) {
            changed.add(change.apply(
                    new Bytes32(word.value().with(i, word.value().at(i) ^ 1))));
        }
        return changed;
    }
}
