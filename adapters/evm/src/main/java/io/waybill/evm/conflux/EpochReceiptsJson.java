package io.waybill.evm.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.BlamedRootsCount;
import io.waybill.core.EventRejection.MalformedReceipt;
import io.waybill.core.Verdict;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.conflux.DeferredRoots;
import io.waybill.core.proof.conflux.EpochReceipts;
import io.waybill.core.proof.conflux.PowHeader;
import io.waybill.rpc.Json;
import java.util.List;

/// Reads the result of `cfx_getEpochReceipts(epoch, true)`: for each block of an epoch its receipts. Without `true`
/// the node leaves out what happened in eSpace, and the root is another.
public final class EpochReceiptsJson {
    private EpochReceiptsJson() {}

    /// Judges an epoch's receipts; total. Besides the bare answer and its envelope, an object that holds it as
    /// `receipts` or `epochReceipts` is read.
    public static Verdict<EpochReceipts> read(Json json) {
        try {
            return accept(EpochReceipts.of(blocks(json).stream()
                    .map(block -> block.list(ConfluxReceiptJson::read))
                    .toList()));
        } catch (ChainException.Unavailable | IllegalArgumentException e) {
            return reject(new MalformedReceipt(String.valueOf(e.getMessage())));
        }
    }

    private static List<Json> blocks(Json json) {
        if (json.node().isObject()) {
            for (var name : List.of("result", "receipts", "epochReceipts")) {
                if (!json.at(name).isNull()) return blocks(json.at(name));
            }
        }
        return json.list();
    }

    /// The root over an epoch's receipts, rebuilt.
    public static Verdict<Bytes32> root(Json receipts) {
        return read(receipts).map(EpochReceipts::root);
    }

    /// The root that the pivot header at the height of an epoch and five states for that epoch. A header that
    /// blames others states none: its field is a hash over several.
    ///
    /// Where the header's octets can be rebuilt they must hash to the stated hash; where the base fee in eSpace is
    /// not told they cannot, and what the node says of the root is taken as it is.
    ///
    /// @param header as [PowHeaderJson#read] takes it
    public static Verdict<Bytes32> stated(Json header) {
        return switch (PowHeaderJson.read(header)) {
            case Verdict.Accepted<PowHeader>(var read) -> DeferredRoots.stated().under(read);
            case Verdict.Rejected<PowHeader>(var reason) -> feeless(header) ? told(header) : reject(reason);
        };
    }

    private static boolean feeless(Json header) {
        var block = bare(header);
        return block.node().isObject()
                && !block.at("baseFeePerGas").isNull()
                && block.at("espaceBaseFee").isNull();
    }

    private static Json bare(Json header) {
        return header.node().isObject() && !header.at("result").isNull() ? bare(header.at("result")) : header;
    }

    private static Verdict<Bytes32> told(Json header) {
        try {
            var block = bare(header);
            long blame = block.at("blame").quantity();
            return blame == 0
                    ? accept(block.at("deferredReceiptsRoot").bytes32())
                    : reject(new BlamedRootsCount(blame, 0, 0));
        } catch (ChainException.Unavailable e) {
            return reject(new MalformedReceipt(String.valueOf(e.getMessage())));
        }
    }
}
